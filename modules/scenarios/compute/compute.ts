import { quantileOf, SCENARIO_SERIES, simulateRuns, summariseRuns, TIERS, type ScenarioParameters } from '#epi'
import type { Band, Outcome, Variant } from '../contract.ts'

export type ComputeTask =
  | { readonly kind: 'runs'; readonly parameters: ScenarioParameters; readonly first: number; readonly end: number; readonly seed: number }
  | { readonly kind: 'summary'; readonly parameters: ScenarioParameters; readonly blocks: readonly Float64Array[]; readonly beds: Variant['beds'] }
export type ComputeAnswer = { readonly runs: Float64Array } | { readonly outcome: Outcome }

/** Places of the 95 and 50 % intervals among `BAND_LEVELS`. */
const [LOWER95, LOWER50, MEDIAN, UPPER50, UPPER95] = [0, 2, 3, 4, 6]

const rangeOf = (values: readonly number[]): { median: number; lower95: number; upper95: number } => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (level: number): number => Math.round(quantileOf(sorted, level))
  return { median: at(0.5), lower95: at(0.025), upper95: at(0.975) }
}

const outcomeOf = (parameters: ScenarioParameters, blocks: readonly Float64Array[], beds: Variant['beds']): Outcome => {
  const { days } = parameters
  const width = SCENARIO_SERIES.length * days
  const capacity = Object.fromEntries(TIERS.flatMap((tier) => (beds[tier] === null ? [] : [[tier, beds[tier]]]))) as Partial<Record<(typeof TIERS)[number], number>>
  const { runs, bands, crossings } = summariseRuns(parameters, blocks, capacity)
  const whole = (place: number, values: readonly Float64Array[]): number[] => Array.from(values[place] ?? [], Math.round)
  const bandOf = (values: readonly Float64Array[]): Band => ({
    median: whole(MEDIAN, values), lower50: whole(LOWER50, values), upper50: whole(UPPER50, values), lower95: whole(LOWER95, values), upper95: whole(UPPER95, values),
  })
  /** A figure of each run's course of one series. */
  const ofRuns = (name: (typeof SCENARIO_SERIES)[number], figure: (course: Float64Array) => number): number[] => {
    const place = SCENARIO_SERIES.indexOf(name)
    return blocks.flatMap((block) => Array.from({ length: block.length / width }, (_, run) => figure(block.subarray(run * width + place * days, run * width + (place + 1) * days))))
  }
  const total = (course: Float64Array): number => course.reduce((sum, value) => sum + value, 0)
  const most = (course: Float64Array): number => course.reduce((top, value) => Math.max(top, value), 0)
  const crossingOf = (tier: (typeof TIERS)[number]): Outcome['crossings']['ward'] => {
    const found = crossings[tier]
    return found ? { probability: found.probability, early: found.days[LOWER95] ?? null, median: found.days[MEDIAN] ?? null, late: found.days[UPPER95] ?? null } : null
  }
  return {
    runs,
    bands: { infections: bandOf(bands.infections), reported: bandOf(bands.reported), ward: bandOf(bands.ward), oxygen: bandOf(bands.oxygen), intensive: bandOf(bands.intensive) },
    totals: { infections: rangeOf(ofRuns('infections', total)), reported: rangeOf(ofRuns('reported', total)) },
    peaks: { ward: rangeOf(ofRuns('ward', most)), oxygen: rangeOf(ofRuns('oxygen', most)), intensive: rangeOf(ofRuns('intensive', most)) },
    crossings: { ward: crossingOf('ward'), oxygen: crossingOf('oxygen'), intensive: crossingOf('intensive') },
  }
}

export const compute = (task: ComputeTask): ComputeAnswer =>
  (task.kind === 'runs' ? { runs: simulateRuns(task.parameters, task.first, task.end, task.seed) } : { outcome: outcomeOf(task.parameters, task.blocks, task.beds) })
