import { nameKey, problem, type Problem } from '#base'
import { isBlank, type Cell } from './table.ts'

export type { Cell, CellKind } from './table.ts'

/**
 * What a cell was read as: a value (nothing for an empty cell), perhaps with a remark the sender should see,
 * or the problem that refuses it. It is a `Result` with a warning beside.
 */
export type Reading<T> =
  | { readonly ok: true; readonly value: T | undefined; readonly warning?: Problem }
  | { readonly ok: false; readonly problem: Problem }

/** The reading of an empty cell, and of one that says "unknown". Shared: a million rows have many. */
export const nothing: { readonly ok: true; readonly value: undefined } = { ok: true, value: undefined }

const unknownWords = new Set([
  '',
  'na',
  'n a',
  'nan',
  'null',
  'none',
  'unknown',
  'khong ro',
  'chua ro',
  'khong biet',
  'kr',
  'kxd',
  'khong xac dinh',
  'chua xac dinh',
])

/** Whether a text that is no value says that none is known: `-`, `NA`, `không rõ`. */
export const saysUnknown = (text: string): boolean => text.length < 20 && unknownWords.has(nameKey(text))

/** Refuses a cell as `code`, quoting its text. A spreadsheet's own error comes first: `#N/A` is no unreadable date. */
export const refuseCell = (
  cell: Cell,
  code: string,
  params: Record<string, string | number> = {},
): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem:
    cell.kind === 'error'
      ? problem(cell.text.startsWith('=') ? 'formula_without_value' : 'cell_error', { params: { text: cell.text } })
      : problem(code, { params: { text: cell.text.slice(0, 80), ...params } }),
})

const REPLACEMENT = '\ufffd'

/** A text as it stands, trimmed and composed (NFC), line breaks kept. Problems `broken_letters`, `cell_error`, `formula_without_value`. */
export const readText = (cell: Cell | undefined): Reading<string> => readLetters(cell, clean)

/** A name or a short label: trimmed, composed, every run of blanks one space; capitals stay as the sender wrote them. */
export const readName = (cell: Cell | undefined): Reading<string> => readLetters(cell, collapse)

/** A code or a number that is a name (case number, form number): a number cell gives its digits. */
export const readCode = readName

const readLetters = (cell: Cell | undefined, tidy: (text: string) => string): Reading<string> => {
  if (cell === undefined || cell.kind === 'empty') return nothing
  if (cell.kind === 'error') return refuseCell(cell, 'cell_error')
  if (isTidy(cell.text)) return { ok: true, value: cell.text }
  const text = tidy(cell.text)
  if (text === '') return nothing
  if (text.includes(REPLACEMENT)) return refuseCell(cell, 'broken_letters')
  return { ok: true, value: text }
}

/** No blank at either end or doubled, nothing to compose, invisible or broken: most cells, found without a regular expression. */
const isTidy = (text: string): boolean => {
  let before = 0x20
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x20 || (unit === 0x20 && before === 0x20) || unit === 0xa0 || (unit >= 0x300 && unit < 0x370) || unit >= 0x2000)
      return false
    before = unit
  }
  return before !== 0x20
}

const invisible = /[\u200b-\u200f\u2060\ufeff]/g

const clean = (text: string): string => text.replace(invisible, '').trim().normalize('NFC')

const collapse = (text: string): string => clean(text).replace(/\s+/g, ' ')

/** How many different spellings of a choice are remembered; a column of choices has a handful. */
const REMEMBERED = 256

/**
 * A converter for a column that takes one of a few words, with or without tones and capitals. The first word of each
 * choice is what the refusal suggests. Example: `choiceReader({ high: ['cao'], low: ['thấp'] })(cell)`.
 * Problem `unknown_choice` unless another is named.
 */
export const choiceReader = <T extends string>(choices: Readonly<Record<T, readonly string[]>>, code = 'unknown_choice') => {
  const byKey = new Map<string, Reading<T>>()
  for (const value in choices) for (const word of choices[value]) byKey.set(choiceKey(word), { ok: true, value })
  const allowed = Object.values<readonly string[]>(choices)
    .map((words) => words[0])
    .join(', ')
  const seen = new Map<string, Reading<T>>()
  return (cell: Cell | undefined): Reading<T> => {
    if (cell === undefined || cell.kind === 'empty') return nothing
    if (cell.kind === 'error') return refuseCell(cell, code)
    const known = seen.get(cell.text)
    if (known !== undefined) return known
    const reading =
      byKey.get(choiceKey(cell.text)) ?? (isBlank(cell) || saysUnknown(cell.text) ? nothing : refuseCell(cell, code, { allowed }))
    if (seen.size < REMEMBERED) seen.set(cell.text, reading)
    return reading
  }
}

/** Signs such as ✓ and + have no letters to key by. */
const choiceKey = (word: string): string => nameKey(word) || word.trim()

export type Sex = 'male' | 'female' | 'other'

/** Sex as offices write it; 1 is male and 0 or 2 female, as in the ministry's forms. Problem `unknown_sex`. */
export const readSex: (cell: Cell | undefined) => Reading<Sex> = choiceReader<Sex>(
  {
    male: ['Nam', 'M', 'Male', '1', 'Trai', 'Đàn ông', 'Nam giới', 'Man'],
    female: ['Nữ', 'F', 'Female', '0', '2', 'Gái', 'Đàn bà', 'Nữ giới', 'Woman'],
    other: ['Khác', 'Other', '3'],
  },
  'unknown_sex',
)

const yesNo = choiceReader<'yes' | 'no'>(
  {
    yes: ['Có', '1', 'x', 'v', '✓', '✔', '☑', '√', 'Yes', 'Y', 'True', 'Đúng', 'Rồi', 'Đã', '+'],
    no: ['Không', '0', 'k', 'ko', 'kg', 'No', 'N', 'False', 'Sai', 'Chưa', 'Không có', '✗', '✘', '☐'],
  },
  'unknown_yes_no',
)

/** Yes or no as offices write it: Có, x, ✓, 1 … Không, 0. An empty cell is not known, which is not no. Problem `unknown_yes_no`. */
export const readYesNo = (cell: Cell | undefined): Reading<boolean> => {
  const reading = yesNo(cell)
  return reading.ok && reading.value !== undefined ? (reading.value === 'yes' ? YES : NO) : (reading as Reading<never>)
}

const YES: Reading<boolean> = { ok: true, value: true }
const NO: Reading<boolean> = { ok: true, value: false }
