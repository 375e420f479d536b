import { BAND_LEVELS, DISEASE_PROFILES, forecastCare, seededRandom } from '#epi'
import type { Tier } from '../contract.ts'

/** Days of patients that are looked at: four weeks, each held against what was known up to four weeks before. */
export const CARE_DAYS = 63
/** Days of which it is said how many are known. */
const LATELY = 28
const WEEK = 7

const { wardDays, oxygenDays, intensiveDays } = DISEASE_PROFILES.covidDelta
/** The disease's profile, with its sources; a stay that is not right shows in the width (docs/epi/forecasting.md). */
const STAY_DAYS: Readonly<Record<Tier, number>> = { hospital: wardDays.value, oxygen: oxygenDays.value, intensive: intensiveDays.value }

export interface TierGiven {
  readonly tier: Tier
  /** Patients on each of the last days, null where nobody knows. */
  readonly patients: readonly (number | null)[]
  /** Beds free at the end, where that is told of such beds. */
  readonly free: number | null
}

export interface TierDemand {
  readonly tier: Tier
  /** Of the last 28 days, how many have their patients. */
  readonly knownDays: number
  /** Patients of the newest of the last seven days that has them. */
  readonly patients: number | null
  readonly free: number | null
  /** Nothing where too few days are known. */
  readonly made: {
    readonly share: number
    /** Chance that patients are more than those of now and the free beds together on some of the days; null where free beds are not known. */
    readonly exceeded: number | null
    /** Patients by day, one list for each of `BAND_LEVELS`. */
    readonly bands: readonly (readonly number[])[]
  } | null
}

/** Demand by kind of bed of one area: `cases` a day without gaps, `weeks` the forecast of the coming ones. */
export const demandOf = (cases: ArrayLike<number>, weeks: readonly (readonly number[])[], tiers: readonly TierGiven[], seed: number): TierDemand[] =>
  tiers.map(({ tier, patients, free }, place) => {
    const now = patients.slice(-WEEK).findLast((count) => count !== null) ?? null
    const days = Array.from(cases)
    const aligned = days.map((_, day) => patients[patients.length - days.length + day] ?? undefined)
    const capacity = now === null || free === null ? undefined : now + free
    const made = forecastCare(days, aligned, weeks, seededRandom(seed + place), { stayDays: STAY_DAYS[tier], capacity })
    return {
      tier, knownDays: patients.slice(-LATELY).filter((count) => count !== null).length, patients: now, free,
      made: made ? { share: Number(made.share.toPrecision(3)), exceeded: made.exceeded ?? null, bands: BAND_LEVELS.map((_, level) => Array.from(made.bands[level] as Float64Array, (taken) => Math.round(taken * 10) / 10)) } : null,
    }
  })
