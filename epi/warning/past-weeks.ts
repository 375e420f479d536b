import { demand } from '../numerics/demand.ts'
import { demandWeeks } from './series.ts'

/** Which past weeks a week is compared with. */
export interface PastWeeks {
  /** Years back; 0 for none. Named as in R's surveillance. */
  readonly b: number
  /** Half width of the window of each past year, and length of that of this year. */
  readonly w: number
  /** Whether the weeks just before the tested one count too. */
  readonly thisYear: boolean
  /** Weeks (or days, months) of a year. Default 52. */
  readonly freq?: number | undefined
}

/** The places of the reference values relative to the tested week. Errors: `RangeError` for weeks whose reference values begin before the series. */
export const pastOffsets = (past: PastWeeks, weeks: readonly number[], length: number): readonly number[] => {
  const { b, w, thisYear, freq = 52 } = past
  demand(Number.isInteger(b) && b >= 0 && Number.isInteger(w) && w >= 0 && Number.isInteger(freq) && freq > w, 'b, w and freq must be whole numbers')
  const offsets: number[] = []
  for (let year = 1; year <= b; year++) for (let shift = -w; shift <= w; shift++) offsets.push(shift - year * freq)
  if (thisYear) for (let back = 1; back <= w; back++) offsets.push(-back)
  demand(offsets.length > 0, 'there must be reference values: past years, or the weeks just before')
  demandWeeks(weeks, -Math.min(...offsets), length)
  return offsets
}
