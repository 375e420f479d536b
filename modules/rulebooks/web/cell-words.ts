import { parseDate, type PlainDate } from '#base'
import type { Translate } from '#web'

/** How the parts of a cell are said: numbers in the unit of their column, days, codes of categories, names of other tables. */
export interface Speech {
  readonly t: Translate
  readonly number: (value: number) => string
  readonly day: (day: PlainDate) => string
  /** The word of a category: `met` → đạt. */
  readonly word: (code: string) => string
  /** The label of an input or table; nothing when the model has no such name. */
  readonly label: (name: string) => string | undefined
}

const NUMBER = /^-?\d+(?:\.\d+)?$/
const LITERAL = /^"([^"]*)"$/
const DATE = /^date\(\s*"([^"]+)"\s*\)$/
const RANGE = /^([[(\]])\s*(.+?)\s*\.\.\s*(.+?)\s*([\])[])$/
const COMPARISON = /^(<=|>=|<|>)\s*(.+)$/

const ORDER: Readonly<Record<string, string>> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' }
const BEFORE: Readonly<Record<string, string>> = {
  '<': 'rulebooks.before', '<=': 'rulebooks.until', '>': 'rulebooks.after', '>=': 'rulebooks.since',
}

/**
 * A FEEL unary test or value as an office reads it: `[20..50)` → "từ 20 đến dưới 50". What is not one of the usual shapes stays as it is.
 * Example: `cellWords('>= 0.7', speech)` with a column of proportions is "≥ 70 %".
 */
export const cellWords = (text: string, speech: Speech): string => {
  const { t } = speech
  const plain = text.trim()
  if (plain === '-' || plain === '') return t('rulebooks.any')
  const not = /^not\((.+)\)$/.exec(plain)
  if (not) return t('rulebooks.not', { what: cellWords(not[1] ?? '', speech) })
  const range = RANGE.exec(plain)
  if (range) {
    const [, open, from = '', to = '', close] = range
    const below = close !== ']'
    const key = open === '[' ? (below ? 'rulebooks.from_below' : 'rulebooks.from_to') : below ? 'rulebooks.above_below' : 'rulebooks.above_to'
    return t(key, { from: valueWords(from, speech), to: valueWords(to, speech) })
  }
  const comparison = COMPARISON.exec(plain)
  if (comparison) {
    const [, sign = '', than = ''] = comparison
    return DATE.test(than) ? t(BEFORE[sign] ?? '', { day: valueWords(than, speech) }) : `${ORDER[sign]} ${valueWords(than, speech)}`
  }
  const parts = plain.split(/\s*,\s*/)
  if (parts.length > 1 && parts.every((part) => LITERAL.test(part) || NUMBER.test(part))) {
    return parts.map((part) => valueWords(part, speech)).join(` ${t('rulebooks.or')} `)
  }
  return valueWords(plain, speech)
}

const valueWords = (text: string, { t, number, day, word, label }: Speech): string => {
  if (text === 'null') return t('rulebooks.nothing')
  if (NUMBER.test(text)) return number(Number(text))
  const literal = LITERAL.exec(text)
  if (literal) return word(literal[1] ?? '')
  const date = DATE.exec(text)
  const parsed = date && parseDate(date[1] ?? '')
  if (parsed?.ok) return day(parsed.value)
  const named = label(text)
  return named === undefined ? text : t('rulebooks.as', { what: named })
}
