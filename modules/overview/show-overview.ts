import { addDays, eachDay, ratePerHundredThousand, type AnswerOf, type Instant, type PlainDate } from '#base'
import { SMALL_POPULATION, stateOf, type Assessment, type InputValue } from '#levels'
import type { Area } from '#platform/areas'
import { COUNTED, type Counted, type getOverview, type NumberShown, type Overview, type PartShown } from './contract.ts'
import { counting, CURVE_DAYS, TREND_DAYS, type Situation } from './situation.ts'

const WEEK = 7
const DAILY = counting('cases_new', 1)

const shownNumber = ({ value, atLeast, missingDays, held, estimated, freshness, sources }: InputValue): NumberShown => ({
  value: typeof value === 'number' ? value : null, atLeast, missingDays, held, estimated, freshness, sources: [...sources],
})

const newer = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a)

/** The situation as the first screen has it at an instant. */
export const showOverview = (
  { area, on, base, curve, parts, communes, before, today, publishedBy, due, newestDay }: Situation, now: Instant,
): AnswerOf<typeof getOverview> => {
  const passed = due.at <= now
  const number = (metric: Counted, of: Area, last: PlainDate, days: number): NumberShown => shownNumber(base.input(of.id, last, counting(metric, days)))
  const casesOf = (of: Area, day: PlainDate): NumberShown => shownNumber(curve.input(of.id, day, DAILY))
  const placeOf = (of: Area) => ({ area: of.code, areaId: of.id, name: of.name, rank: of.level, parentId: of.parentId })
  const assessed = (of: Area): Assessment => today.get(of.id) as Assessment
  const standingOf = (of: Area) => {
    const one = assessed(of)
    return { level: one.level, possible: [...one.possible], state: stateOf(one), before: before.get(of.id)?.level ?? null }
  }
  const incidenceOf = (of: Area) => {
    const people = base.population(of.id, on)?.value ?? null
    const week = number('cases_new', of, on, WEEK)
    const weekBefore = number('cases_new', of, addDays(on, -WEEK), WEEK)
    const rate = (count: number | null): number | null => (count === null || people === null ? null : ratePerHundredThousand(count, people) ?? null)
    return {
      population: people, smallPopulation: people !== null && people < SMALL_POPULATION, week, weekBefore, rate: rate(week.value), rateBefore: rate(weekBefore.value),
    }
  }
  const trendDays = eachDay(addDays(on, 1 - TREND_DAYS), on).map((day) => curve.dayOf(day))
  const trendOf = (of: Area): (number | null)[] => {
    const { value } = curve.answers(of.id, DAILY)
    return trendDays.map(value).map((count) => (typeof count === 'number' ? count : null))
  }
  const partOf = (of: Area): PartShown => {
    const last = publishedBy.get(of.id)?.at(-1)
    return {
      ...placeOf(of), ...standingOf(of), ...incidenceOf(of), day: number('cases_new', of, on, 1),
      trend: trendOf(of),
      published: last ? { level: last.level, effectiveFrom: last.effectiveFrom, document: last.document } : null,
    }
  }
  const [own, ...others] = parts.map(partOf) as [PartShown, ...PartShown[]]
  const { rulebook } = assessed(area)
  const counts = Object.fromEntries(COUNTED.map((metric) => [metric, {
    day: number(metric, area, on, 1), dayBefore: number(metric, area, addDays(on, -1), 1),
    week: number(metric, area, on, WEEK), weekBefore: number(metric, area, addDays(on, -WEEK), WEEK),
  }])) as Overview['counts']
  return {
    on, newestDay, rulebook: rulebook && { id: rulebook.row.id, document: rulebook.row.document }, due: { ...due, passed }, own, parts: others, counts,
    until: [...Object.values(counts).flatMap(({ week }) => [week.freshness]), ...[...today.values()].flatMap(({ inputs }) => Object.values(inputs).map((input) => input.freshness))].reduce(newer, null),
    levels: { today: countLevels(communes, today), before: countLevels(communes, before) },
    communes: communes.map((of) => {
      const { held, inputs } = assessed(of)
      const incidence = incidenceOf(of)
      return { ...placeOf(of), ...standingOf(of), ...incidence, held: held.length > 0 || incidence.week.held, estimated: Object.values(inputs).some((input) => input.estimated) }
    }),
    curve: eachDay(addDays(on, 1 - CURVE_DAYS), on).map((day) => {
      const { value, atLeast } = casesOf(area, day)
      return { day, value, atLeast, incomplete: value === null || (day === on && !passed) }
    }),
  }
}

/** Units by level; those whose level is not decided apart. */
const countLevels = (units: readonly Area[], assessments: ReadonlyMap<number, Assessment>): Overview['levels']['today'] => {
  const levels = units.map(({ id }) => assessments.get(id)?.level ?? null)
  return { known: [1, 2, 3, 4].map((level) => levels.filter((one) => one === level).length), open: levels.filter((one) => one === null).length }
}
