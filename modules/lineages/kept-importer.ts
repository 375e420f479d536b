import { ok, problem, refuse, type Id, type Permission, type Result } from '#base'
import type { Area } from '#platform/areas'
import { newId } from '#platform/clock'
import type { CommandContext } from '#platform/commands'
import type { Tx } from '#platform/db'
import type { BatchOutcome, FieldDefinition, Importer, NumberedRow, ReadContext, RowReading, RowRemark } from '#platform/import'
import { importedRows, inForce, lockKept, putInForce, replacedSince, supersede, supersededBy, type Kept, type KeptTable } from './kept-store.ts'

/** A row of a file, ready to be kept. */
export interface KeptRow<Facts> {
  /** One row of a disease, sender and key is in force. */
  readonly key: string
  readonly area: Area
  readonly facts: Facts
}

type RowFault = RowRemark & { readonly row: number }

/** One kind of file whose rows are kept: the newest of a key in force, the others beside it. */
interface KeptKind<Facts extends object, Row> {
  readonly kind: string
  readonly permission: Permission
  readonly table: KeptTable<Facts>
  readonly fields: readonly FieldDefinition[]
  /** Field at which duplicates are shown. */
  readonly keyField: string
  readonly readRow: (cells: Parameters<Importer<Row>['readRow']>[0], context: ReadContext) => RowReading<Row>
  readonly keyOf: (row: Row) => string
  /** Completes rows from what the database knows; a row that stays without something is a fault. */
  readonly complete: (tx: Tx, rows: readonly NumberedRow<Row>[], context: ReadContext) => Promise<{ readonly rows: readonly NumberedRow<KeptRow<Facts>>[]; readonly faults: readonly RowFault[] }>
  /** Whether what comes is older than what is there, and may not take its place: the sentence's params, else nothing. */
  readonly older?: (before: Facts, now: Facts) => Readonly<Record<string, string>> | undefined
  /** The row in one line, for remarks. */
  readonly sentence: (facts: Facts, area: string) => string
}

/** Where a disease is not said, it is COVID-19. */
export const DEFAULT_DISEASE = 'covid-19'
const diseaseOf = (context: ReadContext): string => context.options['disease'] ?? DEFAULT_DISEASE

/** How many things an undo that is refused lists. */
const LISTED = 100

interface Judged<Facts> {
  readonly accepted: readonly NumberedRow<KeptRow<Facts>>[]
  readonly replaced: readonly Id[]
  readonly faults: readonly RowFault[]
  readonly warnings: readonly RowFault[]
}

/** An importer whose rows are never overwritten: the same again is a duplicate, another one takes its place, and an undo puts back what it had replaced. */
export const keptImporter = <Facts extends object, Row>(kind: KeptKind<Facts, Row>): Importer<Row> => {
  const { table, keyField } = kind

  const judge = async (tx: Tx, given: readonly NumberedRow<Row>[], context: ReadContext, importId?: Id): Promise<Judged<Facts>> => {
    const { rows, faults: incomplete } = await kind.complete(tx, given, context)
    const known = new Map((await inForce(tx, table, diseaseOf(context), context.sender, rows.map(({ value }) => value.key))).map((row) => [row.rowKey, row]))
    const seen = new Map<string, number>()
    const accepted: NumberedRow<KeptRow<Facts>>[] = []
    const replaced: Id[] = []
    const faults: RowFault[] = [...incomplete]
    const warnings: RowFault[] = []
    for (const one of rows) {
      const { row, value: { key, area, facts } } = one
      const before = known.get(key)
      const earlier = seen.get(key) ?? (importId !== undefined && before?.importId === importId ? EARLIER_BATCH : undefined)
      const older = before && kind.older?.(before, facts)
      if (!seen.has(key)) seen.set(key, row)
      if (earlier !== undefined) faults.push({ row, field: keyField, problem: problem('duplicate_in_file', { params: { row: earlier } }) })
      else if (before && before.areaId === area.id && table.facts.every((field) => before[field] === facts[field])) faults.push({ row, field: keyField, problem: problem('duplicate_known') })
      else if (older) faults.push({ row, field: keyField, problem: problem('duplicate_older', { params: older }) })
      else {
        accepted.push(one)
        if (before) {
          replaced.push(before.id)
          warnings.push({ row, field: keyField, problem: problem('takes_place', { params: {
            before: kind.sentence(before, context.areas.byId(before.areaId)?.name ?? ''), now: kind.sentence(facts, area.name),
          } }) })
        }
      }
    }
    return { accepted, replaced, faults, warnings }
  }

  return {
    kind: kind.kind, permission: kind.permission, undoPermission: kind.permission, fields: kind.fields, options: ['disease', 'area', 'day'],
    readRow: kind.readRow,
    keysOf: (row) => [{ key: kind.keyOf(row), field: keyField, code: 'duplicate_in_file' }],
    check: async (tx, rows, context): Promise<BatchOutcome> => {
      const { accepted, faults, warnings } = await judge(tx, rows, context)
      return { accepted: accepted.length, faults, warnings }
    },
    write: async (context: CommandContext, rows, reading, importId): Promise<Result<BatchOutcome>> => {
      const { tx, at, commandId } = context
      await lockKept(tx, table)
      const { accepted, replaced, faults, warnings } = await judge(tx, rows, reading, importId)
      const made = accepted.map(({ row, value: { key, area, facts } }) => ({ row, area, kept: {
        ...facts, id: newId(), disease: diseaseOf(reading), sender: reading.sender, rowKey: key, areaId: area.id, areaPos: area.pos, importId,
        recordedBy: context.actor.username, recordedAt: at, commandId,
      } satisfies Kept<Facts> }))
      await supersede(tx, table, replaced, at, commandId)
      const written = await putInForce(tx, table, made.map(({ kept }) => kept))
      const elsewhere = made.filter(({ kept }) => !written.has(kept.id))
      for (const { area, kept } of made) if (written.has(kept.id)) context.touched.add(kind.kind, area)
      context.areaPos = made[0]?.area.pos ?? 0
      return ok({
        accepted: written.size, warnings,
        faults: [...faults, ...elsewhere.map(({ row }) => ({ row, field: keyField, problem: problem('duplicate_elsewhere', { params: { sender: reading.sender } }) }))],
      })
    },
    undo: async (context, importId) => {
      const { tx, at, commandId } = context
      await lockKept(tx, table)
      const replaced = await replacedSince(tx, table, importId)
      if (replaced.length > 0) {
        return refuse(problem('built_upon', { status: 409, params: { count: replaced.length }, problems: replaced.slice(0, LISTED).map(({ rowKey }) => problem('replaced_since', { params: { name: rowKey } })) }))
      }
      const imported = await importedRows(tx, table, importId)
      const before = await supersededBy(tx, table, importId)
      await supersede(tx, table, imported.map(({ id }) => id), at, commandId)
      await putInForce(tx, table, before.map((row) => ({ ...row, id: newId() })))
      for (const { areaId } of imported) {
        const area = context.areas.byId(areaId)
        if (area) context.touched.add(kind.kind, area)
      }
      context.areaPos = imported[0]?.areaPos ?? 0
      return ok({ undone: imported.length })
    },
  }
}

/** Which row of an earlier batch it was is no longer at hand. */
const EARLIER_BATCH = '…'
