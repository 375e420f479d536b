import { createHash } from 'node:crypto'
import { nameKey } from '#base'
import { readSex, readYesNo, type Cell, type Reading } from './cells.ts'
import { readDate } from './dates.ts'
import { readAge, readBirth, readNationalId, readPhone } from './identity.ts'
import { readCount, readNumber, readProportion } from './numbers.ts'
import type { Column, Header } from './header.ts'
import { isBlank, type Row } from './table.ts'

export type FieldKind =
  | 'text'
  | 'name'
  | 'code'
  | 'choice'
  | 'date'
  | 'birth'
  | 'age'
  | 'count'
  | 'number'
  | 'proportion'
  | 'sex'
  | 'yes_no'
  | 'phone'
  | 'national_id'

/** A field that a kind of import knows, with the headers people give it. */
export interface FieldDefinition {
  readonly key: string
  /** The first of each language is the field's own label. */
  readonly labels: { readonly vi: readonly string[]; readonly en: readonly string[] }
  readonly required?: boolean
  readonly kind: FieldKind
}

/** Field key → column index. */
export type Mapping = Readonly<Record<string, number>>

export interface Recognition {
  readonly mapping: Mapping
  /** How sure each mapped field is, 0…1. Remembered ones are 1. */
  readonly scores: Readonly<Record<string, number>>
  /** Fields that two columns fit alike, and columns that two fields fit alike: the best is in `mapping`, a person should look. */
  readonly ambiguous: readonly { readonly field: string; readonly columns: readonly number[] }[]
  /** Data columns that no field took. */
  readonly unmatched: readonly number[]
  /** Required fields that no column gave. */
  readonly missing: readonly string[]
  /** Under which to remember the mapping that was confirmed in the end. */
  readonly fingerprint: string
  readonly remembered: boolean
}

/** Below this a header is something else: two words of three in common ("Ngày phát hiện", "Ngày khởi phát") are not enough. */
const LEAST_SCORE = 0.68
/** Two candidates closer than this are alike. */
const ALIKE = 0.04
/** What the lowest level of a header says without the group above it: 'Xã' under 'Nơi cư trú'. */
const OWN_WEIGHT = 0.9
/** What the cells may add to or take from what the header says. */
const CONTENT_WEIGHT = 0.15
const SAMPLE_ROWS = 50

/** The same for every file with the same header, whatever its titles and tones: 32 hexadecimal digits. */
export const headerFingerprint = (columns: readonly Column[]): string =>
  createHash('sha256')
    .update(
      columns
        .filter(({ role, label }) => role !== 'added' && label !== '')
        .map(({ index, label }) => `${index} ${nameKey(label)}`)
        .join('\n'),
    )
    .digest('hex')
    .slice(0, 32)

/**
 * Finds the column of each field by its header — with or without tones, abbreviated, in another order of words — and
 * where headers leave a doubt by what the cells hold. A mapping remembered under this fingerprint goes before everything.
 */
export const recogniseColumns = (
  header: Header,
  fields: readonly FieldDefinition[],
  sample: readonly Row[] = [],
  remembered?: (fingerprint: string) => Mapping | undefined,
): Recognition => {
  const fingerprint = headerFingerprint(header.columns)
  const known = remembered?.(fingerprint)
  const below = sample.filter((row) => row.number > header.lastRow).slice(0, SAMPLE_ROWS)
  const chosen = known ? Object.entries(known).map(([field, column]) => ({ field, column, score: 1 })) : []
  const candidates = known ? [] : candidatesOf(header, fields, below)
  for (const candidate of candidates) {
    if (!chosen.some(({ field, column }) => field === candidate.field || column === candidate.column)) chosen.push(candidate)
  }
  const taken = new Set(chosen.map(({ column }) => column))
  return {
    mapping: Object.fromEntries(chosen.map(({ field, column }) => [field, column])),
    scores: Object.fromEntries(chosen.map(({ field, score }) => [field, Math.min(1, score)])),
    ambiguous: doubts(chosen, candidates),
    unmatched: header.columns.filter(({ index, role }) => role === 'data' && !taken.has(index)).map(({ index }) => index),
    missing: fields.filter(({ key, required }) => required && !chosen.some(({ field }) => field === key)).map(({ key }) => key),
    fingerprint,
    remembered: known !== undefined,
  }
}

interface Candidate {
  readonly field: string
  readonly column: number
  readonly score: number
}

/** Where another column would fit a chosen field, or another field a chosen column, about as well. */
const doubts = (chosen: readonly Candidate[], candidates: readonly Candidate[]): Recognition['ambiguous'] => {
  const owner = new Map(chosen.map((one) => [one.column, one]))
  const found = new Map<string, number[]>()
  for (const { field, column, score } of chosen) {
    const rivals = candidates.filter((other) => other.field === field && other.column !== column && score - other.score < ALIKE)
    const free = rivals.filter((other) => (owner.get(other.column)?.score ?? 0) - other.score < ALIKE)
    if (free.length > 0) found.set(field, [column, ...free.map((other) => other.column)])
  }
  for (const { field, column, score } of candidates) {
    const first = owner.get(column)
    if (first && !chosen.some((one) => one.field === field) && first.score - score < ALIKE)
      found.set(field, [...(found.get(field) ?? []), column])
  }
  return Array.from(found, ([field, columns]) => ({ field, columns }))
}

const candidatesOf = (header: Header, fields: readonly FieldDefinition[], below: readonly Row[]): Candidate[] => {
  const names = fields.map((field) => ({ field, labels: [...field.labels.vi, ...field.labels.en].map(wordsOf) }))
  const candidates: Candidate[] = []
  for (const { index, label, own, role } of header.columns) {
    if (role === 'added' || label === '') continue
    const written = wordsOf(label)
    const ownWords = own === '' || own === label ? undefined : wordsOf(own)
    for (const { field, labels } of names) {
      const likeness = Math.max(
        0,
        ...labels.map((words) => labelLikeness(written, words)),
        ...(ownWords ? labels.map((words) => OWN_WEIGHT * labelLikeness(ownWords, words)) : []),
      )
      if (likeness < (role === 'ordinal' ? 1 : LEAST_SCORE)) continue
      const score = likeness + CONTENT_WEIGHT * contentFit(field.kind, index, below)
      if (score >= LEAST_SCORE) candidates.push({ field: field.key, column: index, score })
    }
  }
  return candidates.toSorted((a, b) => b.score - a.score || a.column - b.column)
}

interface Words {
  /** Lower case with tones. */
  readonly toned: string
  readonly key: string
  readonly tokens: readonly string[]
}

/** What offices shorten in headers; whole words, after tones are gone. What one import alone shortens stands in its own labels. */
const abbreviations: Readonly<Record<string, string>> = {
  sdt: 'so dien thoai',
  dt: 'dien thoai',
  'd thoai': 'dien thoai',
  tel: 'dien thoai',
  ns: 'nam sinh',
  'n sinh': 'nam sinh',
  'ng sinh': 'ngay sinh',
  gt: 'gioi tinh',
  dc: 'dia chi',
  'd chi': 'dia chi',
  hk: 'ho khau',
  tt: 'thuong tru',
  'q h': 'quan huyen',
  'p x': 'phuong xa',
  'x p': 'xa phuong',
  tx: 'thi xa',
  tp: 'thanh pho',
  bn: 'benh nhan',
  xn: 'xet nghiem',
  kq: 'ket qua',
  kqxn: 'ket qua xet nghiem',
  bc: 'bao cao',
  kp: 'khoi phat',
  ds: 'dan so',
  sl: 'so luong',
  ng: 'ngay',
  dob: 'date of birth',
  num: 'number',
  no: 'number',
}

const expansions = Object.entries(abbreviations).map(([short, long]) => ({ short: new RegExp(`(?<= )${short}(?= )`, 'g'), long }))

/** Words that carry no meaning of their own in a header. */
const fillers = new Set(['cua', 'cac', 'va', 'the', 'of', 'a', 'an', 'neu', 'co', 'ghi', 'ro', 'ten'])

const wordsOf = (label: string): Words => {
  // Formats and hints: "Ngày sinh (dd/mm/yyyy)*".
  const bare = label.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ').trim() || label
  const key = expansions.reduce((text, { short, long }) => text.replace(short, long), ` ${nameKey(bare.replace(/_/g, ' '))} `).trim()
  const tokens = key.split(' ')
  const meaningful = tokens.filter((token) => !fillers.has(token))
  return {
    toned: bare
      .toLowerCase()
      .normalize('NFC')
      .replace(/[\s_*:.]+/g, ' ')
      .trim(),
    key,
    tokens: meaningful.length > 0 ? meaningful : tokens,
  }
}

/** How much two labels say the same: 1 with the same tones, 0.98 without, less for shared words (Dice's coefficient). */
const labelLikeness = (written: Words, label: Words): number => {
  if (written.toned === label.toned) return 1
  if (written.key === label.key) return 0.98
  if (written.key.replaceAll(' ', '') === label.key.replaceAll(' ', '')) return 0.96
  let shared = 0
  const left = [...label.tokens]
  for (const token of written.tokens) {
    const at = left.findIndex((other) => other === token)
    const near = at === -1 ? left.findIndex((other) => isSlip(token, other)) : at
    if (near === -1) continue
    shared += at === -1 ? 0.8 : 1
    left.splice(near, 1)
  }
  return (0.94 * 2 * shared) / (written.tokens.length + label.tokens.length)
}

/** One letter wrong, missing or too many, in words long enough for that to be a slip. */
const isSlip = (a: string, b: string): boolean => {
  if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1 || a === b) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const rest = a.length === b.length ? [1, 1] : a.length > b.length ? [1, 0] : [0, 1]
  return a.slice(start + (rest[0] as number)) === b.slice(start + (rest[1] as number))
}

const readers: Partial<Record<FieldKind, (cell: Cell | undefined) => Reading<unknown>>> = {
  date: readDate,
  birth: readBirth,
  age: readAge,
  count: readCount,
  number: readNumber,
  proportion: readProportion,
  sex: readSex,
  yes_no: readYesNo,
  phone: readPhone,
  national_id: readNationalId,
}

/** -1…1: whether the cells under a column are of this kind; 0 where there are too few to say, or any text would do. */
const contentFit = (kind: FieldKind, column: number, below: readonly Row[]): number => {
  const cells = below.map((row) => row.cells[column]).filter((cell) => !isBlank(cell))
  if (cells.length < 3) return 0
  const read = readers[kind]
  if (read) return (2 * cells.filter((cell) => read(cell).ok).length) / cells.length - 1
  // A name is mostly letters; a column of figures or dates is none.
  return kind === 'name' && cells.filter((cell) => /\d/.test(cell?.text ?? '')).length > cells.length / 2 ? -1 : 0
}
