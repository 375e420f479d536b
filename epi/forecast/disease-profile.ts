/** A number, where it comes from, and how sure that is: `found` in the source itself, `recalled` from memory of it and to be checked, `assumed` by the model's own need. */
export interface Sourced<T> {
  readonly value: T
  readonly source: string
  readonly confidence: 'found' | 'recalled' | 'assumed'
}

/** What a scenario needs to know of a disease, as data. Lists by age follow `PROFILE_AGES`; days and shares as in `ScenarioParameters`. */
export interface DiseaseProfile {
  readonly disease: string
  readonly reproductionNumber: Sourced<{ readonly mean: number; readonly sd: number }>
  readonly serialIntervalDays: Sourced<{ readonly mean: number; readonly sd: number }>
  readonly latentDays: Sourced<number>
  readonly infectiousDays: Sourced<number>
  readonly susceptibility: Sourced<readonly number[]>
  readonly hospital: Sourced<readonly number[]>
  /** Of those in hospital: highest need oxygen, and intensive care. */
  readonly oxygen: Sourced<readonly number[]>
  readonly intensive: Sourced<readonly number[]>
  readonly admissionDelayDays: Sourced<number>
  readonly wardDays: Sourced<number>
  readonly oxygenDays: Sourced<number>
  readonly intensiveDays: Sourced<number>
  /** By doses: none, one, two, two and waned. */
  readonly againstInfection: Sourced<readonly number[]>
  readonly againstSevere: Sourced<readonly number[]>
  readonly waningDays: Sourced<number>
  readonly secondDoseAfterDays: Sourced<number>
  /** What the model cannot do for this disease; empty where nothing stands out. */
  readonly caveat: string
}

/** First years of the age groups of the profiles: decades, the last from 80 on. */
export const PROFILE_AGES: readonly number[] = [0, 10, 20, 30, 40, 50, 60, 70, 80]
