import { problem, type Language, type Problem } from '#base'
import { headerFingerprint, recogniseColumns, type FieldDefinition, type Mapping, type Recognition } from './columns.ts'
import type { Column, Header } from './header.ts'
import type { Importer, ReadContext, RowRemark } from './importer.ts'
import type { Run, Fault, Severity } from './run.ts'
import { isBlank, type Cell, type Row, type TableSource } from './table.ts'

/** How the columns of a file are read: which field each gives. */
export interface Layout {
  readonly header: Header
  /** Every field a column may be read as: those of the importer, and those the file's own headers made. */
  readonly fields: readonly FieldDefinition[]
  readonly mapping: Mapping
  readonly recognition: Recognition
  /** Required fields that neither a column nor an option gives. */
  readonly missing: readonly FieldDefinition[]
  readonly fingerprint: string
}

/**
 * Lays a file out: columns as a person chose them, else as remembered of this sender's form, else as recognised; what is
 * left over is offered to the importer's own reading of headers.
 */
export const layOut = (
  importer: Importer, context: ReadContext, table: Pick<TableSource, 'head'>, header: Header, run: Pick<Run, 'mapping'>, remembered: Mapping | undefined,
): Layout => {
  const given = [...importer.fields, ...(importer.moreFields?.(context.known) ?? [])]
  const extra = new Map<number, FieldDefinition>()
  for (const { index, label, role } of header.columns) {
    const field = role === 'data' && label !== '' ? importer.extraField?.(label, context) : undefined
    if (field && !given.some(({ key }) => key === field.key)) extra.set(index, field)
  }
  const fields = [...given, ...extra.values()]
  const width = Math.max(0, ...header.columns.map(({ index }) => index)) + 1
  const isKnown = (mapping: Mapping): boolean =>
    Object.entries(mapping).every(([key, column]) => column < width && fields.some((field) => field.key === key))
  const kept = remembered && isKnown(remembered) ? remembered : undefined
  const recognition = recogniseColumns(header, given, table.head, () => kept)
  const mapping = run.mapping && isKnown(run.mapping) ? run.mapping : kept ?? withExtra(recognition, extra)
  return {
    header, fields, mapping, recognition,
    missing: fields.filter(({ key, required }) => required && mapping[key] === undefined && !context.options[key]),
    fingerprint: headerFingerprint(header.columns),
  }
}

const withExtra = ({ mapping, unmatched }: Recognition, extra: ReadonlyMap<number, FieldDefinition>): Mapping => {
  const joined: Record<string, number> = { ...mapping }
  for (const index of unmatched) {
    const field = extra.get(index)
    if (field && joined[field.key] === undefined) joined[field.key] = index
  }
  return joined
}

/** Nothing can be read without these columns; the sentence names them in its own language. */
export const columnsMissing = ({ missing }: Layout): Problem | undefined => {
  if (missing.length === 0) return undefined
  const named = (language: Language): string => missing.map(({ labels }) => labels[language][0]).join(', ')
  return problem('columns_missing', { params: { vi: named('vi'), en: named('en') } })
}

/** Picks the cells of a row by field; built once a file, it runs a million times. Blank cells stay out. */
export const cellPicker = (mapping: Mapping): ((row: Row) => Record<string, Cell | undefined>) => {
  const keys = Object.keys(mapping)
  const columns = Object.values(mapping)
  return (row) => {
    const cells: Record<string, Cell | undefined> = {}
    for (let i = 0; i < keys.length; i++) {
      const cell = row.cells[columns[i] as number]
      cells[keys[i] as string] = isBlank(cell) ? undefined : cell
    }
    return cells
  }
}

/** Puts remarks at the sender's own columns. */
export const faultMaker = ({ header, mapping }: Layout): ((row: number, remark: RowRemark, severity: Severity) => Fault) => {
  const byIndex = new Map<number, Column>(header.columns.map((column) => [column.index, column]))
  return (row, { field, problem }, severity) => {
    const index = field === undefined ? undefined : mapping[field]
    const column = index === undefined ? undefined : byIndex.get(index)
    return {
      row, severity, code: problem.code, params: problem.params ?? null, field: field ?? null, column: index ?? null,
      label: column ? column.label || column.letters : null,
    }
  }
}
