import { dayNumber, eachDay, type AnswerOf, type PlainDate } from '#base'
import type { TraceStep } from '#decisions'
import type { Area, AreaLevel, AreaTree } from '#platform/areas'
import type { Comparison, Difference } from './compare-laws.ts'
import type { compareLevels, differenceShown } from './contract.ts'
import type { z } from 'zod'

type Shown = z.output<typeof differenceShown>

const decidedBy = (step: TraceStep | null): NonNullable<Shown['because']>['before'] =>
  step && { row: step.row, clause: step.clause, confidence: step.confidence, inputs: { ...step.inputs }, outputs: { ...step.outputs } }

const labelOf = ({ before, after }: Difference, table: string): string =>
  (after.rulebook ?? before.rulebook)?.model.decisions.find((one) => one.name === table)?.label ?? table

const show = (one: Difference, tree: AreaTree): Shown => {
  const { area, on, before, after, because } = one
  return {
    area: area.code, areaId: area.id, name: area.name, levelOfArea: area.level, within: tree.parent(area.id)?.name ?? null, since: on, until: on, days: 1,
    from: before.level, to: after.level, fromPossible: before.possible.join(''), toPossible: after.possible.join(''),
    because: because && { table: because.table, label: labelOf(one, because.table), before: decidedBy(because.before), after: decidedBy(because.after) },
  }
}

/** Whether two days of an area tell the same: from, to, and the rows that decided. */
const sameStory = (a: Difference, b: Difference): boolean =>
  a.before.level === b.before.level && a.after.level === b.after.level && a.before.possible.join() === b.before.possible.join() &&
  a.after.possible.join() === b.after.possible.join() && a.because?.table === b.because?.table && a.because?.before?.row === b.because?.before?.row &&
  a.because?.after?.row === b.because?.after?.row

/** A comparison as days in a row: a season changes a commune in a handful of stretches, not on three hundred days. */
export const showComparison = ({ days, areas, differences }: Comparison, tree: AreaTree, depth: AreaLevel, sees: (area: Area) => boolean): AnswerOf<typeof compareLevels> => {
  const counts = days.map(() => ({ up: 0, down: 0, open: 0 }))
  const first = dayNumber(days[0] ?? ('1970-01-01' as Difference['on']))
  const byArea = Map.groupBy(differences.filter(({ area }) => sees(area)), ({ area }) => area.id)
  const changes = [...byArea.values()].flatMap((own) => {
    const stretches: Shown[] = []
    let last: Difference | undefined
    for (const one of own) {
      const count = one.area.level === depth ? counts[dayNumber(one.on) - first] : undefined
      const [from, to] = [one.before.level, one.after.level]
      if (count) count[from === null || to === null ? 'open' : to > from ? 'up' : 'down'] += 1
      const open = stretches.at(-1)
      if (open && last && sameStory(last, one) && dayNumber(one.on) === dayNumber(last.on) + 1) stretches[stretches.length - 1] = { ...open, until: one.on, days: open.days + 1 }
      else stretches.push(show(one, tree))
      last = one
    }
    return stretches
  })
  return { days: [...days], areas: areas.filter(sees).length, changes, counts }
}

/** A comparison with one line for each area and day, as a script reads it. */
export const changesByDay = ({ days, changes }: AnswerOf<typeof compareLevels>) => ({
  days: days.length,
  changes: changes.flatMap(({ area, name, since, until, from, to, fromPossible, toPossible, because }) =>
    eachDay(since as PlainDate, until as PlainDate).map((on) => ({
      area, name, on, from, to, ...(from === null || to === null ? { fromPossible, toPossible } : {}),
      because: because && {
        table: because.table, before: because.before && { row: because.before.row, clause: because.before.clause },
        after: because.after && { row: because.after.row, clause: because.after.clause },
      },
    }))),
})
