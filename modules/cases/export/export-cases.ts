import { PassThrough, Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ok, problem, refuse, type Language, type QueryOf, type Result } from '#base'
import { rangesOf, type Actor } from '#platform/access'
import { EVERYWHERE, type Scope } from '#platform/db'
import { copiedRows, templateParts, workbookParts, zipOf, type CopiedRow } from '#platform/export'
import type { App } from '#platform/http'
import { copyCases, type CopyFormat } from '../case-list-store.ts'
import { reachOf, searchOf, split } from '../list-cases.ts'
import { caseRead } from '../terms.ts'
import { EXPORT_FIELDS, type exportCases, type exportWorkbook } from './contract.ts'
import { exportField, type ExportField } from './export-fields.ts'
import { findLayout } from './layout-store.ts'

const BOM = '\ufeff'

type Query = QueryOf<typeof exportCases>

/** Opens the copy of the cases the filters leave, after what the file begins with. Nothing of them is held here. Problem `unknown_area`. */
const copyOf = (app: App, actor: Actor, query: Query, fields: readonly ExportField[], format: CopyFormat, begins = ''): Result<Readable> => {
  const where = reachOf(app, actor, query.areaId)
  if (!where.ok) return where
  const { columns: _columns, ...listed } = query
  const { filters, order } = split(app, listed)
  // Nobody's rights meet the area: only the headings.
  const { scope, ranges } = where.value ?? { scope: { lo: -1, hi: -1, ranges: '' } satisfies Scope, ranges: [] }
  const met = app.areas.tree().all.filter(({ pos, posEnd }) => ranges.some(({ lo, hi }) => lo <= posEnd && pos <= hi))
  const stream = new PassThrough()
  if (begins !== '') stream.write(begins)
  app.database.read(scope, async (tx) => pipeline(await copyCases(tx, filters, await searchOf(app, tx, query.search), order, fields, met, format), drainInto(stream)))
    .catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
  return ok(stream)
}

const fieldsOf = (query: Query, language: Language): readonly ExportField[] => (query.columns ?? EXPORT_FIELDS).map((field) => exportField(field, language))

/** R19: every case the filters leave as CSV, streamed from the database while it is read. */
export const csvOfCases = (app: App, actor: Actor, query: Query, language: Language): Result<Readable> =>
  copyOf(app, actor, query, fieldsOf(query, language), 'csv', BOM)

/** R19: the same as a workbook, or as an office's own sheet filled in. Problems `unknown_area`, `unknown_layout`, `bad_template`. */
export const workbookOfCases = async (app: App, actor: Actor, query: QueryOf<typeof exportWorkbook>, language: Language): Promise<Result<Readable>> => {
  const { layoutId, ...listed } = query
  if (layoutId === undefined) {
    const fields = fieldsOf(listed, language)
    const copied = copyOf(app, actor, listed, fields, 'text')
    if (!copied.ok) return copied
    return ok(readable(zipOf(workbookParts(app.sentence(language, 'cases.export_sheet'), fields, copiedRows(copied.value)))))
  }
  const layout = await app.database.read(EVERYWHERE, (tx) => findLayout(tx, layoutId, rangesOf(actor, caseRead)))
  if (!layout) return refuse(problem('unknown_layout', { status: 404, field: 'layoutId' }))
  const placed = layout.columns.map((one) => ({ ...one, ...exportField(one.field, language), ordinal: one.field === 'ordinal' }))
  const copied = copyOf(app, actor, listed, placed.filter(({ ordinal }) => !ordinal), 'text')
  if (!copied.ok) return copied
  const rows: AsyncIterable<readonly CopiedRow[]> = copiedRows(copied.value)
  const parts = templateParts({ file: layout.file, sheet: layout.sheet ?? undefined, headerRow: layout.headerRow }, placed, rows)
  return parts.ok ? ok(readable(zipOf(parts.value))) : parts
}

const readable = (bytes: AsyncIterable<Buffer>): Readable => Readable.from(bytes, { objectMode: false })

/** What goes on at once: COPY brings a row at a time, and a row is too little for a stream, a socket or a compressor. Unit: bytes. */
const PIECE = 65_536

/** Forwards to a reader who may go away: the rest is read and dropped, because a COPY left half read would hold its connection for ever. */
const drainInto = (reader: PassThrough): Writable => {
  let rows: Buffer[] = []
  let size = 0
  const forward = (done: () => void): void => {
    const piece = Buffer.concat(rows, size)
    rows = []
    size = 0
    if (reader.destroyed || reader.write(piece)) return done()
    const go = (): void => {
      reader.off('drain', go).off('close', go)
      done()
    }
    reader.on('drain', go).on('close', go)
  }
  return new Writable({
    write: (row: Buffer, _encoding, done) => {
      rows.push(row)
      size += row.length
      if (size < PIECE) done()
      else forward(done)
    },
    final: (done) => {
      forward(() => {
        reader.end()
        done()
      })
    },
  })
}
