import { NativeSelect, Tooltip } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Notice, useKeys, useLanguage, useT } from '#web'
import type { AnalysisShown, SheetRowShown } from '../contract.ts'
import { columnWidths } from './column-widths.ts'
import classes from './imports.module.css'

type Mark = SheetRowShown['marks'][number]

/** Signs beside the colour, so that neither stands alone. */
const SIGNS: Readonly<Record<Mark['severity'], string>> = { fault: '✕', duplicate: '=', warning: '△' }
const SEVEREST: readonly Mark['severity'][] = ['fault', 'duplicate', 'warning']

const ROW_HEIGHT = 28
const NUMBER_WIDTH = 64

interface SheetViewProps {
  readonly rows: readonly SheetRowShown[]
  readonly columns: AnalysisShown['columns']
  readonly fields: AnalysisShown['fields']
  /** Reads a column as a field, or as nothing; left out when columns are settled. */
  readonly onField?: ((column: number, field: string | null) => void) | undefined
  readonly onMore?: (() => void) | undefined
}

/** The sender's sheet as the sender knows it: same letters, same rows; columns labelled, bad cells marked with the reason. */
export const SheetView = ({ rows, columns, fields, onField, onMore }: SheetViewProps) => {
  const t = useT()
  const frame = useRef<HTMLElement>(null)
  const widths = useMemo(() => columnWidths([columns.map(({ label }) => label), ...rows.slice(0, 100).map(({ cells }) => cells)]), [rows, columns])
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => frame.current, estimateSize: () => ROW_HEIGHT, overscan: 20 })
  const inView = virtualizer.getVirtualItems()
  const first = inView[0]
  const last = inView.at(-1)
  const lastIndex = last?.index ?? -1
  useEffect(() => {
    if (onMore && lastIndex >= 0 && lastIndex >= rows.length - 30) onMore()
  }, [lastIndex, rows.length, onMore])

  const [current, setCurrent] = useState(-1)
  const step = (direction: 1 | -1): void => {
    for (let index = current + direction; index >= 0 && index < rows.length; index += direction) {
      if (!rows[index]?.marks.length) continue
      setCurrent(index)
      virtualizer.scrollToIndex(index, { align: 'center' })
      requestAnimationFrame(() => requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`tr[data-index="${index}"] [data-mark]`)?.focus()))
      return
    }
  }
  useKeys([
    { keys: 'n', does: 'imports.key_next', run: () => step(1) },
    { keys: 'p', does: 'imports.key_previous', run: () => step(-1) },
  ])

  return (
    // What scrolls must be reached by the keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={frame} className={classes.sheet} tabIndex={0} aria-label={t('imports.sheet')}>
      <table style={{ width: NUMBER_WIDTH + columns.reduce((sum, { index }) => sum + (widths[index] ?? 0), 0) }} aria-rowcount={rows.length}>
        <colgroup>
          <col style={{ width: NUMBER_WIDTH }} />
          {columns.map(({ index }) => <col key={index} style={{ width: Math.max(widths[index] ?? 0, onField ? 136 : 0) }} />)}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('imports.row')}</th>
            {columns.map((column) => <ColumnHead key={column.index} column={column} fields={fields} onField={onField} />)}
          </tr>
        </thead>
        <tbody>
          {first && first.start > 0 && <tr aria-hidden><td colSpan={columns.length + 1} style={{ height: first.start, padding: 0 }} /></tr>}
          {inView.map(({ index }) => {
            const row = rows[index]
            return row && <SheetRow key={row.row} row={row} index={index} columns={columns} />
          })}
          {last && <tr aria-hidden><td colSpan={columns.length + 1} style={{ height: virtualizer.getTotalSize() - last.end, padding: 0, border: 0 }} /></tr>}
        </tbody>
      </table>
      {rows.length === 0 && <Notice>{t('imports.no_rows')}</Notice>}
    </section>
  )
}

type ColumnShown = AnalysisShown['columns'][number]

const ColumnHead = ({ column, fields, onField }: { column: ColumnShown } & Pick<SheetViewProps, 'fields' | 'onField'>) => {
  const t = useT()
  const { language } = useLanguage()
  const field = fields.find(({ key }) => key === column.field)
  return (
    <th scope="col">
      <div className={classes.letters}>
        <span>{column.letters}</span>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        {column.doubtful && <Tooltip label={t('imports.doubtful')}><span className={classes.doubt} tabIndex={0} aria-label={t('imports.doubtful')}>△</span></Tooltip>}
      </div>
      {onField && column.role !== 'added' ? (
        <NativeSelect
          size="xs" aria-label={t('imports.column_is', { column: `${column.letters} ${column.label}`.trim() })} value={column.field ?? ''}
          onChange={(event) => onField(column.index, event.currentTarget.value || null)}
          data={[
            { value: '', label: t('imports.not_read') },
            ...fields.map((one) => ({ value: one.key, label: `${one[language]}${one.required ? ' *' : ''}` })),
          ]}
        />
      ) : <span>{field?.[language] ?? t('imports.not_read')}</span>}
    </th>
  )
}

const SheetRow = ({ row, index, columns }: { row: SheetRowShown; index: number; columns: readonly ColumnShown[] }) => {
  const stray = row.marks.filter(({ column }) => column === null)
  return (
    <tr data-index={index} data-kind={row.kind} aria-rowindex={index + 1}>
      <Marked as="th" marks={stray} text={String(row.row)} />
      {columns.map((column) => (
        <Marked
          key={column.index} as="td" marks={row.marks.filter((mark) => mark.column === column.index)} text={row.cells[column.index] ?? ''}
          unread={column.field === null && row.kind === 'data'}
        />
      ))}
    </tr>
  )
}

/** A cell; what was said of it is told on hover and focus, and to those who listen. */
const Marked = ({ as: Cell, marks, text, unread = false }: { as: 'th' | 'td'; marks: readonly Mark[]; text: string; unread?: boolean }) => {
  const worst = SEVEREST.find((severity) => marks.some((mark) => mark.severity === severity))
  const scope = Cell === 'th' ? { scope: 'row' } : {}
  if (!worst) return <Cell {...scope} data-unread={unread || undefined} title={text.length > 30 ? text : undefined}>{text}</Cell>
  const said = marks.map(({ message }) => message)
  return (
    <Tooltip multiline maw={380} label={said.length === 1 ? said[0] : <ul className={classes.reasons}>{said.map((one, i) => <li key={i}>{one}</li>)}</ul>}>
      <Cell {...scope} data-mark={worst} tabIndex={0} aria-label={`${text} — ${said.join(' ')}`}>
        <span className={classes.sign} aria-hidden>{SIGNS[worst]}</span>{text}
      </Cell>
    </Tooltip>
  )
}
