/** Rows of a sheet: the headings are the first. */
export type Sheet = readonly (readonly (string | number | null)[])[]

/** A spreadsheet runs what begins with these as a formula, and names are typed by people. */
const FORMULA = /^[=+\-@\t\r]/

const cell = (value: string | number | null): string => {
  if (value === null) return ''
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * CSV (RFC 4180) as Excel opens it with its tones: a byte order mark first, lines ended by CR LF. A text that would be taken for a formula is made a text.
 * Example: `csvOf([['Xã', 'Ca'], ['=1+1, "A"', 3]]) === '\ufeffXã,Ca\r\n"\'=1+1, ""A""",3\r\n'`.
 */
export const csvOf = (rows: Sheet): string => `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
