/** The two ends of an interval, in the unit of what is estimated. `Infinity` means the data set no upper limit. */
export interface ConfidenceInterval {
  readonly lower: number
  readonly upper: number
}
