import { demand } from '../numerics/demand.ts'
import { quantileOf } from '../numerics/index.ts'
import type { ScenarioParameters } from './scenario-parameters.ts'
import { SCENARIO_SERIES, TIERS, type ScenarioSeries, type Tier } from './scenario-series.ts'
import { simulateRuns } from './seir-stochastic.ts'

/** Levels of the bands of a scenario: 95, 80 and 50 % intervals around the median. */
export const BAND_LEVELS: readonly number[] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]

/** When the beds of a tier no longer suffice. */
export interface Crossing {
  /** Share of runs in which they ever did not. */
  readonly probability: number
  /** The day by which that had happened in a share of all runs, for `BAND_LEVELS`; `undefined` where it happened in fewer. */
  readonly days: readonly (number | undefined)[]
}

export interface ScenarioResult {
  readonly runs: number
  /** By series, one list of days for each of `BAND_LEVELS`. */
  readonly bands: Readonly<Record<ScenarioSeries, readonly Float64Array[]>>
  /** Of the tiers whose capacity was given. */
  readonly crossings: Readonly<Partial<Record<Tier, Crossing>>>
}

/**
 * What many runs say together: quantiles of each day, and when capacities are crossed. `blocks` are results of `simulateRuns`, in the order of their runs, whoever computed them.
 *
 * Bands are of single days, not of whole courses: no run need follow one. A capacity is crossed on the first day whose beds taken are more than it. Errors: `RangeError` for blocks that are not of
 * these parameters or hold no run. Example: see the test.
 */
export const summariseRuns = (p: ScenarioParameters, blocks: readonly Float64Array[], capacity: Readonly<Partial<Record<Tier, number>>>): ScenarioResult => {
  const { days } = p
  const width = SCENARIO_SERIES.length * days
  demand(blocks.every((block) => block.length % width === 0), 'a block of runs has five series of all days for each run')
  const courses = blocks.flatMap((block) => Array.from({ length: block.length / width }, (_, run) => block.subarray(run * width, (run + 1) * width)))
  demand(courses.length > 0, 'a summary needs at least one run')
  const ofDay = new Float64Array(courses.length)
  const bandsOf = (place: number): Float64Array[] => {
    const bands = BAND_LEVELS.map(() => new Float64Array(days))
    for (let day = 0; day < days; day++) {
      for (const [run, course] of courses.entries()) ofDay[run] = course[place * days + day] as number
      ofDay.sort()
      for (const [i, level] of BAND_LEVELS.entries()) (bands[i] as Float64Array)[day] = quantileOf(ofDay, level)
    }
    return bands
  }
  const crossingOf = (place: number, beds: number): Crossing => {
    const crossed = courses.flatMap((course) => {
      const day = course.subarray(place * days, (place + 1) * days).findIndex((taken) => taken > beds)
      return day < 0 ? [] : [day]
    }).toSorted((a, b) => a - b)
    return { probability: crossed.length / courses.length, days: BAND_LEVELS.map((level) => crossed[Math.ceil(level * courses.length) - 1]) }
  }
  const bands = Object.fromEntries(SCENARIO_SERIES.map((name, place) => [name, bandsOf(place)])) as Record<ScenarioSeries, Float64Array[]>
  const crossings = Object.fromEntries(TIERS.flatMap((tier) => {
    const beds = capacity[tier]
    return beds === undefined ? [] : [[tier, crossingOf(SCENARIO_SERIES.indexOf(tier), beds)]]
  })) as Partial<Record<Tier, Crossing>>
  return { runs: courses.length, bands, crossings }
}

/**
 * A scenario in one call: so many runs, their bands, and when capacities are crossed. The same seed says the same; the same as ranges of runs computed apart and summarised together.
 * Errors: `RangeError` as `simulateRuns`, and for no run. Example: `runScenario(parameters, { intensive: 40 }, 1000, 1).crossings.intensive?.days[3]` is the day by which half of the runs have run out of beds.
 */
export const runScenario = (p: ScenarioParameters, capacity: Readonly<Partial<Record<Tier, number>>>, runs: number, seed: number): ScenarioResult =>
  summariseRuns(p, [simulateRuns(p, 0, runs, seed)], capacity)
