import { csvOf, type Sheet } from '#base'

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

/** CSV as Excel opens it. */
export const csv = (rows: Sheet): Blob => new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' })

/** The same as a workbook; what writes it is loaded when the first one is asked for. */
export const workbook = async (rows: Sheet): Promise<Blob> => {
  const { utils, write } = await import('@e965/xlsx')
  const book = utils.book_new(utils.aoa_to_sheet(rows.map((row) => [...row])))
  return new Blob([write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })
}
