import { gammaCdf, gammaQuantile } from './gamma.ts'

/**
 * The share of a chi-square distribution with df degrees of freedom at or below x: a gamma distribution of shape df/2 and rate ½.
 * Throws RangeError unless df > 0.
 * Example: `chiSquareCdf(3.841458820694124, 1) ≈ 0.95`.
 */
export const chiSquareCdf = (x: number, df: number): number => gammaCdf(x, df / 2, 0.5)

/**
 * The x at or below which the share p of a chi-square distribution with df degrees of freedom lies.
 * Throws RangeError unless 0 ≤ p ≤ 1 and df > 0.
 * Example: `chiSquareQuantile(0.95, 1) ≈ 3.841458820694124`.
 */
export const chiSquareQuantile = (p: number, df: number): number => gammaQuantile(p, df / 2, 0.5)
