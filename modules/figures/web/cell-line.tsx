import type { Instant } from '#base'
import { useFormat, useT } from '#web'
import classes from './figures.module.css'
import { markOf, MARK_TEXTS } from './grid-cell.tsx'
import { cellKey, type Sheet } from './sheet.ts'
import { useActiveKey, useCell } from './use-sheet.ts'
import { useWords } from './use-words.ts'

/** Everything about the cell with the cursor, in one line under the grid: who reported it, what stands in its way. */
export const CellLine = ({ sheet }: { sheet: Sheet }) => {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const key = useActiveKey(sheet)
  const view = useCell(sheet, key ?? '')
  const area = sheet.rows[sheet.active.row]
  const metric = sheet.metrics[sheet.active.column]
  if (!area || !metric || key !== cellKey(area.areaId, metric.code)) return null
  const { server, draft, fault } = view
  const mark = markOf(view)
  const yesterday = area.yesterday[metric.code]
  const parts = [
    mark && t(MARK_TEXTS[mark]),
    yesterday !== undefined && t('figures.yesterday', { value: words.value(yesterday) }),
    draft && server && t('figures.replaces', { value: words.value(server.value) }),
    !draft && server?.hold && server.status === 'held' && words.hold(server.hold),
    !draft && server?.status === 'rejected' && t('figures.rejected_because', { reason: server.decidedReason ?? '' }),
    server ? t('figures.from', { by: server.recordedBy, at: format.instant(server.recordedAt as Instant), source: server.source }) : !draft && t('figures.empty'),
  ].filter((part) => typeof part === 'string')
  return (
    <div className={`${classes.line} no-print`} aria-live="polite">
      <strong>{area.name} · {words.metricName(metric)}</strong>
      {fault && <span className={classes.fault}>{words.fault(fault)}</span>}
      <span>{parts.join(' · ')}</span>
    </div>
  )
}
