import { IconCheck, IconPlayerPause, IconX } from '@tabler/icons-react'
import { memo, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useT } from '#web'
import classes from './figures.module.css'
import { cellKey, type CellView, type Sheet, type SheetMetric, type SheetRow } from './sheet.ts'
import { useCell, useCursor } from './use-sheet.ts'
import { useWords } from './use-words.ts'

interface CellProps {
  readonly sheet: Sheet
  readonly row: number
  readonly column: number
  readonly area: SheetRow
  readonly metric: SheetMetric
}

/** What state a cell is in, in one word for colour, shape and sound alike. */
export const markOf = ({ server, draft, fault, phase }: CellView): 'fault' | 'sending' | 'draft' | 'sent' | 'held' | 'rejected' | undefined => {
  if (fault) return 'fault'
  if (phase === 'sending') return 'sending'
  if (draft) return 'draft'
  if (server?.status === 'held') return 'held'
  if (server?.status === 'rejected') return 'rejected'
  return phase === 'sent' ? 'sent' : undefined
}

const SIGNS: Readonly<Record<NonNullable<ReturnType<typeof markOf>>, ReactNode>> = {
  fault: '!', sending: '…', draft: '•', sent: <IconCheck size={12} />, held: <IconPlayerPause size={12} />, rejected: <IconX size={12} />,
}
export const MARK_TEXTS = {
  fault: 'figures.mark_fault', sending: 'figures.mark_sending', draft: 'figures.mark_draft', sent: 'figures.mark_sent', held: 'figures.mark_held',
  rejected: 'figures.mark_rejected',
} as const

/** One cell of the grid. It listens to itself alone: typing draws one cell, moving two. */
export const GridCell = memo(({ sheet, row, column, area, metric }: CellProps) => {
  const t = useT()
  const words = useWords()
  const key = cellKey(area.areaId, metric.code)
  const view = useCell(sheet, key)
  const cursor = useCursor(sheet, row, column)
  const box = useRef<HTMLTableCellElement>(null)
  const { server, draft, fault } = view
  const mark = markOf(view)
  const yesterday = area.yesterday[metric.code]
  // A figure that was rejected is gone; one that is held is shown, and counts as missing.
  const shown = draft ? words.typed(metric, draft.text) : server && server.status !== 'rejected' ? words.value(server.value) : ''
  const why = fault ? words.fault(fault)
    : !draft && server?.status === 'held' && server.hold ? words.hold(server.hold)
    : !draft && server?.status === 'rejected' ? t('figures.rejected_because', { reason: server.decidedReason ?? '' })
    : undefined

  useEffect(() => {
    // The cursor takes the focus along, unless the reader is at work elsewhere on the page.
    if (cursor === 'active' && box.current?.closest('table')?.contains(document.activeElement)) box.current.focus()
  }, [cursor])

  return (
    <td
      ref={box}
      className={classes.cell}
      data-mark={mark}
      data-cursor={cursor}
      data-readonly={area.writable ? undefined : true}
      tabIndex={cursor === 'active' ? 0 : -1}
      aria-invalid={fault ? true : undefined}
      title={why}
      data-row={row}
      data-column={column}
    >
      {cursor === 'editing' ? <Editor sheet={sheet} metric={metric} label={`${area.name}, ${words.metricName(metric)}`} /> : (
        <span className={classes.inside}>
          {yesterday !== undefined && <span className={classes.yesterday} aria-label={t('figures.yesterday', { value: words.value(yesterday) })}>{words.value(yesterday)}</span>}
          <span className={classes.value}>{shown}</span>
          <span className={classes.sign} aria-label={mark && t(MARK_TEXTS[mark])}>{mark && SIGNS[mark]}</span>
        </span>
      )}
    </td>
  )
})
GridCell.displayName = 'GridCell'

/** Enter, Tab and Escape leave the editor; everything else is typing. */
const Editor = ({ sheet, metric, label }: { sheet: Sheet; metric: SheetMetric; label: string }) => {
  const words = useWords()
  const [text, setText] = useState(sheet.editing?.text ?? '')
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const done = useRef(false)
  const begunWith = useRef(text)
  // Before the key that opened the editor takes effect, so that it is typed here.
  useLayoutEffect(() => {
    input.current?.focus()
    // Begun by a key: what is typed next goes after it. Begun by F2 or a double click: all is there to be replaced.
    if (input.current instanceof HTMLInputElement && begunWith.current !== '') input.current.select()
  }, [])
  const close = (take: boolean): void => {
    if (done.current) return
    done.current = true
    if (take) sheet.commit(input.current?.value ?? text)
    else sheet.cancel()
  }
  /** By a key: the editor goes with its focus, and the cell that has the cursor then takes it before the next key can come. */
  const leave = (take: boolean, move?: () => void): void => {
    const table = input.current?.closest('table')
    flushSync(() => {
      close(take)
      move?.()
    })
    table?.querySelector<HTMLElement>('td[data-cursor]')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const { key } = event
    if (key === 'Enter') leave(true, () => sheet.move(event.shiftKey ? -1 : 1, 0))
    else if (key === 'Tab') leave(true, () => sheet.next(event.shiftKey ? -1 : 1))
    else if (key === 'Escape') leave(false)
    else if (metric.kind !== 'category' && (key === 'ArrowDown' || key === 'ArrowUp')) leave(true, () => sheet.move(key === 'ArrowDown' ? 1 : -1, 0))
    else {
      // Ctrl-S takes the cell and goes on to the grid, which sends; other keys are the editor's own.
      if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 's') leave(true)
      else event.stopPropagation()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const common = {
    ref: input, className: classes.editor, value: text, onKeyDown, onBlur: () => close(true),
    onPaste: (event: { stopPropagation: () => void }) => event.stopPropagation(),
  }
  if (metric.kind !== 'category') return <input {...common} aria-label={label} inputMode="numeric" autoComplete="off" onChange={(event) => setText(event.currentTarget.value)} />
  return (
    <select {...common} aria-label={label} onChange={(event) => setText(event.currentTarget.value)}>
      <option value="">—</option>
      {metric.categories.map((code) => <option key={code} value={code}>{words.category(code)}</option>)}
    </select>
  )
}
