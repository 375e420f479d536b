/** The 23 levels the forecast hubs ask for (Cramer et al. 2022, PNAS 119:e2113561119): 0.01, 0.025, 0.05, 0.10 … 0.95, 0.975, 0.99. */
export const HUB_LEVELS: readonly number[] = [
  0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99,
]

/** Refuses what is not a quantile forecast: levels rising inside (0, 1), one value a level, values that never fall. Errors: `RangeError`. */
export const checkQuantiles = (levels: readonly number[], values: readonly number[]): void => {
  if (levels.length === 0 || levels.length !== values.length) throw new RangeError('A quantile forecast needs one value for each of its levels.')
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i] as number
    const value = values[i] as number
    if (!(level > 0 && level < 1) || (i > 0 && level <= (levels[i - 1] as number))) throw new RangeError('Quantile levels must rise and lie between 0 and 1.')
    if (!Number.isFinite(value) || (i > 0 && value < (values[i - 1] as number))) throw new RangeError('Quantiles must be finite and must not fall as the level rises.')
  }
}

/**
 * The value of a quantile forecast at any level: linear between the levels given, constant beyond the outermost.
 * Units: those of the values. Errors: `RangeError` for what `checkQuantiles` refuses. Example: `quantileAt([0.25, 0.75], [10, 20], 0.5) === 15`.
 */
export const quantileAt = (levels: readonly number[], values: readonly number[], level: number): number => {
  checkQuantiles(levels, values)
  if (level <= (levels[0] as number)) return values[0] as number
  for (let i = 1; i < levels.length; i++) {
    const upper = levels[i] as number
    if (level > upper) continue
    const lower = levels[i - 1] as number
    const from = values[i - 1] as number
    return from + ((level - lower) / (upper - lower)) * ((values[i] as number) - from)
  }
  return values.at(-1) as number
}
