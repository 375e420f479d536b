import type { Instant, PlainDate } from '#base'

/** Where a number comes from. */
export type SourceKind = 'figures' | 'registry' | 'sum_of_parts' | 'reference' | 'inherited' | 'assessment'

/** The value of one input with all that a reader needs to trust it. */
export interface InputValue {
  readonly value: number | string | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly per: number
  readonly sources: readonly SourceKind[]
  /** Names of the senders, or of the reference. */
  readonly source: string | null
  /** Instant of the newest part. */
  readonly freshness: Instant | null
  /** Day of the figure, where the newest one counts. */
  readonly day: PlainDate | null
  readonly missing: boolean
  /** Days of the window without a number. */
  readonly missingDays: number
  /** Some figure waits for confirmation. */
  readonly held: boolean
  readonly estimated: boolean
  /** What the value is at least, where some days or parts are missing. */
  readonly atLeast: number | null
}

export const FIGURE = 1
export const REGISTRY = 2
export const PARTS = 4
export const REFERENCE = 8

/** One metric of one area, day by day. `value` is NaN where it is not known; `known` is what is known of it all the same. */
export interface Series {
  readonly value: Float64Array
  readonly known: Float64Array
  readonly held: Uint8Array
  readonly from: Uint8Array
  readonly estimated: Uint8Array
  readonly at: (Instant | null)[]
}

/** The figure a stock stands on: what was told last. Days that share a figure share the object. */
export interface Latest {
  readonly value: number
  readonly category: string | undefined
  /** Day of the figure, counted from the first day covered; of a reference, which is of no day, endless. */
  readonly d: number
  readonly day: PlainDate | null
  readonly at: Instant | null
  readonly source: string
  readonly from: number
  readonly estimated: boolean
}

/** A stock of an area (doses so far, persons, beds) by the number of the day. */
export type Stock = readonly (Latest | undefined)[]

export const UNKNOWN: Stock = []

export const plus = (sum: number, value: number | undefined): number | undefined => (value === undefined ? undefined : sum + value)

/** What each part was told last; undefined where one was told nothing that adds up. */
export const told = (parts: readonly Stock[], d: number): Latest[] | undefined => {
  const found: Latest[] = []
  for (const part of parts) {
    const one = part[d]
    if (!one || one.category !== undefined) return undefined
    found.push(one)
  }
  return found
}

export const sumOf = (found: readonly Latest[]): Latest | undefined =>
  found.reduce<Latest | undefined>((all, one) => (all
    ? {
        ...all, value: all.value + one.value, d: Math.min(all.d, one.d), day: earlier(all.day, one.day), at: newer(all.at, one.at), from: all.from | one.from,
        estimated: all.estimated || one.estimated,
      }
    : { ...one, from: one.from | PARTS }), undefined)

export const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** A count, or a count over people; null over nobody. */
export const shareOf = (count: number, people: Stock | null, per: number, d: number): number | null => {
  if (people === null) return count
  const persons = people[d]?.value ?? 0
  // One division of whole numbers: 412 of 515 is 0.8, where 412 × (1 ÷ 515) falls short of it, and of the threshold.
  return persons > 0 ? (count * per) / persons : null
}

/** What the people add to a count: how many, and where that is known from. */
export const overPeople = (people: Stock | null, per: number, d: number, from: number, estimated: boolean): Pick<InputValue, 'denominator' | 'per' | 'sources' | 'estimated'> => ({
  denominator: people?.[d]?.value ?? null, per: people ? per : 1, sources: sourcesOf(from | ((people?.[d]?.from ?? 0) & REFERENCE)),
  estimated: estimated || (people?.[d]?.estimated ?? false),
})

/** An input nothing is known of. */
export const NOTHING: InputValue = {
  value: null, numerator: null, denominator: null, per: 1, sources: [], source: null, freshness: null, day: null, missing: true, missingDays: 0,
  held: false, estimated: false, atLeast: null,
}

export const newer = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && b > a) ? b : a)

export const earlier = (a: PlainDate | null, b: PlainDate | null): PlainDate | null => (a === null || (b !== null && b < a) ? b : a)

/** By the bits of where a number comes from; the lists are shared. */
const SOURCES: readonly (readonly SourceKind[])[] = Array.from({ length: 16 }, (_, from) => [
  ...(from & FIGURE ? ['figures' as const] : []), ...(from & REGISTRY ? ['registry' as const] : []), ...(from & PARTS ? ['sum_of_parts' as const] : []),
  ...(from & REFERENCE ? ['reference' as const] : []),
])
export const sourcesOf = (from: number): readonly SourceKind[] => SOURCES[from] as readonly SourceKind[]
