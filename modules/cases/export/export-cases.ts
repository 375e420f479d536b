import { PassThrough, Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ok, problem, refuse, type Language, type QueryOf, type Result } from '#base'
import { rangesOf, type Actor } from '#platform/access'
import { EVERYWHERE, type Scope } from '#platform/db'
import { copiedRows, templateParts, workbookParts, zipOf, type CopiedRow } from '#platform/export'
import type { App } from '#platform/http'
import { copyCases, type AreaLabels, type CopyFormat } from '../case-list-store.ts'
import { reachOf, searchOf, split } from '../list-cases.ts'
import { caseRead } from '../terms.ts'
import { EXPORT_FIELDS, type exportCases, type exportWorkbook } from './contract.ts'
import { exportField, type ExportField } from './export-fields.ts'
import { findLayout } from './layout-store.ts'

const BOM = '\ufeff'

type Query = QueryOf<typeof exportCases>

/** Opens the copy of the cases the filters leave; how to wait for its end. Nothing of them is held here. Problem `unknown_area`. */
const copyOf = (app: App, actor: Actor, query: Query, fields: readonly ExportField[], format: CopyFormat): Result<Readable> => {
  const where = reachOf(app, actor, query.areaId)
  if (!where.ok) return where
  const { columns: _columns, ...listed } = query
  const { filters, order } = split(app, listed)
  // Nobody's rights meet the area: only the headings.
  const { scope, ranges } = where.value ?? { scope: { lo: -1, hi: -1, ranges: '' } satisfies Scope, ranges: [] }
  const labels: Record<string, string> = {}
  for (const area of app.areas.tree().all) {
    if (ranges.some(({ lo, hi }) => lo <= area.posEnd && area.pos <= hi)) labels[area.id] = area.name
  }
  const stream = new PassThrough()
  app.database.read(scope, async (tx) => pipeline(await copyCases(tx, filters, await searchOf(app, tx, query.search), order, fields, labels as AreaLabels, format), drainInto(stream)))
    .catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
  return ok(stream)
}

const fieldsOf = (query: Query, language: Language): readonly ExportField[] => (query.columns ?? EXPORT_FIELDS).map((field) => exportField(field, language))

/** R19: every case the filters leave as CSV, streamed from the database while it is read. */
export const csvOfCases = (app: App, actor: Actor, query: Query, language: Language): Result<Readable> => {
  const copied = copyOf(app, actor, query, fieldsOf(query, language), 'csv')
  if (!copied.ok) return copied
  const stream = new PassThrough()
  stream.write(BOM)
  pipeline(copied.value, stream).catch(() => copied.value.destroy())
  return ok(stream)
}

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

/** Forwards to a reader who may go away: the rest is read and dropped, because a COPY left half read would hold its connection for ever. */
const drainInto = (reader: PassThrough): Writable =>
  new Writable({
    write: (chunk, _encoding, done) => {
      if (reader.destroyed || reader.write(chunk)) return done()
      const go = (): void => {
        reader.off('drain', go).off('close', go)
        done()
      }
      reader.on('drain', go).on('close', go)
    },
    final: (done) => {
      reader.end()
      done()
    },
  })
