/** Pixels a letter of the sheet takes, about; numbers are narrower, capitals wider. */
const LETTER = 7.4
const NARROWEST = 112
const WIDEST = 280

/** Widths of the columns of a sheet from what its first rows hold. Unit: pixels. Example: `columnWidths([['Họ và tên'], ['An']])` is `[112]`. */
export const columnWidths = (rows: readonly (readonly string[])[]): number[] => {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      const wanted = Math.round(cell.length * LETTER) + 16
      widths[index] = Math.min(WIDEST, Math.max(widths[index] ?? NARROWEST, wanted))
    }
  }
  return widths
}
