import { useCallback, useSyncExternalStore } from 'react'
import type { CellView, Sheet, SheetRow } from './sheet.ts'

/** One cell: drawn anew only when something of this cell changes. */
export const useCell = (sheet: Sheet, key: string): CellView =>
  useSyncExternalStore(useCallback((listener) => sheet.subscribe({ cell: key }, listener), [sheet, key]), () => sheet.view(key))

/** Whether the cursor is in a cell, and whether its editor is open. */
export const useCursor = (sheet: Sheet, row: number, column: number): 'editing' | 'active' | undefined =>
  useSyncExternalStore(useCallback((listener) => sheet.subscribe('active', listener), [sheet]), () =>
    sheet.active.row !== row || sheet.active.column !== column ? undefined : sheet.editing ? 'editing' : 'active')

/** Key of the cell with the cursor. */
export const useActiveKey = (sheet: Sheet): string | undefined =>
  useSyncExternalStore(useCallback((listener) => {
    const stops = [sheet.subscribe('active', listener), sheet.subscribe('shape', listener)]
    return () => stops.forEach((stop) => stop())
  }, [sheet]), () => sheet.keyAt(sheet.active))

/** What is typed and not sent: how many cells, how many of them can be sent, whether a step can be taken back. */
export const useDrafts = (sheet: Sheet): { readonly count: number; readonly canUndo: boolean } => {
  const told = useSyncExternalStore(useCallback((listener) => sheet.subscribe('drafts', listener), [sheet]), () => `${sheet.draftCount} ${sheet.canUndo}`)
  const [count = '0', canUndo] = told.split(' ')
  return { count: Number(count), canUndo: canUndo === 'true' }
}

/** The rows of the grid; drawn anew when the server has sent others. */
export const useRows = (sheet: Sheet): readonly SheetRow[] =>
  useSyncExternalStore(useCallback((listener) => sheet.subscribe('shape', listener), [sheet]), () => sheet.rows)
