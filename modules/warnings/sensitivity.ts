/** How readily warnings sound. */
export const SENSITIVITIES = ['low', 'standard', 'high'] as const
export type Sensitivity = (typeof SENSITIVITIES)[number]

export const STANDARD: Sensitivity = 'standard'

interface Tuning {
  /** One-sided error of a day against the week before (EARS C2). Its own default is 0.001. */
  readonly dayAlpha: number
  /** A smaller spread than this counts as this: one case after quiet days is no alarm. Unit: cases. */
  readonly leastSpread: number
  /** Fewer cases in a day are never an alarm. */
  readonly leastCases: number
  /** One-sided error of a week against past years (Farrington). Noufaily et al. (2013) advise 0.01 and below. */
  readonly weekAlpha: number
  /** Largest p value of a space–time cluster. */
  readonly clusterP: number
}

/** What each sensitivity means to the methods. The least counts are choices of ours, so that a quiet commune does not sound for a family. */
export const TUNINGS: Readonly<Record<Sensitivity, Tuning>> = {
  low: { dayAlpha: 1e-5, leastSpread: 2, leastCases: 8, weekAlpha: 0.001, clusterP: 0.005 },
  standard: { dayAlpha: 0.001, leastSpread: 1, leastCases: 5, weekAlpha: 0.005, clusterP: 0.01 },
  high: { dayAlpha: 0.01, leastSpread: 0.5, leastCases: 3, weekAlpha: 0.01, clusterP: 0.05 },
}

/** The sensitivity that holds in an area: its own, else that of the nearest area above that has one. */
export const sensitivityOf = (own: ReadonlyMap<number, Sensitivity>, areaIds: readonly number[]): { readonly value: Sensitivity; readonly from: number | undefined } => {
  const from = areaIds.find((id) => own.has(id))
  return { value: (from === undefined ? undefined : own.get(from)) ?? STANDARD, from }
}
