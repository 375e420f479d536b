import type { Id, Instant, Permission, PlainDate, Problem, Result } from '#base'
import type { Area, AreaTree } from '#platform/areas'
import type { CommandContext } from '#platform/commands'
import type { Tx } from '#platform/db'
import type { FieldDefinition } from './columns.ts'
import type { Cell } from './table.ts'

/** What a row may be read against: everything known without asking the database a row at a time. */
export interface ReadContext<Known = unknown> {
  readonly areas: AreaTree
  /** The province of this installation on a day: names are looked for there first (`findArea`). */
  readonly home?: (on: PlainDate) => Area
  readonly today: PlainDate
  readonly at: Instant
  /** Whom the file came from, as named in the wizard: the sender's own numbers are unique under it. Empty when nobody said. */
  readonly sender: string
  readonly fileName: string
  /**
   * What was chosen for the whole file, by key: `disease`, `area` (an area id), `day` (ISO), and the answers to the
   * choices that remarks offered (`RowRemark.choice`).
   */
  readonly options: Readonly<Record<string, string>>
  /** Whether the importing actor may write at these positions. */
  readonly permits: (lo: number, hi?: number) => boolean
  /** What `prepare` loaded. */
  readonly known: Known
}

/** A fault or a remark at a cell; `field` is the key of the field, translated to the sender's column by the engine. */
export interface RowRemark {
  readonly field?: string | undefined
  readonly problem: Problem
  /** Areas of which a person may choose one, once for the file: the answer comes back in `options` under `option`. */
  readonly choice?: { readonly option: string; readonly text: string; readonly areaIds: readonly number[] } | undefined
}

/** A row that was read: its value and remarks, or the faults that refuse it. */
export type RowReading<Row> =
  | { readonly ok: true; readonly value: Row; readonly warnings?: readonly RowRemark[] }
  | { readonly ok: false; readonly faults: readonly RowRemark[] }

export interface NumberedRow<Row> {
  /** Row number in the sender's file, from 1. */
  readonly row: number
  readonly value: Row
}

/**
 * What the registry says of a batch: rows it refuses and rows it remarks on. A row is taken whole or not at all, so
 * `accepted` and the rows with a fault make up the batch. A duplicate is a fault whose problem code starts with `duplicate`.
 */
export interface BatchOutcome {
  readonly accepted: number
  readonly faults: readonly (RowRemark & { readonly row: number })[]
  readonly warnings: readonly (RowRemark & { readonly row: number })[]
}

/** What makes a row a duplicate of an earlier row of the same file. */
export interface RowKey {
  /** Equal keys are duplicates; it names its field too, so that two fields never meet. */
  readonly key: string
  readonly field: string
  /** Code of the fault; its params get `row`, the earlier row. */
  readonly code: string
  /** Duplicates only within so many days of each other: the day number of this row, and how many days. */
  readonly day?: number
  readonly within?: number
}

/** What the wizard may ask for the whole file. */
export type FileOption = 'disease' | 'area' | 'day'

/**
 * How one kind of file becomes commands. A module gives one; the engine does the rest (files, columns, report, progress,
 * cancel, resume, undo). `Known` is what `prepare` loads for reading rows.
 */
export interface Importer<Row = unknown, Known = unknown> {
  /** `cases`, `figures`, `areas`: the word after `luytre import`, with a text `import.kind.<kind>` in the module's text.ts. */
  readonly kind: string
  readonly permission: Permission
  /** Who may undo an import of this kind. */
  readonly undoPermission: Permission
  readonly fields: readonly FieldDefinition[]
  /** Asked for in the wizard. A required field whose column is missing is no fault when the option of the same key is given. */
  readonly options: readonly FileOption[]
  /** It adds areas: the tree in memory is read anew after each batch and after an undo. */
  readonly changesAreas?: true
  /** Loads what the reading of rows needs (metric codes …), once before a file is looked at. */
  prepare?(tx: Tx): Promise<Known>
  /** Fields that only the database knows (metrics an office defined itself); recognised like those of `fields`. */
  moreFields?(known: Known): readonly FieldDefinition[]
  /**
   * A field made from a column's own header, for tables that no list of fields foresees (days across the top): columns
   * no field took are offered here; the answer is the extra field or nothing.
   */
  extraField?(header: string, context: ReadContext<Known>): FieldDefinition | undefined
  /** Reads the cells of one row, keyed by field. A wide row may give several values. Pure and fast: it runs a million times. */
  readRow(cells: Readonly<Record<string, Cell | undefined>>, context: ReadContext<Known>): RowReading<Row>
  /** What must be unique in a file; only the preview asks (a commit learns it from the registry's own keys). */
  keysOf?(value: Row): readonly RowKey[]
  /** What the registry would refuse or remark on, without writing: the preview. At most `BATCH_ROWS` rows a call. */
  check(tx: Tx, rows: readonly NumberedRow<Row>[], context: ReadContext<Known>): Promise<BatchOutcome>
  /** Writes the rows of one batch set-based, inside its command; refuses single rows as `check` does. */
  write(context: CommandContext, rows: readonly NumberedRow<Row>[], reading: ReadContext<Known>, importId: Id): Promise<Result<BatchOutcome>>
  /** Takes back everything an import wrote, or refuses (`built_upon`, one problem a thing) with the list of what others have built on. */
  undo(context: CommandContext, importId: Id): Promise<Result<{ readonly undone: number }>>
}
