import { problem } from '#base'
import { nothing, refuseCell, saysUnknown, type Reading } from './cells.ts'
import type { Cell } from './table.ts'

/** Figures already read: counts repeat, most of them below a few thousand. */
const small: readonly Reading<number>[] = Array.from({ length: 10_000 }, (_, value) => ({ ok: true, value }))

/** A run of at most four plain digits; the fast path of every count. */
const smallWhole = (text: string): number => {
  if (text.length === 0 || text.length > 4) return -1
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

interface Figure {
  readonly value: number
  readonly percent: boolean
  /** One separator before exactly three digits: a thousand in one country, a decimal in the other. Read as a thousand. */
  readonly ambiguous: boolean
}

const spaces = /[\s\u00a0\u202f']/g

/** A number written with Vietnamese or English separators, or nothing. */
const figureOf = (written: string): Figure | undefined => {
  let text = written.trim().replace(/[\u2212\u2013]/, '-')
  const percent = text.endsWith('%')
  if (percent) text = text.slice(0, -1).trimEnd()
  let sign = 1
  if (/^\(.+\)$/.test(text)) {
    // Accountants write negative figures in brackets.
    sign = -1
    text = text.slice(1, -1)
  }
  if (/^[+-]/.test(text)) {
    if (text.startsWith('-')) sign = -sign
    text = text.slice(1).trimStart()
  }
  if (/[\s\u00a0\u202f']/.test(text)) {
    if (!/^\d{1,3}(?:[\s\u00a0\u202f']\d{3})+(?:[.,]\d+)?$/.test(text)) return undefined
    text = text.replace(spaces, '')
  }
  if (/^\d+$/.test(text)) return { value: sign * Number(text), percent, ambiguous: false }
  if (/^\d*\.?\d+(?:e[+-]?\d+)$/i.test(text)) return { value: sign * Number(text), percent, ambiguous: false }
  const grouped = /^([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/.exec(text) ?? /^([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?$/.exec(text)
  if (grouped) {
    const [, whole = '', fraction] = grouped
    const value = Number(`${whole.replace(/[.,]/g, '')}.${fraction ?? 0}`)
    return { value: sign * value, percent, ambiguous: fraction === undefined && whole.length <= 7 }
  }
  const decimal = /^(\d+)[.,](\d+)$/.exec(text)
  return decimal ? { value: sign * Number(`${decimal[1]}.${decimal[2]}`), percent, ambiguous: false } : undefined
}

const figureCell = (cell: Cell): Figure | undefined => {
  if (cell.kind === 'number' && cell.number !== undefined)
    return { value: cell.number, percent: cell.format?.includes('%') ?? false, ambiguous: false }
  return cell.kind === 'text' ? figureOf(cell.text) : undefined
}

/** A figure that could not be read is an empty one when it says so (`-`, `NA`), else a fault. */
const unread = (cell: Cell, code: string): Reading<number> =>
  cell.kind === 'text' && saysUnknown(cell.text) ? nothing : refuseCell(cell, code)

/**
 * A count: a whole number with any thousands separator (`1.234`, `1,234`, `1 234`). A negative one is read, with the
 * warning `negative_number`: whether it may stand is for the module to say. Problems `unreadable_number`, `not_whole`.
 */
export const readCount = (cell: Cell | undefined): Reading<number> => {
  if (cell === undefined || cell.kind === 'empty') return nothing
  const common = cell.kind === 'text' ? smallWhole(cell.text) : -1
  if (common >= 0) return small[common] as Reading<number>
  const figure = figureCell(cell)
  if (!figure || Math.abs(figure.value) > Number.MAX_SAFE_INTEGER) return unread(cell, 'unreadable_number')
  if (figure.percent || !Number.isInteger(figure.value)) return refuseCell(cell, 'not_whole')
  return withSign(cell, figure.value)
}

const withSign = (cell: Cell, value: number): Reading<number> =>
  value < 0 ? { ok: true, value, warning: problem('negative_number', { params: { text: cell.text } }) } : { ok: true, value: value + 0 }

/**
 * A measured number. `12%` is 0.12. One separator before three digits is read as a thousand, with the warning
 * `ambiguous_number`. Problem `unreadable_number`; warning `negative_number`.
 */
export const readNumber = (cell: Cell | undefined): Reading<number> => {
  if (cell === undefined || cell.kind === 'empty') return nothing
  const common = cell.kind === 'text' ? smallWhole(cell.text) : -1
  if (common >= 0) return small[common] as Reading<number>
  const figure = figureCell(cell)
  if (!figure || !Number.isFinite(figure.value)) return unread(cell, 'unreadable_number')
  const value = figure.percent && cell.kind === 'text' ? figure.value / 100 : figure.value
  if (figure.ambiguous) return { ok: true, value, warning: problem('ambiguous_number', { params: { text: cell.text, value } }) }
  return withSign(cell, value)
}

/**
 * A proportion 0…1: `12%`, `0,12` and a spreadsheet's percent cell alike. Above 1 and up to 100 without a sign it is
 * read as per cent, with the warning `read_as_percent`. Problems `unreadable_number`, `not_a_proportion`.
 */
export const readProportion = (cell: Cell | undefined): Reading<number> => {
  const reading = readNumber(cell)
  if (!reading.ok || reading.value === undefined || cell === undefined) return reading
  const { value } = reading
  if (value >= 0 && value <= 1) return { ok: true, value }
  if (value < 0 || value > 100 || cell.text.includes('%')) return refuseCell(cell, 'not_a_proportion')
  return { ok: true, value: value / 100, warning: problem('read_as_percent', { params: { text: cell.text } }) }
}
