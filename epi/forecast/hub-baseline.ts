import { demand } from '../numerics/demand.ts'
import { quantileOf, type Random } from '../numerics/index.ts'
import { HUB_LEVELS } from '../scores/index.ts'

/** The values of a forecast at `HUB_LEVELS`. */
export type Quantiles = readonly number[]

const DRAWS = 4000

/**
 * The baseline of the COVID-19 forecast hubs, which a forecast must beat to be worth anything: as many as last week, as uncertain as past changes from week to week.
 *
 *   Yₜ₊ₕ = max(0, yₜ + D₁ + … + Dₕ),  Dᵢ drawn from { ±(yₛ − yₛ₋₁) : s ≤ t },  the median set to yₜ
 *
 * Source: Cramer et al. (2022), PNAS 119:e2113561119, supplement ("COVIDhub-baseline"). Convention: differences of all weeks known so far; the distribution of one is the type 7
 * quantile function of the differences and their negatives at 4 000 even levels, that of several their sum after independent shuffles. Arguments: counts of weeks, oldest first, the last
 * one known. Result: quantiles at `HUB_LEVELS` for 1 … `horizons` weeks; `undefined` without a last week or any difference. Errors: `RangeError` for horizons below 1.
 * Example: weeks 10, 20, 15 know changes of ±10 and ±5: the median is 15 at every horizon and the interval of one week from the 1 % to the 99 % quantile 5 … 25.
 */
export const hubBaseline = (weeks: readonly (number | undefined)[], horizons: number, random: Random): Quantiles[] | undefined => {
  demand(Number.isInteger(horizons) && horizons >= 1, 'a forecast reaches one week at least')
  const last = weeks.at(-1)
  const differences: number[] = []
  for (let week = 1; week < weeks.length; week++) {
    const now = weeks[week]
    const before = weeks[week - 1]
    if (now !== undefined && before !== undefined) differences.push(now - before, before - now)
  }
  if (last === undefined || differences.length === 0) return undefined
  differences.sort((a, b) => a - b)
  const step = Float64Array.from({ length: DRAWS }, (_, i) => quantileOf(differences, i / (DRAWS - 1)))
  const sum = new Float64Array(DRAWS)
  const forecasts: Quantiles[] = []
  for (let horizon = 1; horizon <= horizons; horizon++) {
    if (horizon > 1) shuffle(step, random)
    for (let i = 0; i < DRAWS; i++) sum[i] = (sum[i] as number) + (step[i] as number)
    const sorted = sum.toSorted()
    const middle = quantileOf(sorted, 0.5)
    forecasts.push(HUB_LEVELS.map((level) => Math.max(0, last + quantileOf(sorted, level) - middle)))
  }
  return forecasts
}

/** Fisher and Yates, in place. */
const shuffle = (values: Float64Array, random: Random): void => {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1))
    const kept = values[i] as number
    values[i] = values[j] as number
    values[j] = kept
  }
}
