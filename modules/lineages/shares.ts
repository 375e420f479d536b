import { lineageGrowth, lineageShares, type LineageGrowth } from '#epi'
import { addDays, daysBetween, type PlainDate } from '#base'
import { ENOUGH_TO_GROW, LEAST_SEQUENCES, LEAST_SHARE } from './sequence.ts'

/** Sequences of one place and day with one name. */
export interface Tally {
  readonly areaId: number
  readonly day: PlainDate
  /** Null where the program could assign none. */
  readonly name: string | null
  /** Quality too bad to count. */
  readonly bad: boolean
  readonly count: number
}
/** One that counts in shares. */
export type Counted = Tally & { readonly name: string }

export const isCounted = (tally: Tally): tally is Counted => tally.name !== null && !tally.bad

const WEEK = 7
/** At most so many lineages stand by name; more cannot be told apart in a picture. */
const MOST_NAMED = 6
const LATE_WEEKS = 4

/** The weeks that end with a day, oldest first: `count` times seven days. */
export const weeksTo = (on: PlainDate, count: number): { readonly from: PlainDate; readonly to: PlainDate }[] =>
  Array.from({ length: count }, (_, n) => ({ from: addDays(on, -WEEK * (count - n) + 1), to: addDays(on, -WEEK * (count - n - 1)) }))

const countsOf = (tallies: readonly Counted[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { name, count } of tallies) counts.set(name, (counts.get(name) ?? 0) + count)
  return counts
}

const sum = (tallies: readonly Tally[]): number => tallies.reduce((total, { count }) => total + count, 0)

/**
 * The lineages that stand by name, the most frequent first: those with at least 2 % of the sequences of the period or of its last four weeks, and three sequences; six at most, a wanted one always.
 * The rest is one group, so that a new lineage that rises is seen while it is rare.
 */
export const namedLineages = (tallies: readonly Counted[], on: PlainDate, wanted?: string): string[] => {
  const late = tallies.filter(({ day }) => daysBetween(day, on) < LATE_WEEKS * WEEK)
  const [all, allLate] = [sum(tallies), sum(late)]
  const ofName = Map.groupBy(tallies, ({ name }) => name)
  const lateOfName = Map.groupBy(late, ({ name }) => name)
  const ranked = Array.from(ofName, ([name, own]) => ({
    name, count: sum(own), most: Math.max(sum(own) / all, allLate > 0 ? sum(lateOfName.get(name) ?? []) / allLate : 0),
  }))
  const large = ranked.filter((one) => one.name !== wanted && one.most >= LEAST_SHARE && one.count >= LEAST_SEQUENCES).toSorted((a, b) => b.most - a.most || (a.name < b.name ? -1 : 1))
  const wantedOne = ranked.filter(({ name }) => name === wanted)
  return [...wantedOne, ...large.slice(0, MOST_NAMED - wantedOne.length)].toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).map(({ name }) => name)
}

/** counts[w][j]: sequences of lineage j in week w; the last column is the rest. */
export const countsByWeek = (tallies: readonly Counted[], weeks: readonly { readonly from: PlainDate }[], names: readonly string[]): number[][] => {
  const counts = weeks.map(() => Array.from({ length: names.length + 1 }, () => 0))
  const first = weeks[0]?.from
  for (const { day, name, count } of tallies) {
    const row = first === undefined ? undefined : counts[Math.floor(daysBetween(first, day) / WEEK)]
    const at = names.indexOf(name)
    if (row) row[at < 0 ? names.length : at] = (row[at < 0 ? names.length : at] as number) + count
  }
  return counts
}

export interface Share {
  readonly count: number
  readonly share: number | null
  readonly lower: number | null
  readonly upper: number | null
}

/** The shares of each week with their 95 % intervals (Jeffreys), each week by itself. */
export const sharesOf = (counts: readonly (readonly number[])[]): Share[][] =>
  lineageShares(counts).map((row) => row.map(({ count, share, interval }) => ({ count, share: share ?? null, lower: interval?.lower ?? null, upper: interval?.upper ?? null })))

export interface Advantage {
  readonly name: string
  readonly sequences: number
  /** Difference of its growth rate to the reference's, a day, with its 95 % interval; null where it cannot be told. */
  readonly perDay: { readonly estimate: number; readonly lower: number; readonly upper: number } | null
  /** Why not: `reference` is what the others are measured against. */
  readonly why: 'reference' | 'too_few' | 'apart' | null
}

export interface Growth {
  readonly reference: string | null
  readonly advantages: readonly Advantage[]
  /** How many times more the samples vary than chance alone; intervals are widened by its root. */
  readonly dispersion: number | null
}

/**
 * How fast each named lineage grows against a reference, from its counts by day. A lineage with fewer than ten sequences, or wholly before or after the reference, has no estimate and does not take
 * part. Intervals are widened where sequences of one outbreak came together.
 */
export const growthOf = (tallies: readonly Counted[], names: readonly string[], on: PlainDate, wanted?: string): Growth => {
  const all = countsOf(tallies)
  const sequences = names.map((name) => all.get(name) ?? 0)
  const reference = wanted !== undefined && names.includes(wanted) ? wanted : (names[0] ?? null)
  const enough = names.filter((_, j) => (sequences[j] as number) >= ENOUGH_TO_GROW)
  const days = Array.from(Map.groupBy(tallies, ({ day }) => day), ([day, own]) => ({ day: -daysBetween(day, on), counts: countsOf(own) }))
  const fit = (chosen: readonly string[]): LineageGrowth | undefined => {
    const rows = days.map(({ day, counts }) => ({ day, row: chosen.map((name) => counts.get(name) ?? 0) })).filter(({ row }) => row.some((count) => count > 0))
    return chosen.length < 2 || rows.length < 2 ? undefined : lineageGrowth({ days: rows.map(({ day }) => day), counts: rows.map(({ row }) => row), quasi: true })
  }
  const others = reference === null || !enough.includes(reference) ? [] : enough.filter((name) => name !== reference)
  const whole = others.length > 0 ? fit([reference as string, ...others]) : undefined
  // One lineage wholly apart would leave all without an answer: those that are apart stay out.
  const together = whole ? others : others.filter((name) => fit([reference as string, name]))
  const found = whole ?? (together.length > 0 ? fit([reference as string, ...together]) : undefined)
  return {
    reference, dispersion: found?.dispersion ?? null,
    advantages: names.map((name, j) => {
      const own = name === reference ? undefined : found?.lineages[together.indexOf(name) + 1]
      const estimated = own !== undefined && together.includes(name)
      return {
        name, sequences: sequences[j] as number, perDay: estimated ? { estimate: own.perDay, lower: own.interval.lower, upper: own.interval.upper } : null,
        why: name === reference ? 'reference' : estimated ? null : others.includes(name) ? 'apart' : 'too_few',
      }
    }),
  }
}
