import { demand } from '../numerics/demand.ts'
import { quantileOf, sampleBinomial, samplePoisson, type Random } from '../numerics/index.ts'
import { infectivityInto } from './infectivity.ts'
import { demandSerialInterval } from './serial-interval.ts'
import { demandCounts, demandWindows, type DayWindow } from './day-window.ts'

/** The case reproduction number of the cases of one window. */
export interface CohortReproduction extends DayWindow {
  readonly mean: number
  /** Spread over who infected whom, given the cases. */
  readonly sd: number
  readonly lower: number
  readonly upper: number
}

export interface CohortOptions {
  /** Chances of 0, 1, 2, … days, w(0) = 0. */
  readonly serialInterval: ArrayLike<number>
  readonly windows: readonly DayWindow[]
  /** How many times the limits are simulated. */
  readonly simulations?: number
}

/** The limits leave out this share on either side. */
const OUTSIDE = 0.025
/** Cases that belong to the window with a smaller chance are simulated together: a sum of rare events is a Poisson count. */
const RARE = 1e-4

/**
 * The cohort reproduction number: how many cases each case of a window went on to infect (J. Wallinga and P. Teunis, "Different epidemic
 * curves for severe acute respiratory syndrome reveal similar impacts of control measures", Am. J. Epidemiol. 160 (2004), 509–516).
 *
 * A case of day t was infected by one of day s with chance `p(s, t) = w(t − s) / Σᵤ w(t − u) Iᵤ`; a case of day s infects
 * `R(s) = Σₜ Iₜ p(s, t)` on average, and a window's R is the mean over its cases. Of the Iₜ cases of day t, a binomial number with chance
 * `qₜ = Σ_{s in window} Iₛ p(s, t)` belongs to the window: the variance of R is `Σₜ Iₜ qₜ (1 − qₜ) / N²` exactly, and the 95 % limits come
 * from simulating those numbers.
 *
 * Recent windows are too low: their cases have not infected all whom they will. A window without cases is undefined. Cases that no earlier
 * case can have infected count as infected by none.
 * Units: cases per case. Throws RangeError for counts that are not whole (they are drawn from), windows outside the series and a serial
 * interval that is none.
 * Example: `estimateCohortReproduction([1, 2, 4], { serialInterval: [0, 1], windows: [{ first: 1, last: 1 }] }, random)[0]?.mean === 2`.
 */
export const estimateCohortReproduction = (
  counts: ArrayLike<number>,
  options: CohortOptions,
  random: Random,
): readonly (CohortReproduction | undefined)[] => {
  const { serialInterval, windows, simulations = 1000 } = options
  demandCounts(counts)
  for (let t = 0; t < counts.length; t++)
    demand(Number.isInteger(counts[t]), 'counts of cases must be whole numbers: who infected whom is drawn from them')
  demandSerialInterval(serialInterval, true)
  demandWindows(windows, counts.length, 0)
  const pressure = new Float64Array(counts.length)
  infectivityInto(pressure, counts, serialInterval)
  const totals = new Float64Array(simulations)

  return windows.map((window) => {
    const { first, last } = window
    let cases = 0
    for (let s = first; s <= last; s++) cases += counts[s] as number
    if (cases === 0) return undefined
    let infected = 0
    let variance = 0
    let rare = 0
    totals.fill(0)
    const reach = Math.min(counts.length - 1, last + serialInterval.length - 1)
    for (let t = first + 1; t <= reach; t++) {
      const count = counts[t] as number
      const share = count === 0 ? 0 : infectivityOfWindow(t, window, counts, serialInterval) / (pressure[t] as number)
      if (!(share > 0)) continue
      const chance = Math.min(1, share)
      infected += count * share
      variance += count * chance * (1 - chance)
      if (chance < RARE) rare += count * chance
      else for (let k = 0; k < simulations; k++) totals[k] = (totals[k] as number) + sampleBinomial(random, count, chance)
    }
    if (rare > 0) for (let k = 0; k < simulations; k++) totals[k] = (totals[k] as number) + samplePoisson(random, rare)
    totals.sort()
    return {
      ...window,
      mean: infected / cases,
      sd: Math.sqrt(variance) / cases,
      lower: quantileOf(totals, OUTSIDE) / cases,
      upper: quantileOf(totals, 1 - OUTSIDE) / cases,
    }
  })
}

/** Infectiousness on day t of the window's cases alone. */
const infectivityOfWindow = (
  t: number,
  { first, last }: DayWindow,
  counts: ArrayLike<number>,
  serialInterval: ArrayLike<number>,
): number => {
  let sum = 0
  for (let s = Math.max(first, t - serialInterval.length + 1); s <= Math.min(last, t - 1); s++)
    sum += (counts[s] as number) * (serialInterval[t - s] as number)
  return sum
}
