import { provinceDay, type AnswerOf, type Instant } from '#base'
import type { getCase } from '../../contract.ts'

type Answer = AnswerOf<typeof getCase>
export type HistoryEntry = Answer['history'][number]
export type CourseShown = Answer['course'][number]

/** Something that happened on a day, or was recorded on it. */
export type Event =
  | { readonly kind: 'onset' | 'sample' | 'result' | 'reported' | 'admitted' | 'moved' | 'outcome'; readonly day: string }
  | { readonly kind: 'course'; readonly day: string; readonly entry: CourseShown }
  | { readonly kind: 'record'; readonly day: string; readonly entry: HistoryEntry }

const ORDER: readonly Event['kind'][] = ['onset', 'sample', 'result', 'reported', 'admitted', 'moved', 'course', 'outcome', 'record']

/** What happened to a case and what was done with its record, day by day, the earliest first. */
export const timelineOf = ({ case: shown, course, history }: Pick<Answer, 'case' | 'course' | 'history'>): readonly (readonly [day: string, events: readonly Event[]])[] => {
  const at = (kind: Exclude<Event['kind'], 'course' | 'record'>, day: string | null): Event[] => (day === null ? [] : [{ kind, day }])
  const events: Event[] = [
    ...at('onset', shown.onsetOn), ...at('sample', shown.sampleOn), ...at('result', shown.resultOn), ...at('reported', shown.reportedOn),
    ...at('admitted', shown.admittedOn), ...at('moved', shown.transferredOn), ...(shown.outcome === null ? [] : at('outcome', shown.outcomeOn)),
    ...course.map((entry): Event => ({ kind: 'course', day: entry.day, entry })),
    ...history.toReversed().map((entry): Event => ({ kind: 'record', day: provinceDay(entry.at as Instant), entry })),
  ]
  const days = new Map<string, Event[]>()
  for (const event of events) days.set(event.day, [...(days.get(event.day) ?? []), event])
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, of]) => [day, of.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))])
}
