import { memo, useCallback, useState, useSyncExternalStore, type ClipboardEvent, type KeyboardEvent, type MouseEvent } from 'react'
import { flushSync } from 'react-dom'
import { useFormat, useT } from '#web'
import classes from './figures.module.css'
import { GridCell } from './grid-cell.tsx'
import { cellsOf, placePaste, type Pasted } from './paste.ts'
import type { Sheet, SheetMetric, SheetRow } from './sheet.ts'
import { useWords } from './use-words.ts'

interface EntryGridProps {
  readonly sheet: Sheet
  readonly rows: readonly SheetRow[]
  readonly metrics: readonly SheetMetric[]
  readonly label: string
  readonly onSave: () => void
  /** What became of a pasted block, and how many of its cells were taken. */
  readonly onPasted: (pasted: Pasted, taken: number) => void
}

/** A screenful, for Page Up and Page Down. */
const PAGE = 15

/** Communes × metrics, worked like a spreadsheet. The table itself is drawn when rows or columns change, never for a key. */
export const EntryGrid = memo(({ sheet, rows, metrics, label, onSave, onPasted }: EntryGridProps) => {
  const t = useT()
  const format = useFormat()
  const words = useWords()

  const onKeyDown = useCallback((event: KeyboardEvent<HTMLTableElement>) => {
    if (sheet.editing && event.target instanceof HTMLElement && event.target.closest('input,select')) {
      if (!(event.ctrlKey || event.metaKey)) return
    }
    if (!handleKey(sheet, event, onSave)) return
    event.preventDefault()
    event.stopPropagation()
  }, [sheet, onSave])

  const onPaste = useCallback((event: ClipboardEvent<HTMLTableElement>) => {
    const text = event.clipboardData.getData('text/plain')
    if (text === '') return
    event.preventDefault()
    const pasted = placePaste(cellsOf(text), { rows: sheet.rows, columns: sheet.metrics.map((metric) => metric.code), ...sheet.active }, sheet.names)
    onPasted(pasted, sheet.paste(pasted))
  }, [sheet, onPasted])

  const onCopy = useCallback((event: ClipboardEvent<HTMLTableElement>) => {
    const key = sheet.keyAt(sheet.active)
    if (key === undefined || sheet.editing) return
    const { draft, server } = sheet.view(key)
    event.clipboardData.setData('text/plain', draft?.text ?? String(server?.value ?? ''))
    event.preventDefault()
  }, [sheet])

  const pick = (event: MouseEvent<HTMLTableElement>, open: boolean): void => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('td[data-row]') : null
    if (!cell || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return
    sheet.moveTo({ row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) })
    cell.focus()
    if (open) flushSync(() => sheet.edit())
  }

  return (
    <div className={classes.frame}>
      {/* A table whose cells are worked with keys is a grid (WAI-ARIA practices). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table role="grid"
        aria-label={label} aria-rowcount={rows.length + 2} className={classes.grid}
        onKeyDown={onKeyDown} onPaste={onPaste} onCopy={onCopy} onClick={(event) => pick(event, false)} onDoubleClick={(event) => pick(event, true)}
      >
        <thead>
          <tr>
            <th scope="col" className={classes.place}>{t('figures.commune')}</th>
            <th scope="col" className={classes.parent}>{t('figures.district')}</th>
            {metrics.map((metric) => (
              <th key={metric.code} scope="col" className={classes.metric}>
                {words.metricName(metric)}
                <small>{metric.kind === 'category' ? metric.categories.map(words.category).join(' · ') : t(`figures.unit.${metric.unit}`)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((area, row) => (
            <tr key={area.areaId} aria-rowindex={row + 2}>
              <th scope="row" className={classes.place}>{area.name}</th>
              <td className={classes.parent}>{area.parentName}</td>
              {metrics.map((metric, column) => <GridCell key={metric.code} sheet={sheet} row={row} column={column} area={area} metric={metric} />)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={classes.place}>{t('figures.total')}</th>
            <td className={classes.parent}>{format.whole(rows.length)}</td>
            {metrics.map((metric) => <TotalCell key={metric.code} sheet={sheet} metric={metric} />)}
          </tr>
        </tfoot>
      </table>
    </div>
  )
})
EntryGrid.displayName = 'EntryGrid'

/** Whether the key was one of the grid's. */
const handleKey = (sheet: Sheet, event: KeyboardEvent, onSave: () => void): boolean => {
  const { key } = event
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() === 's') onSave()
    else if (key.toLowerCase() === 'z') sheet.undo()
    else if (key === 'Home') sheet.moveTo({ row: 0, column: 0 })
    else if (key === 'End') sheet.moveTo({ row: sheet.rows.length - 1, column: sheet.metrics.length - 1 })
    else if (key === 'ArrowUp') sheet.moveTo({ ...sheet.active, row: 0 })
    else if (key === 'ArrowDown') sheet.moveTo({ ...sheet.active, row: sheet.rows.length - 1 })
    else if (key === 'ArrowLeft') sheet.moveTo({ ...sheet.active, column: 0 })
    else if (key === 'ArrowRight') sheet.moveTo({ ...sheet.active, column: sheet.metrics.length - 1 })
    else return false
    return true
  }
  if (event.altKey) return false
  switch (key) {
    case 'ArrowUp': sheet.move(-1, 0); return true
    case 'ArrowDown': sheet.move(1, 0); return true
    case 'ArrowLeft': sheet.move(0, -1); return true
    case 'ArrowRight': sheet.move(0, 1); return true
    case 'PageUp': sheet.move(-PAGE, 0); return true
    case 'PageDown': sheet.move(PAGE, 0); return true
    case 'Home': sheet.moveTo({ ...sheet.active, column: 0 }); return true
    case 'End': sheet.moveTo({ ...sheet.active, column: sheet.metrics.length - 1 }); return true
    case 'Enter': sheet.move(event.shiftKey ? -1 : 1, 0); return true
    case 'Tab': return tab(sheet, event.shiftKey ? -1 : 1)
    case 'F2': flushSync(() => sheet.edit()); return true
    case 'Delete': case 'Backspace': sheet.clear(); return true
    default:
      // The key itself is typed into the editor it opens.
      if (key.length === 1 || key === 'Process') flushSync(() => sheet.edit(''))
      return false
  }
}

/** Tab goes right; from the last cell on (and back from the first) it leaves the grid, for those who work without a mouse. */
const tab = (sheet: Sheet, step: 1 | -1): boolean => {
  const { row, column } = sheet.active
  const atEnd = step === 1 ? row === sheet.rows.length - 1 && column === sheet.metrics.length - 1 : row === 0 && column === 0
  if (atEnd) return false
  sheet.next(step)
  return true
}

/** The sum of what counts, following what is typed. */
const TotalCell = ({ sheet, metric }: { sheet: Sheet; metric: SheetMetric }) => {
  const t = useT()
  const format = useFormat()
  const [subscribe] = useState(() => (listener: () => void) => {
    const stops = [sheet.subscribe('drafts', listener), sheet.subscribe('shape', listener)]
    return () => stops.forEach((stop) => stop())
  })
  const told = useSyncExternalStore(subscribe, () => {
    const { sum, given } = sheet.total(metric)
    return `${sum} ${given}`
  })
  const [sum = '0', given = '0'] = told.split(' ')
  return (
    <td className={classes.total}>
      {metric.kind !== 'category' && (given === '0' ? '—' : format.whole(Number(sum)))}
      <small>{t('figures.total_about', { given: Number(given), rows: sheet.rows.length })}</small>
    </td>
  )
}
