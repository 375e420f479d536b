/** Hands a file made in the browser to the reader. */
export const saveFile = (name: string, content: Blob): void => {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers read the address only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** CSV as Excel opens it with its tones: UTF-8 with a byte order mark. A text that Excel would take for a formula is made a text. */
export const csv = (rows: readonly (readonly (string | number | null)[])[]): Blob => {
  const cell = (value: string | number | null): string => {
    if (value === null) return ''
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return new Blob(['\ufeff', ...rows.map((row) => `${row.map(cell).join(',')}\r\n`)], { type: 'text/csv;charset=utf-8' })
}
