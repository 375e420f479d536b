import type { Instant, PlainDate } from '#base'

/** Where a number comes from, as evidence of levels has it. */
export type Origin = 'figures' | 'registry' | 'sum_of_parts' | 'reference' | 'inherited' | 'assessment'

/** What is counted in a bulletin. */
export type Counted = 'cases_new' | 'cases_community' | 'deaths'

/** One number of a bulletin with everything that leads back to its rows. */
export interface Fact {
  readonly metric: Counted
  readonly areaCode: string
  readonly areaName: string
  readonly from: PlainDate
  readonly to: PlainDate
  /** Null where some day or part is missing. */
  readonly value: number | null
  /** What is known all the same, where something is missing. */
  readonly atLeast: number | null
  readonly origins: readonly Origin[]
  /** Names of those who sent the reported figures. */
  readonly senders: readonly string[]
  readonly freshness: Instant | null
  readonly missingDays: number
  readonly held: boolean
  readonly estimated: boolean
}

/** Keys of the facts of one area. */
export interface Counts {
  readonly today: string
  readonly yesterday: string
  readonly week: string
  readonly weekBefore: string
  readonly total: string
  readonly community: string
  readonly deaths: string
  readonly deathsWeek: string
  readonly deathsTotal: string
}

export interface Place {
  readonly areaId: number
  readonly code: string
  readonly name: string
  /** province, district, commune. */
  readonly rank: string
  /** Kind in Vietnamese: Tỉnh, Huyện, Thành phố. */
  readonly kind: string
}

export interface Part extends Place {
  readonly population: number | null
  readonly counts: Counts
}

export interface Published {
  readonly level: number
  readonly effectiveFrom: PlainDate
  readonly document: string
}

/** The level of a unit: assessed on the day and the day before, and as published on paper. */
export interface UnitLevel extends Place {
  readonly above: string
  readonly level: number | null
  readonly possible: readonly number[]
  readonly before: number | null
  /** The first rate the rule looks at: what a reader asks for. */
  readonly rate: number | null
  readonly ratePer: number
  readonly rateLabel: string | null
  readonly rulebook: string | null
  /** The last decisions up to thirty days ahead, newest first. */
  readonly published: readonly Published[]
}

/** Everything a bulletin tells, taken at one instant and kept: what is drafted, issued and made again rests on this alone. */
export interface Figures {
  readonly area: Place
  readonly disease: string
  readonly day: PlainDate
  /** `latest`: as known at `takenAt`; `closing`: as known when the day closed. */
  readonly known: 'latest' | 'closing'
  readonly takenAt: Instant
  readonly closing: { readonly hour: number; readonly at: Instant }
  /** First day of the running totals. */
  readonly countFrom: PlainDate
  readonly facts: Readonly<Record<string, Fact>>
  readonly whole: Part
  readonly parts: readonly Part[]
  /** New cases by reporting day; null where not known, then what is known of it. */
  readonly curve: readonly { readonly day: PlainDate; readonly cases: number | null; readonly atLeast: number }[]
  readonly levels: readonly UnitLevel[]
  readonly missing: {
    readonly asked: number
    readonly silent: readonly { readonly code: string; readonly name: string; readonly above: string }[]
    readonly partial: number
  }
  /** Some of it was made up for a demonstration. */
  readonly synthetic: boolean
}

export const factKey = (metric: Counted, areaCode: string, from: PlainDate, to: PlainDate): string => `${metric}.${areaCode}.${from}.${to}`
