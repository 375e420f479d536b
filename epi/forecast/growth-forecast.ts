import { demand } from '../numerics/demand.ts'
import { minimise, studentTQuantile } from '../numerics/index.ts'
import { HUB_LEVELS } from '../scores/index.ts'
import type { GrowthSignals } from './growth-signals.ts'
import type { Quantiles } from './hub-baseline.ts'

/** How signals become a forecast at one horizon; fitted by `fitGrowthForecast`. */
export interface GrowthCoefficients {
  /** Of the change of log(y + 1): constant, growth, othersGrowth, othersChange. */
  readonly centre: readonly [number, number, number, number]
  /** Of the log of its spread: constant, (lastWeek + 1)^(−¼), roughness. */
  readonly spread: readonly [number, number, number]
  /** Log of how much wider than the whole the lower side is; the upper side is as much narrower. */
  readonly skew: number
  /** Degrees of freedom of Student's t, 2 … 100: few mean heavy tails. */
  readonly degrees: number
}

const SMALLEST_DEGREES = 2
const LARGEST_DEGREES = 100
const MIDDLE = (HUB_LEVELS.length - 1) / 2

/**
 * Forecast of one week's count from the signals of an area: how counts of its size, roughness and surroundings went on elsewhere.
 *
 *   log(1 + q(α)) = log(1 + y) + c·(1, g, G, C) + exp( s·(1, (y + 1)^(−¼), r) ) · t_ν⁻¹(α) · e^(±skew)      (+ below the median, − above)
 *
 * Convention: own; a quantile regression whose quantiles cannot cross. Units: cases a week. Result: quantiles at `HUB_LEVELS`, not below 0.
 * Example: with all coefficients 0 and ν = 2 the median of 9 cases last week is 9, and the 75 % quantile 10·e^0.8165 − 1 = 21.6.
 */
export const forecastGrowth = (signals: GrowthSignals, coefficients: GrowthCoefficients): Quantiles => {
  const shape = shapeOf(coefficients.degrees, coefficients.skew)
  const centre = centreOf(signals, coefficients.centre)
  const spread = spreadOf(signals, coefficients.spread)
  return HUB_LEVELS.map((_, i) => Math.max(0, Math.expm1(centre + spread * (shape[i] as number))))
}

const centreOf = ({ lastWeek, growth, othersGrowth, othersChange }: GrowthSignals, [constant, own, others, change]: GrowthCoefficients['centre']): number =>
  Math.log1p(lastWeek) + constant + own * growth + others * othersGrowth + change * othersChange

const spreadOf = ({ lastWeek, roughness }: GrowthSignals, [constant, small, rough]: GrowthCoefficients['spread']): number =>
  Math.exp(constant + small * (lastWeek + 1) ** -0.25 + rough * roughness)

const shapeOf = (degrees: number, skew: number): Float64Array => {
  const shape = new Float64Array(HUB_LEVELS.length)
  for (let i = 0; i < MIDDLE; i++) {
    const size = -studentTQuantile(HUB_LEVELS[i] as number, degrees)
    shape[i] = -size * Math.exp(skew)
    shape[HUB_LEVELS.length - 1 - i] = size * Math.exp(-skew)
  }
  return shape
}

/** What was known and what came of it. */
export interface GrowthExample {
  readonly signals: GrowthSignals
  /** Cases of the week forecast. */
  readonly observed: number
  /** What an error of this area is measured by: the mean change of its weeks over this horizon. Unit: cases. */
  readonly usualChange: number
}

/** How much errors in cases weigh against errors of the log, and how much coefficients are drawn to 0. */
const NATURAL_WEIGHT = 0.15
const LOG_WEIGHT = 0.7
const SHRINKAGE = 0.002

const PARAMETERS = 9
const coefficientsOf = (p: Float64Array): GrowthCoefficients => {
  const at = (i: number): number => p[i] as number
  return { centre: [at(0), at(1), at(2), at(3)], spread: [at(4), at(5), at(6)], skew: at(7), degrees: Math.min(LARGEST_DEGREES, SMALLEST_DEGREES + Math.exp(at(8))) }
}

/**
 * The coefficients that would have forecast the examples best: least mean weighted interval score, 0.7 of the log of the counts and 0.15 of the counts in units of the usual change of
 * their area — so that no area weighs by its size alone — plus a small penalty on slopes. Slopes of few examples cannot be trusted: take some hundreds.
 * Errors: `RangeError` without examples or for a usual change that is not positive. Example: see the test, which recovers coefficients from examples drawn with them.
 */
export const fitGrowthForecast = (examples: readonly GrowthExample[]): GrowthCoefficients => {
  demand(examples.length > 0, 'coefficients are fitted to one example at least')
  for (const { usualChange } of examples) demand(usualChange > 0, 'the usual change of an area must be positive')
  const cost = (parameters: Float64Array): number => {
    const { centre, spread, skew, degrees } = coefficientsOf(parameters)
    const shape = shapeOf(degrees, skew)
    let sum = 0
    for (const { signals, observed, usualChange } of examples) {
      const middle = centreOf(signals, centre)
      const width = spreadOf(signals, spread)
      const logObserved = Math.log1p(observed)
      let ofLog = 0
      let ofCount = 0
      for (let i = 0; i < shape.length; i++) {
        const level = HUB_LEVELS[i] as number
        const log = Math.max(0, middle + width * (shape[i] as number))
        ofLog += pinball(level, logObserved - log)
        ofCount += pinball(level, observed - Math.expm1(log))
      }
      sum += LOG_WEIGHT * ofLog + (NATURAL_WEIGHT * ofCount) / usualChange
    }
    let penalty = 0
    for (const i of [1, 2, 3, 5, 6]) penalty += (parameters[i] as number) ** 2
    return (2 * sum) / (examples.length * HUB_LEVELS.length) + SHRINKAGE * penalty
  }
  const start = new Float64Array(PARAMETERS)
  start[4] = -0.5
  start[8] = 1
  return coefficientsOf(minimise(cost, start, { step: [0.2, 0.2, 0.2, 0.2, 0.3, 0.3, 0.3, 0.1, 0.5], tolerance: 1e-7, maxEvaluations: 4000 }).point)
}

const pinball = (level: number, above: number): number => (above >= 0 ? level * above : (level - 1) * above)
