/**
 * A share this much larger than p still counts as p: the cumulative sum of k must lead back to k. R takes the same 64 units in the last
 * place.
 */
const FUZZ = 64 * Number.EPSILON

/**
 * The smallest count whose cumulative share reaches p, found from a first guess by strides that double, then by halving.
 * `most` is the largest count there is. Beyond 2⁵³ not every count is a number: then it is the smallest number that reaches p.
 */
export const discreteQuantile = (cdf: (k: number) => number, p: number, guess: number, most = Infinity): number => {
  if (p === 0) return 0
  if (p === 1) return most
  const target = p * (1 - FUZZ)
  const reaches = (k: number): boolean => k >= most || cdf(k) >= target
  let high = Math.max(0, Math.min(most, Math.floor(guess)))
  let low = high - 1
  for (let stride = 1; !reaches(high); stride *= 2) {
    low = high
    high = Math.min(most, high + stride)
  }
  for (let stride = 1; low >= 0 && reaches(low); stride *= 2) {
    high = low
    low = Math.max(-1, low - stride)
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (middle <= low || middle >= high) break
    if (reaches(middle)) high = middle
    else low = middle
  }
  return high
}

/** A first guess with the given moments: the normal quantile, bent by the skewness (Cornish and Fisher). */
export const guessCount = (z: number, mean: number, sd: number, skewness: number): number => mean + sd * (z + ((z * z - 1) * skewness) / 6)
