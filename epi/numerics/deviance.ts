/**
 * How much ln(1 + μ) falls short of μ: `μ − ln(1 + μ)`, right to the last digits near μ = 0 where the two cancel.
 *
 * With r = μ/(2 + μ), ln(1 + μ) = 2(r + r³/3 + r⁵/5 + …) and μ − 2r = μr.
 * Example: `logShortfall(1) ≈ 0.30685281944005469` (1 − ln 2).
 */
export const logShortfall = (mu: number): number => {
  if (Math.abs(mu) > 0.4) return mu - Math.log1p(mu)
  const r = mu / (2 + mu)
  const square = r * r
  let power = square
  let sum = 1 / 3
  for (let n = 5; power > 1e-17; n += 2) {
    sum += power / n
    power *= square
  }
  return mu * r - 2 * r * square * sum
}

/**
 * Half the Poisson deviance of an observation from its expectation: `n ln(n/m) + m − n`. It is 0 where they agree and positive elsewhere.
 * Example: `deviance(10, 10) === 0`.
 */
export const deviance = (observed: number, expected: number): number => {
  if (observed === 0) return expected
  const excess = (expected - observed) / observed
  // Far below, 1 + excess would lose the digits of a tiny expectation.
  return excess < -0.5 ? observed * Math.log(observed / expected) + expected - observed : observed * logShortfall(excess)
}
