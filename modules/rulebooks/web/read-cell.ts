import { dateOf, type PlainDate } from '#base'

/** How a cell of a column may be written: the sentences of the reader's language, and the words the column knows. */
export interface Hearing {
  /** Templates such as “từ {from} đến dưới {to}” by text key, the reader's language first. */
  readonly sentences: readonly Readonly<Record<string, string>>[]
  /** Sign between whole and decimals in the reader's language: `,` in Vietnamese. */
  readonly decimal: ',' | '.'
  /** Numbers of the column are proportions, written as per cent. */
  readonly share: boolean
  /** Words of the column's categories: `đạt` → met. */
  readonly codes: ReadonlyMap<string, string>
  /** Labels of other tables and inputs, in lower case, and their names. */
  readonly names: ReadonlyMap<string, string>
}

const tidy = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ')
const lower = (text: string): string => tidy(text).toLocaleLowerCase('vi')
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A template as a pattern with a group for each of its places, and their names in order. */
const patternOf = (template: string): { readonly pattern: RegExp; readonly names: readonly string[] } => {
  const names: string[] = []
  const source = escape(lower(template)).replace(/\\\{(\w+)\\\}/g, (_, name: string) => {
    names.push(name)
    return '(.+?)'
  })
  return { pattern: new RegExp(`^${source}$`, 'iu'), names }
}

/** What a template's places hold in a text; nothing when the text is another sentence. */
const heard = (text: string, key: string, { sentences }: Hearing): Readonly<Record<string, string>> | undefined => {
  for (const spoken of sentences) {
    const template = spoken[key]
    if (template === undefined) continue
    const { pattern, names } = patternOf(template)
    const found = pattern.exec(tidy(text))
    if (found) return Object.fromEntries(names.map((name, i) => [name, found[i + 1] ?? '']))
  }
  return undefined
}

/** A number as an office of the language writes it: `1.234,5`, `70 %`; a plain `0.7` too. */
const numberText = (text: string, { decimal, share }: Hearing): string | undefined => {
  const written = /^(-?)([\d.,]+)\s*(%?)$/.exec(text)
  if (!written) return undefined
  const [, sign = '', digits = '', percent] = written
  const thousands = decimal === ',' ? '.' : ','
  const grouped = new RegExp(`^[1-9]\\d{0,2}(?:\\${thousands}\\d{3})+(?:\\${decimal}\\d+)?$`)
  const own = new RegExp(`^\\d+(?:\\${decimal}\\d+)?$`)
  const plain = grouped.test(digits) ? digits.replaceAll(thousands, '').replace(decimal, '.') : own.test(digits) ? digits.replace(decimal, '.') : /^\d+\.\d+$/.test(digits) ? digits : undefined
  if (plain === undefined) return undefined
  if (!percent) return `${sign}${plain}`
  // Per cent are kept as proportions, digit by digit: 73.5 × 0.01 is not 0.735.
  if (!share) return undefined
  const [whole = '', rest = ''] = plain.split('.')
  const shifted = `${whole.padStart(3, '0').slice(0, -2)}.${whole.padStart(3, '0').slice(-2)}${rest}`.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '')
  return `${sign}${shifted === '' ? '0' : shifted}`
}

const dayText = (text: string): PlainDate | undefined => {
  const written = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  return written ? dateOf(Number(written[3]), Number(written[2]), Number(written[1])) : undefined
}

const valueText = (text: string, hearing: Hearing): string | undefined => {
  const plain = tidy(text)
  const number = numberText(plain, hearing)
  if (number !== undefined) return number
  const day = dayText(plain)
  if (day) return `date("${day}")`
  const code = hearing.codes.get(lower(plain))
  if (code !== undefined) return `"${code}"`
  if (heard(plain, 'rulebooks.nothing', hearing)) return 'null'
  const label = heard(plain, 'rulebooks.as', hearing)?.['what'] ?? plain
  return hearing.names.get(lower(label))
}

const both = (low: string | undefined, high: string | undefined, hearing: Hearing): [string, string] | undefined => {
  const [from, to] = [low === undefined ? undefined : valueText(low, hearing), high === undefined ? undefined : valueText(high, hearing)]
  return from === undefined || to === undefined ? undefined : [from, to]
}

const RANGES: readonly (readonly [key: string, open: string, close: string])[] = [
  ['rulebooks.from_below', '[', ')'], ['rulebooks.above_below', '(', ')'], ['rulebooks.above_to', '(', ']'], ['rulebooks.from_to', '[', ']'],
]
/** Comparisons in words; the first of a sign is how the tables say it, the others are taken too. */
const COMPARISONS: readonly (readonly [key: string, sign: string])[] = [
  ['rulebooks.before', '<'], ['rulebooks.until', '<='], ['rulebooks.after', '>'], ['rulebooks.since', '>='],
  ['rulebooks.below', '<'], ['rulebooks.at_most', '<='], ['rulebooks.above', '>'], ['rulebooks.at_least', '>='], ['rulebooks.from_up', '>='],
]
const SIGNS: Readonly<Record<string, string>> = { '<': '<', '≤': '<=', '<=': '<=', '=<': '<=', '>': '>', '≥': '>=', '>=': '>=', '=>': '>=' }

/** Parts of a list: “A hoặc B”. */
const alternatives = (text: string, { sentences }: Hearing): string[] => {
  const words = sentences.flatMap((spoken) => spoken['rulebooks.or'] ?? []).map(escape)
  return tidy(text).split(new RegExp(`\\s(?:${words.join('|')})\\s`, 'iu'))
}

/**
 * A cell as an office writes it, as FEEL: “từ 20 đến dưới 50” → `[20..50)`, “≥ 70 %” → `>= 0.7`. The inverse of `cellWords`. What is none of the usual
 * sentences stays as it is: it may be FEEL, and the check of the table says when it is not.
 */
export const readCellWords = (written: string, hearing: Hearing): string => {
  const text = tidy(written)
  if (text === '' || text === '-' || heard(text, 'rulebooks.any', hearing)) return '-'
  const value = valueText(text, hearing)
  if (value !== undefined) return value
  const not = heard(text, 'rulebooks.not', hearing)?.['what']
  if (not !== undefined) {
    const inner = readCellWords(not, hearing)
    return /^(?:-|not\()/.test(inner) ? text : `not(${inner})`
  }
  for (const [key, open, close] of RANGES) {
    const found = heard(text, key, hearing)
    const ends = found && both(found['from'], found['to'], hearing)
    if (ends) return `${open}${ends[0]}..${ends[1]}${close}`
  }
  const signed = /^(<=|>=|=<|=>|<|>|≤|≥)\s*(.+)$/.exec(text)
  const than = signed && valueText(signed[2] ?? '', hearing)
  if (signed && than !== undefined && than !== null) return `${SIGNS[signed[1] ?? '']} ${than}`
  for (const [key, sign] of COMPARISONS) {
    const found = heard(text, key, hearing)
    const compared = found && valueText(found['day'] ?? found['than'] ?? '', hearing)
    if (compared !== undefined) return `${sign} ${compared}`
  }
  const parts = alternatives(text, hearing)
  const values = parts.length > 1 ? parts.map((part) => valueText(part, hearing)) : []
  if (values.length > 0 && values.every((one) => one !== undefined)) return values.join(', ')
  return text
}
