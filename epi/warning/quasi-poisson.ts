import { studentTCdf } from '../numerics/index.ts'

/** Counts of reference weeks with what is needed of them again and again, in the order of time; the first `length` places of each array count. */
export interface ReferenceRows {
  length: number
  readonly counts: Float64Array
  /** y·ln y, 0 for y = 0. */
  readonly entropies: Float64Array
  /** ln(y + 0.1). */
  readonly starts: Float64Array
  /** Weeks from some origin near their middle. */
  readonly times: Float64Array
  /** Seasonal levels, from 0. */
  readonly levels: Int32Array
}

export const emptyRows = (capacity: number): ReferenceRows => ({
  length: 0, counts: new Float64Array(capacity), entropies: new Float64Array(capacity), starts: new Float64Array(capacity), times: new Float64Array(capacity),
  levels: new Int32Array(capacity),
})

/** A fit of `ln mean = level + slope·time` with variance `dispersion · mean`. It is valid until the next fit is made. */
export interface QuasiPoissonFit {
  readonly logMeanAt: (time: number, level: number) => number
  /** Variance of that logarithm, dispersion included. */
  readonly logVarianceAt: (time: number, level: number) => number
  /** Change of the log mean by week; undefined without trend. */
  readonly slope: number | undefined
  /** Two-sided p value of the slope. */
  readonly slopeP: () => number
  /** Pearson's χ² by degrees of freedom, at least 1. */
  readonly dispersion: number
}

const EPSILON = 1e-8
const MOST_STEPS = 25
/** Where nothing was ever counted, the mean sinks no lower. */
const LEAST_MEAN = Number.EPSILON

/**
 * A fitter of quasi-Poisson regressions of counts on a seasonal factor and a trend, which uses the same memory for one fit after the other.
 *
 * Iteratively reweighted least squares (McCullagh & Nelder 1989, §2.5), begun and ended as R's glm does: first means y + 0.1, until the deviance changes by less than 1e-8 of
 * itself, 25 steps at most; covariance and Pearson's χ² rest on the weights of the last step. The normal equations of a factor and one slope are solved level by level, so that a
 * step costs one pass over the rows. With `weightsThreshold` the rows are then weighted by their Anscombe residuals s (Farrington et al. 1996, §3.6: ω ∝ s⁻² where s exceeds
 * the threshold, all equal elsewhere) and fitted again. `asSurveillance`: the variance as that package has it, see `farringtonFlexible`. The answer is undefined where the steps
 * do not come to an end.
 */
export const quasiPoissonFitter = (rows: ReferenceRows, levelCount: number, asSurveillance: boolean): ((trend: boolean, weightsThreshold: number | undefined) => QuasiPoissonFit | undefined) => {
  const { counts, entropies, starts, times, levels } = rows
  const weights = new Float64Array(counts.length)
  const means = new Float64Array(counts.length)
  const meansBefore = new Float64Array(counts.length)
  const factors = new Float64Array(levelCount)
  // By level: the intercept and Σ w·y; Σ w·μ, Σ w·μ·t and Σ w·μ·(what is to be fitted) of the parameters as they are, and the first two of those before the last step.
  const intercepts = new Float64Array(levelCount)
  const interceptsBefore = new Float64Array(levelCount)
  const countSums = new Float64Array(levelCount)
  const weightSums = new Float64Array(levelCount)
  const weightSumsBefore = new Float64Array(levelCount)
  const timeSums = new Float64Array(levelCount)
  const timeSumsBefore = new Float64Array(levelCount)
  const fitSums = new Float64Array(levelCount)
  let slope = 0
  let slopeBefore = 0
  /** Σ w·μ·t² and Σ w·μ·t·(what is to be fitted). */
  let squareSum = 0
  let timeFitSum = 0
  /** Σ w·y·t and Σ w·(y·ln y − y). */
  let timeCountSum = 0
  let entropySum = 0
  /** What the data say about the slope, the levels taken out. */
  let information = 0

  /** The sums of the first means, y + 0.1, and those that stay the same in all steps. Their deviance. */
  const begin = (): number => {
    for (const sums of [intercepts, countSums, weightSums, timeSums, fitSums]) sums.fill(0)
    slope = 0
    let deviance = 0
    let square = 0
    let timeFit = 0
    let timeCount = 0
    let entropy = 0
    for (let i = 0; i < rows.length; i++) {
      const count = counts[i] as number
      const time = times[i] as number
      const level = levels[i] as number
      const start = starts[i] as number
      const weight = weights[i] as number
      const weighted = weight * (count + 0.1)
      const fit = weighted * start - weight * 0.1
      countSums[level] = (countSums[level] as number) + weight * count
      weightSums[level] = (weightSums[level] as number) + weighted
      timeSums[level] = (timeSums[level] as number) + weighted * time
      fitSums[level] = (fitSums[level] as number) + fit
      square += weighted * time * time
      timeFit += fit * time
      timeCount += weight * count * time
      entropy += weight * ((entropies[i] as number) - count)
      deviance += weight * ((entropies[i] as number) - count * start + 0.1)
    }
    squareSum = square
    timeFitSum = timeFit
    timeCountSum = timeCount
    entropySum = entropy
    return 2 * deviance
  }

  /** One step of least squares from the sums. */
  const solve = (trend: boolean): void => {
    interceptsBefore.set(intercepts)
    weightSumsBefore.set(weightSums)
    timeSumsBefore.set(timeSums)
    slopeBefore = slope
    let change = 0
    if (trend) {
      let left = squareSum
      let fitted = timeFitSum
      for (let level = 0; level < levelCount; level++) {
        if (weightSums[level] === 0) continue
        const meanTime = (timeSums[level] as number) / (weightSums[level] as number)
        left -= meanTime * (timeSums[level] as number)
        fitted -= meanTime * (fitSums[level] as number)
      }
      information = left
      change = fitted / left
      slope += change
    }
    for (let level = 0; level < levelCount; level++) {
      if (weightSums[level] === 0) continue
      intercepts[level] = (intercepts[level] as number) + ((fitSums[level] as number) - change * (timeSums[level] as number)) / (weightSums[level] as number)
    }
  }

  /** The sums of the parameters as they are; their deviance. As ln μ is level + slope·t, only Σ w·e^(slope·t), with t and t², must be summed anew. */
  const evaluate = (): number => {
    weightSums.fill(0)
    timeSums.fill(0)
    const growth = Math.exp(slope)
    let square = 0
    let trend = 1
    let due = Number.NaN
    let i = 0
    while (i < rows.length) {
      // A run of rows of one level.
      const level = levels[i] as number
      let runWeight = 0
      let runTime = 0
      let runSquare = 0
      for (; i < rows.length && levels[i] === level; i++) {
        const time = times[i] as number
        // A product in place of an exponential, from one week to the next.
        trend = time === due ? trend * growth : Math.exp(slope * time)
        due = time + 1
        const weighted = (weights[i] as number) * trend
        runWeight += weighted
        runTime += weighted * time
        runSquare += weighted * time * time
      }
      const factor = Math.exp(intercepts[level] as number)
      weightSums[level] = (weightSums[level] as number) + factor * runWeight
      timeSums[level] = (timeSums[level] as number) + factor * runTime
      square += factor * runSquare
    }
    let timeFit = timeCountSum
    let deviance = entropySum - slope * timeCountSum
    for (let level = 0; level < levelCount; level++) {
      fitSums[level] = (countSums[level] as number) - (weightSums[level] as number)
      timeFit -= timeSums[level] as number
      deviance += (weightSums[level] as number) - (intercepts[level] as number) * (countSums[level] as number)
    }
    squareSum = square
    timeFitSum = timeFit
    return 2 * deviance
  }

  const meansInto = (into: Float64Array, logs: Float64Array, by: number): void => {
    for (let level = 0; level < levelCount; level++) factors[level] = Math.exp(logs[level] as number)
    const growth = Math.exp(by)
    let trend = 1
    let due = Number.NaN
    for (let i = 0; i < rows.length; i++) {
      const time = times[i] as number
      trend = time === due ? trend * growth : Math.exp(by * time)
      due = time + 1
      into[i] = (factors[levels[i] as number] as number) * trend
    }
  }

  const iterate = (trend: boolean): boolean => {
    let before = begin()
    for (let step = 0; step < MOST_STEPS; step++) {
      solve(trend)
      const deviance = evaluate()
      if (!Number.isFinite(deviance)) return false
      if (Math.abs(deviance - before) / (Math.abs(deviance) + 0.1) < EPSILON) {
        meansInto(means, intercepts, slope)
        if (step === 0) for (let i = 0; i < rows.length; i++) meansBefore[i] = (counts[i] as number) + 0.1
        else meansInto(meansBefore, interceptsBefore, slopeBefore)
        return true
      }
      before = deviance
    }
    return false
  }

  const degreesOfFreedom = (trend: boolean): number => rows.length - weightSumsBefore.reduce((rank, weight) => rank + (weight > 0 ? 1 : 0), trend ? 1 : 0)

  /** Squares of (y − μ)/μ by degrees of freedom, weighted by ω·μ (Pearson's χ²) or by ω alone. */
  const residualVariance = (trend: boolean, byMean: boolean): number => {
    let sum = 0
    for (let i = 0; i < rows.length; i++) {
      const residual = (counts[i] as number) / (means[i] as number) - 1
      sum += (weights[i] as number) * (byMean ? (meansBefore[i] as number) : 1) * residual * residual
    }
    return sum / degreesOfFreedom(trend)
  }

  /** Variance of the log mean, for a dispersion of 1. */
  const logVariance = (time: number, level: number, trend: boolean): number => {
    const weight = weightSumsBefore[level] as number
    const distance = time - (timeSumsBefore[level] as number) / weight
    return 1 / weight + (trend ? (distance * distance) / information : 0)
  }

  const reweight = (trend: boolean, threshold: number): void => {
    const dispersion = Math.max(1, residualVariance(trend, true))
    let sum = 0
    for (let i = 0; i < rows.length; i++) {
      let weight = 1
      const count = counts[i] as number
      const mean = means[i] as number
      const leverage = (meansBefore[i] as number) * logVariance(times[i] as number, levels[i] as number, trend)
      // Pearson's residual is never the smaller one above the mean: the roots are needed for few rows.
      if (count > mean && (count - mean) ** 2 > threshold * threshold * mean * dispersion * (1 - leverage)) {
        const sixth = Math.sqrt(Math.cbrt(mean))
        const residual = (1.5 * (Math.cbrt(count * count) / sixth - sixth ** 3)) / Math.sqrt(dispersion * (1 - leverage))
        if (residual > threshold) weight = 1 / (residual * residual)
      }
      weights[i] = weight
      sum += weight
    }
    for (let i = 0; i < rows.length; i++) weights[i] = ((weights[i] as number) * rows.length) / sum
  }

  return (trend, weightsThreshold) => {
    weights.fill(1)
    if (!iterate(trend)) return undefined
    if (weightsThreshold !== undefined) {
      reweight(trend, weightsThreshold)
      if (!iterate(trend)) return undefined
    }
    const chiSquare = residualVariance(trend, true)
    const dispersion = Math.max(1, chiSquare)
    const scale = asSurveillance ? (weightsThreshold === undefined ? chiSquare : residualVariance(trend, false)) : undefined
    return {
      logMeanAt: (time, level) => Math.max(Math.log(LEAST_MEAN), (intercepts[level] as number) + slope * time),
      logVarianceAt: (time, level) => (scale ?? dispersion) * logVariance(time, level, trend),
      slope: trend ? slope : undefined,
      slopeP: () => (trend ? 2 * studentTCdf(-Math.abs(slope) / Math.sqrt((scale ?? chiSquare) / information), degreesOfFreedom(trend)) : 1),
      dispersion,
    }
  }
}
