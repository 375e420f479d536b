import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { ok, problem, refuse, type Result } from '#base'
import { decodeText, detectEncoding, SAMPLE_BYTES, textStream, type Encoding } from './decode.ts'
import { readJson } from './read-json.ts'
import { rowSplitter, sniffDelimiter } from './read-text.ts'
import { LARGEST_WORKBOOK, readWorkbook } from './read-workbook.ts'
import { HEAD_ROWS, type Row, type TableSource } from './table.ts'

/** Where a table comes from. A stream can be read once; `text` is what was pasted. */
export type FileSource = {
  /** The sender's file name; only its ending matters, and only for JSON. */
  readonly name: string
  /** Overrides the detected encoding of a text file. */
  readonly encoding?: Encoding | undefined
  readonly sheet?: string | undefined
} & (
  | { readonly bytes: Uint8Array }
  | { readonly path: string }
  | { readonly stream: AsyncIterable<Uint8Array> }
  | { readonly text: string }
)

const LARGEST_JSON = 128 * 1024 * 1024
/** Pieces a text file is read in: the rows of one fit the processor's cache, which doubles the speed. */
const PIECE_BYTES = 64 * 1024

interface Content {
  readonly sample: Uint8Array
  readonly pieces: () => AsyncIterable<Uint8Array>
}

/**
 * Opens a table: a workbook, delimited text, JSON or pasted cells, told apart by what is inside and not by the name.
 * Problems `file_not_found`, `empty_file`, `not_a_spreadsheet`, `password_protected`, `file_too_large`, `unknown_sheet`,
 * `broken_json`, `not_a_table`, and while reading `broken_quote` with the line.
 */
export const openTable = async (source: FileSource): Promise<Result<TableSource>> => {
  const content = await contentOf(source)
  if (!content.ok) return content
  const { sample } = content.value
  const encoding = source.encoding ?? detectEncoding(sample)
  const kind = kindOf(sample, encoding, source.name)
  if (kind === 'empty') return refuse(problem('empty_file'))
  if (kind === 'foreign') return refuse(problem('not_a_spreadsheet'))
  if (kind === 'text') return openText(content.value, encoding)
  const whole = await collect(content.value.pieces(), kind === 'json' ? LARGEST_JSON : LARGEST_WORKBOOK)
  if (!whole.ok) return whole
  return kind === 'json' ? openJson(whole.value, encoding) : openWorkbook(whole.value, source.sheet)
}

const contentOf = async (source: FileSource): Promise<Result<Content>> => {
  if ('text' in source) return ok(inMemory(Buffer.from(source.text)))
  if ('bytes' in source) return ok(inMemory(source.bytes))
  if ('stream' in source) return ok(await inStream(source.stream))
  const { path } = source
  try {
    const file = await open(path)
    const sample = Buffer.alloc(SAMPLE_BYTES)
    const { bytesRead } = await file.read(sample, 0, SAMPLE_BYTES, 0)
    await file.close()
    return ok({ sample: sample.subarray(0, bytesRead), pieces: () => createReadStream(path, { highWaterMark: PIECE_BYTES }) })
  } catch {
    return refuse(problem('file_not_found', { params: { name: source.name } }))
  }
}

const inMemory = (bytes: Uint8Array): Content => ({
  sample: bytes.subarray(0, SAMPLE_BYTES),
  pieces: async function* () {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
  },
})

const inStream = async (stream: AsyncIterable<Uint8Array>): Promise<Content> => {
  const pieces = stream[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  for (let length = 0; length < SAMPLE_BYTES;) {
    const next = await pieces.next()
    if (next.done) break
    read.push(next.value)
    length += next.value.length
  }
  return {
    sample: Buffer.concat(read).subarray(0, SAMPLE_BYTES),
    pieces: async function* () {
      yield* read
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value
    },
  }
}

const collect = async (pieces: AsyncIterable<Uint8Array>, limit: number): Promise<Result<Uint8Array>> => {
  const read: Uint8Array[] = []
  let length = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > limit) return refuse(problem('file_too_large'))
    read.push(piece)
  }
  return ok(Buffer.concat(read))
}

type Kind = 'workbook' | 'json' | 'text' | 'empty' | 'foreign'

/** Beginnings of files that are neither tables nor have a zero byte near: RTF, PDF, gzip, JPEG, GIF. */
const foreign = ['{\\rtf', '%PDF', '\x1f\x8b', '\xff\xd8\xff', 'GIF8']

const kindOf = (sample: Uint8Array, encoding: Encoding, name: string): Kind => {
  const start = Buffer.from(sample.buffer, sample.byteOffset, Math.min(sample.length, 8)).toString('latin1')
  if (start.startsWith('PK\x03\x04') || start === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return 'workbook'
  if (foreign.some((beginning) => start.startsWith(beginning))) return 'foreign'
  if (!encoding.startsWith('utf-16') && sample.includes(0)) return 'foreign'
  const text = decodeText(sample.subarray(0, 4096), encoding).text.trimStart()
  if (text === '') return 'empty'
  if (text.startsWith('<'))
    return /<table|urn:schemas-microsoft-com:office:spreadsheet/i.test(decodeText(sample, encoding).text) ? 'workbook' : 'foreign'
  return /^\[\s*[{\]]/.test(text) || (/\.json$/i.test(name) && text.startsWith('{')) ? 'json' : 'text'
}

async function* rowsInBatches(rows: readonly Row[]): AsyncIterable<Result<readonly Row[]>> {
  for (let at = 0; at < rows.length; at += 1000) yield ok(rows.slice(at, at + 1000))
}

const openWorkbook = async (bytes: Uint8Array, sheet: string | undefined): Promise<Result<TableSource>> => {
  const book = await readWorkbook(bytes, sheet)
  if (!book.ok) return book
  const { rows, ...rest } = book.value
  return ok({ format: 'workbook', ...rest, head: rows.slice(0, HEAD_ROWS), batches: () => rowsInBatches(rows) })
}

const openJson = (bytes: Uint8Array, encoding: Encoding): Result<TableSource> => {
  const rows = readJson(decodeText(bytes, encoding).text)
  if (!rows.ok) return rows
  if (rows.value.length < 2) return refuse(problem('empty_file'))
  const head = rows.value.slice(0, HEAD_ROWS)
  return ok({ format: 'json', encoding, sheets: [], merges: [], head, batches: () => rowsInBatches(rows.value) })
}

const openText = (content: Content, encoding: Encoding): Result<TableSource> => {
  const sample = decodeText(content.sample, encoding).text
  // Excel's own way to name the delimiter in the first line.
  const named = /^sep=(.)\r?\n/i.exec(sample)
  const delimiter = named?.[1] ?? sniffDelimiter(sample)
  const complete = content.sample.length < SAMPLE_BYTES
  const splitter = rowSplitter(delimiter)
  const first = splitter.push(sample.slice(named?.[0].length ?? 0))
  if (!first.ok) return first
  const rest = complete ? splitter.end() : ok([])
  if (!rest.ok) return rest
  const head = [...first.value, ...rest.value].slice(0, HEAD_ROWS)
  if (head.length === 0) return refuse(problem('empty_file'))
  return ok({
    format: 'text',
    encoding,
    delimiter,
    sheets: [],
    merges: [],
    head,
    batches: () => textBatches(content, encoding, delimiter, named?.[0].length ?? 0),
  })
}

async function* textBatches(content: Content, encoding: Encoding, delimiter: string, skip: number): AsyncIterable<Result<readonly Row[]>> {
  const decoder = textStream(encoding)
  const splitter = rowSplitter(delimiter)
  let toSkip = skip
  for await (const piece of content.pieces()) {
    const text = decoder.push(piece)
    const rows = splitter.push(toSkip > 0 ? text.slice(toSkip) : text)
    if (text.length > 0) toSkip = 0
    if (!rows.ok || rows.value.length > 0) yield rows
    if (!rows.ok) return
  }
  const held = splitter.push(decoder.end())
  if (!held.ok || held.value.length > 0) yield held
  if (!held.ok) return
  const last = splitter.end()
  if (!last.ok || last.value.length > 0) yield last
}
