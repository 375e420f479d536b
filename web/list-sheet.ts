import type { ReactNode } from 'react'
import type { Sheet } from '#base'

type Value = string | number | null | undefined

/** What of a column of a list goes into a file. */
export interface SheetColumn<R> {
  readonly title: string
  readonly render: (row: R) => ReactNode
  readonly numeric?: boolean
  readonly sortBy?: (row: R) => Value
  /** What a file says where the screen draws. */
  readonly text?: (row: R) => Value
}

/** A number goes into a file as a number, not as it is written in the reader's language; else what the screen says; where it draws, what it sorts by. */
const valueOf = <R>({ render, numeric, sortBy, text }: SheetColumn<R>, row: R): string | number | null => {
  if (text) return text(row) ?? null
  const sorted = sortBy?.(row) ?? null
  if (numeric && typeof sorted === 'number') return sorted
  const shown = render(row)
  return typeof shown === 'string' || typeof shown === 'number' ? shown : sorted
}

/** Rows of a list as a sheet: the titles of its columns, then a line for each row. */
export const sheetOf = <R>(columns: readonly SheetColumn<R>[], rows: readonly R[]): Sheet =>
  [columns.map(({ title }) => title), ...rows.map((row) => columns.map((column) => valueOf(column, row)))]
