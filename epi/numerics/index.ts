export { digamma, logBeta, logGamma, trigamma } from './log-gamma.ts'
export { erf, erfc } from './error-function.ts'
export { gammaP, gammaQ } from './incomplete-gamma.ts'
export { gammaCdf, gammaLogDensity, gammaQuantile, gammaQuantilesInto } from './gamma.ts'
export { chiSquareCdf, chiSquareQuantile } from './chi-square.ts'
export { normalCdf, normalLogDensity, normalQuantile } from './normal.ts'
export { incompleteBeta } from './incomplete-beta.ts'
export { betaCdf, betaQuantile } from './beta.ts'
export { studentTCdf, studentTQuantile } from './student-t.ts'
export { poissonCdf, poissonLogDensity, poissonQuantile } from './poisson.ts'
export { negativeBinomialCdf, negativeBinomialLogDensity, negativeBinomialQuantile } from './negative-binomial.ts'
export { binomialCdf, binomialLogDensity, binomialQuantile } from './binomial.ts'
export { seededRandom, type Random } from './random.ts'
export {
  sampleBeta,
  sampleBinomial,
  sampleGamma,
  sampleMultinomial,
  sampleNegativeBinomial,
  sampleNormal,
  samplePoisson,
} from './sample.ts'
export { quantileOf } from './quantile-of.ts'
export { choleskySolve, type Matrix } from './cholesky-solve.ts'
export { weightedLeastSquares, type LeastSquares } from './weighted-least-squares.ts'
export { findRoot } from './find-root.ts'
export { minimise, type Minimum, type MinimiseOptions } from './minimise.ts'
