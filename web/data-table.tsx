import { Checkbox, Skeleton, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { compareVietnamese } from '#base'
import { useAddress } from './address.ts'
import { now } from './clock.ts'
import { ColumnChooser, useHiddenColumns } from './column-chooser.tsx'
import { useKeys } from './keys.tsx'
import { useFormat, useT } from './language.tsx'
import { FileMenu, type ListFile } from './list-file.tsx'
import type { SheetColumn } from './list-sheet.ts'
import { SavedViews, type ListViews } from './saved-views.tsx'
import classes from './data-table.module.css'

export interface Column<R> extends SheetColumn<R> {
  readonly key: string
  /** Unit: pixels. Columns without one share what is left. */
  readonly width?: number
  /** A list that its owner sorts says so here; else a table sorts by what `sortBy` gives. */
  readonly sortable?: boolean
  /** Not shown until the reader chooses it. */
  readonly extra?: boolean
}

export interface Sort {
  readonly key: string
  readonly descending: boolean
}

export interface DataTableProps<R> {
  /** What the chosen columns are remembered under. */
  readonly name: string
  /** What the table holds, for those who listen. */
  readonly label: string
  readonly columns: readonly Column<R>[]
  /** Nothing while they are being read. */
  readonly rows: readonly R[] | undefined
  readonly rowKey: (row: R) => string
  /** Shown instead of rows when there are none: what would fill it (`EmptyState`). */
  readonly empty: ReactNode
  /** Enter or click on a row. */
  readonly onOpen?: (row: R) => void
  /** The lit row. */
  readonly current?: string | undefined
  readonly onHover?: (row: R | undefined) => void
  /** With `onSort` the list is sorted by whoever gives the rows. */
  readonly sort?: Sort | undefined
  readonly onSort?: (sort: Sort) => void
  readonly selected?: ReadonlySet<string>
  readonly onSelect?: (selected: ReadonlySet<string>) => void
  /** How many rows there are in all; `more` when counting stopped there. */
  readonly count?: { readonly rows: number; readonly more?: boolean }
  readonly onMore?: (() => void) | undefined
  readonly loading?: boolean
  /** Above the table at the right; they may ask which columns are shown. */
  readonly actions?: ReactNode | ((shown: readonly string[]) => ReactNode)
  /** Above the table at the left: filters. */
  readonly filters?: ReactNode
  /** The list has views: filters, order and columns under a name. Its order is in the address then. */
  readonly views?: ListViews
  /** How it becomes a file where its rows in the page are not all of them, or a file says more; null for a list with an export of its own. */
  readonly file?: ListFile<R> | null
  /** CSS height of the scrolling part; by default it grows to what the screen leaves. */
  readonly height?: string
  readonly rowClass?: (row: R) => string | undefined
}

/** Beyond this many rows only those in view are in the page. */
const VIRTUAL_FROM = 250
/** More rows than this are not for paper: the sheet says so, and an export has them all. */
const PRINTED = 2_000

export const DataTable = <R,>(props: DataTableProps<R>) => {
  const { name, label, columns, rows, rowKey, empty, onOpen, current, onHover, selected, onSelect, count, onMore, loading, actions, filters, height } = props
  const t = useT()
  const format = useFormat()
  const { hidden, toggle, show } = useHiddenColumns(name, columns)
  const shown = columns.filter((column) => !hidden.has(column.key))
  const [ownSort, setOwnSort] = useState<Sort>()
  const [address, setAddress] = useAddress(NO_ORDER)
  const addressed = props.views !== undefined && !props.onSort
  const sort = props.onSort ? props.sort : ((addressed ? orderIn(address.sort) : ownSort) ?? props.sort)
  const by = props.onSort ? undefined : columns.find((column) => column.key === sort?.key)?.sortBy
  const order = (some: readonly R[]): readonly R[] =>
    by ? some.toSorted((a, b) => (sort?.descending ? compare(by(b), by(a), true) : compare(by(a), by(b), false))) : some
  const sorted = useMemo(() => rows && order(rows), [rows, sort?.key, sort?.descending, columns, props.onSort])

  const frame = useRef<HTMLDivElement>(null)
  const printing = usePrinting()
  const total = sorted?.length ?? 0
  // A list that goes on reads its next rows as the reader nears its end, which needs the rows in view.
  const virtual = (total > VIRTUAL_FROM || (onMore !== undefined && total > 0)) && !printing
  const virtualizer = useVirtualizer({
    count: virtual ? total : 0,
    enabled: virtual,
    getScrollElement: () => frame.current,
    estimateSize: () => 33,
    overscan: 16,
  })
  const inView = virtualizer.getVirtualItems()
  const first = virtual ? (inView[0]?.index ?? 0) : 0
  const last = virtual ? (inView.at(-1)?.index ?? -1) : Math.min(total, PRINTED) - 1
  const before = virtual ? (inView[0]?.start ?? 0) : 0
  const after = virtual ? virtualizer.getTotalSize() - (inView.at(-1)?.end ?? 0) : 0
  useEffect(() => {
    if (onMore && total > 0 && last >= total - 20 && virtual) onMore()
  }, [last, total, virtual, onMore])

  // One row of the table is in the tab order; arrows move from it.
  const [active, setActive] = useState(0)
  // Coming back to a list finds the place again: the lit row is in view and first in the tab order.
  const brought = useRef(false)
  useEffect(() => {
    if (brought.current || !sorted) return
    brought.current = true
    const at = current === undefined ? -1 : sorted.findIndex((row) => rowKey(row) === current)
    if (at < 0) return
    setActive(at)
    if (virtual) virtualizer.scrollToIndex(at, { align: 'center' })
    else frame.current?.querySelector(`tr[data-index="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [sorted, current, rowKey, virtual, virtualizer])
  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index))
    setActive(next)
    if (virtual) virtualizer.scrollToIndex(next)
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`tr[data-index="${next}"]`)?.focus())
  }
  const onKeyDown = (event: KeyboardEvent, index: number, row: R): void => {
    if (event.target !== event.currentTarget) return
    // Keys of the browser (Ctrl-J, Alt-X) are the browser's.
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 15, PageUp: -15, Home: -Infinity, End: Infinity }[event.key]
    if (step !== undefined) focusRow(step === -Infinity ? 0 : step === Infinity ? total - 1 : index + step)
    else if (event.key === 'Enter' && onOpen) onOpen(row)
    else if ((event.key === ' ' || event.key === 'x') && onSelect) onSelect(toggled(selected, rowKey(row)))
    else return
    event.preventDefault()
  }
  // From anywhere on the screen j and k go into its first table; in a row they move.
  const leads = useLead()
  const enter = (): void => {
    if (leads() && total > 0 && !frame.current?.contains(document.activeElement)) focusRow(active)
  }
  useKeys([
    { keys: 'j', does: 'web.key_row_down', run: enter }, { keys: 'k', does: 'web.key_row_up', run: enter },
    ...(onSelect ? [{ keys: 'x', does: 'web.key_select' }] : []),
  ])
  const setSort = (column: Column<R>): void => {
    const next = { key: column.key, descending: sort?.key === column.key ? !sort.descending : (column.numeric ?? false) }
    if (props.onSort) props.onSort(next)
    else if (addressed) setAddress({ sort: `${next.descending ? '-' : ''}${next.key}` })
    else setOwnSort(next)
  }
  const width = shown.length + (onSelect ? 1 : 0)

  return (
    <section className={classes.box} aria-label={label}>
      <div className={`${classes.bar} no-print`}>
        <div className={classes.filters}>
          {filters}
          {props.views && <SavedViews list={props.views.list} defaults={addressed ? { ...props.views.defaults, ...NO_ORDER } : props.views.defaults} table={name} shown={shown.map(({ key }) => key)} onColumns={show} />}
        </div>
        <div className={classes.actions}>
          {sorted && <span className={classes.count} role="status">{t('web.rows', { rows: format.count(count?.rows ?? total, count?.more ?? false) })}</span>}
          {typeof actions === 'function' ? actions(shown.map(({ key }) => key)) : actions}
          {props.file !== null && sorted && total > 0 && (props.file?.all || !onMore) && <FileMenu label={label} columns={shown} rows={sorted} order={order} file={props.file} />}
          {columns.length > 4 && <ColumnChooser columns={columns} hidden={hidden} onToggle={toggle} />}
        </div>
      </div>
      {sorted && <p className="only-print">{t('web.printed_at', { rows: format.count(count?.rows ?? total, count?.more ?? false), at: format.instant(now()) })}</p>}
      <div ref={frame} className={classes.frame} style={height === undefined ? undefined : { height }} data-loading={loading || undefined}>
        <table className={classes.table} role="grid" aria-label={label} aria-rowcount={total + 1} aria-busy={rows === undefined}>
          <thead>
            <tr>
              {onSelect && (
                <th className={classes.pick} scope="col">
                  <Checkbox
                    size="xs"
                    aria-label={t('web.choose_all')}
                    checked={total > 0 && selected?.size === total}
                    indeterminate={(selected?.size ?? 0) > 0 && selected?.size !== total}
                    onChange={(event) => onSelect(new Set(event.currentTarget.checked ? sorted?.map(rowKey) : []))}
                  />
                </th>
              )}
              {shown.map((column) => {
                const direction = sort?.key === column.key ? (sort.descending ? 'descending' : 'ascending') : undefined
                const can = props.onSort ? column.sortable : column.sortBy
                return (
                  <th key={column.key} scope="col" data-numeric={column.numeric} aria-sort={can ? (direction ?? 'none') : undefined} style={widthOf(column)}>
                    {can ? (
                      <UnstyledButton className={classes.sort} onClick={() => setSort(column)}>
                        {column.title}
                        {direction === undefined ? <IconArrowsSort size={14} className={classes.unsorted} />
                          : direction === 'ascending' ? <IconArrowUp size={14} /> : <IconArrowDown size={14} />}
                      </UnstyledButton>
                    ) : column.title}
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden><td colSpan={width} style={{ height: before, padding: 0, border: 0 }} /></tr>}
            {sorted?.slice(first, last + 1).map((row, offset) => {
              const index = first + offset
              const key = rowKey(row)
              return (
                <tr
                  key={key}
                  data-index={index}
                  ref={virtual ? virtualizer.measureElement : undefined}
                  aria-rowindex={index + 2}
                  tabIndex={index === Math.min(active, total - 1) || (virtual && index === first && (active < first || active > last)) ? 0 : -1}
                  className={props.rowClass?.(row)}
                  aria-selected={onSelect ? (selected?.has(key) ?? false) : key === current ? true : undefined}
                  data-current={key === current || undefined}
                  data-opens={onOpen ? true : undefined}
                  onFocus={() => setActive(index)}
                  onKeyDown={(event) => onKeyDown(event, index, row)}
                  onClick={onOpen && ((event) => {
                    if (!(event.target as HTMLElement).closest('a, button, input, label')) onOpen(row)
                  })}
                  onMouseEnter={onHover && (() => onHover(row))}
                  onMouseLeave={onHover && (() => onHover(undefined))}
                >
                  {onSelect && (
                    <td className={classes.pick}>
                      <Checkbox size="xs" tabIndex={-1} aria-label={t('web.choose_row')} checked={selected?.has(key) ?? false} onChange={() => onSelect(toggled(selected, key))} />
                    </td>
                  )}
                  {shown.map((column) => <td key={column.key} data-numeric={column.numeric}>{column.render(row)}</td>)}
                </tr>
              )
            })}
            {after > 0 && <tr aria-hidden><td colSpan={width} style={{ height: after, padding: 0, border: 0 }} /></tr>}
            {rows === undefined && Array.from({ length: 8 }, (_, index) => (
              <tr key={index}>{Array.from({ length: width }, (_, cell) => <td key={cell}><Skeleton height={12} my={4} /></td>)}</tr>
            ))}
          </tbody>
        </table>
        {printing && total > PRINTED && <p>{t('web.printed_part', { printed: PRINTED, total })}</p>}
        {sorted && total === 0 && empty}
        {onMore && !virtual && total > 0 && (
          <UnstyledButton className={`${classes.more} no-print`} onClick={onMore}>{t('web.more_rows')}</UnstyledButton>
        )}
      </div>
    </section>
  )
}

const mounted: symbol[] = []

/** Whether this table is the first of those on the screen. */
const useLead = (): (() => boolean) => {
  const [me] = useState(() => Symbol('table'))
  useEffect(() => {
    mounted.push(me)
    return () => void mounted.splice(mounted.indexOf(me), 1)
  }, [me])
  return () => mounted[0] === me
}

/** The order of a list in the address: the key of its column, with a minus from the last to the first. */
const NO_ORDER = { sort: '' }
const orderIn = (text: string): Sort | undefined => (text === '' ? undefined : { key: text.replace(/^-/, ''), descending: text.startsWith('-') })

const widthOf = (column: { width?: number }): CSSProperties | undefined =>
  column.width === undefined ? undefined : { width: column.width, minWidth: column.width }

const toggled = (selected: ReadonlySet<string> | undefined, key: string): ReadonlySet<string> => {
  const next = new Set(selected)
  if (!next.delete(key)) next.add(key)
  return next
}

type Sorted = string | number | null | undefined

/** Missing values stand last in both directions. */
const compare = (a: Sorted, b: Sorted, descending: boolean): number => {
  const noA = a === null || a === undefined
  const noB = b === null || b === undefined
  if (noA || noB) return noA === noB ? 0 : noA === descending ? -1 : 1
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareVietnamese(String(a), String(b))
}

/** On paper every row is wanted, not those in view. */
const usePrinting = (): boolean => {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = (): void => flushSync(() => setPrinting(true))
    const end = (): void => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}
