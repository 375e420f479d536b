import type { PlainDate } from '#base'
import { longDate, numberText, OPEN_DATE } from './decree-30.ts'
import type { Picture } from './picture.ts'

/** Words of one style. `fact` names the number's entry in the list of sources its module keeps: the screen leads from it to the rows. */
export interface Run {
  readonly text: string
  readonly bold?: boolean
  readonly italic?: boolean
  /** Raised and small: the number of a note. */
  readonly raised?: boolean
  readonly fact?: string
}
export type Words = readonly Run[]

export interface Column {
  /** Share of the table's width. */
  readonly width: number
  readonly align: 'left' | 'right' | 'centre'
}

export interface TableRow {
  readonly cells: readonly Words[]
  /** A sum, or the head of a group. */
  readonly strong?: boolean
}

export type Block =
  /** 1: `I. TÌNH HÌNH`, capitals; 2: `1. Ca mắc mới`. */
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly words: Words }
  | { readonly kind: 'paragraph'; readonly words: Words }
  /** A legal basis: II.6 a, in italics. */
  | { readonly kind: 'basis'; readonly words: Words }
  | { readonly kind: 'item'; readonly words: Words }
  /** Small, without an indent: sources and remarks under a table or picture. */
  | { readonly kind: 'source'; readonly words: Words }
  | { readonly kind: 'table'; readonly caption: string; readonly columns: readonly Column[]; readonly head: readonly Words[]; readonly rows: readonly TableRow[] }
  | { readonly kind: 'picture'; readonly caption: string; readonly picture: Picture }

export interface Appendix {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** Everything an administrative document says. The same document gives the same files: nothing else is asked while it is rendered. */
export interface OfficialDocument {
  /** Body above the issuing one; none at the top. */
  readonly parent: string | null
  readonly issuer: string
  /** Null while it is a draft. */
  readonly number: number | null
  /** Abbreviations of the kind and of the issuer: `BC-SYT`. */
  readonly symbol: string
  readonly place: string
  readonly issuedOn: PlainDate | null
  /** `BÁO CÁO`, `THÔNG BÁO`. */
  readonly typeName: string
  /** What it is about, in a phrase. */
  readonly subject: string
  /** Kính gửi; none where the kind has none. */
  readonly addressees: readonly string[]
  readonly blocks: readonly Block[]
  /** Nơi nhận, without dashes and stops. */
  readonly recipients: readonly string[]
  /** `TM. ỦY BAN NHÂN DÂN`, `KT. GIÁM ĐỐC`; then the position. */
  readonly authority: readonly string[]
  readonly signer: string
  readonly appendices: readonly Appendix[]
  /** Stand on every page: draft, made-up data. */
  readonly marks: readonly string[]
  /** Code by which a paper is checked against the archive. */
  readonly code: string | null
}

export const plain = (words: Words): string => words.map(({ text }) => text).join('')

/** `Số: 05/BC-SYT`. */
export const numberAndSymbol = (number: string, symbol: string): string => `${number}/${symbol}`

/** Lines of the addressees: one stands on the line of `Kính gửi:`, several each on their own (II.9 d). */
export const stops = (lines: readonly string[]): string[] =>
  lines.map((line, i) => `${line.replace(/[;.]+$/, '')}${i === lines.length - 1 ? '.' : ';'}`)

/** Every text of a document in reading order: what two copies must agree in. */
export const textOf = (document: OfficialDocument): string => {
  const blocks = (all: readonly Block[]): string[] => all.flatMap((block) => {
    if (block.kind === 'table') return [block.caption, block.head.map(plain).join('\t'), ...block.rows.map(({ cells }) => cells.map(plain).join('\t'))]
    if (block.kind === 'picture') return [block.caption]
    return [plain(block.words)]
  })
  return [
    document.parent ?? '', document.issuer, `Số: ${numberAndSymbol(document.number === null ? '…' : numberText(document.number), document.symbol)}`,
    `${document.place}, ${document.issuedOn === null ? OPEN_DATE.trim() : longDate(document.issuedOn)}`, document.typeName, document.subject,
    ...document.addressees.map((one) => `Kính gửi: ${one}`), ...blocks(document.blocks), ...document.recipients, ...document.authority, document.signer,
    ...document.appendices.flatMap(({ title, blocks: own }) => [title, ...blocks(own)]), ...document.marks, document.code ?? '',
  ].filter((line) => line !== '').join('\n')
}

export const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII'] as const

/** `BÁO CÁO` as it stands in a sentence: `Báo cáo`. */
export const capitalised = (typeName: string): string => typeName.charAt(0) + typeName.slice(1).toLocaleLowerCase('vi')

/** What a file of the document is called by its properties. */
export const titleOf = (document: OfficialDocument): string => `${capitalised(document.typeName)} ${document.subject}`
