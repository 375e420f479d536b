import { Button } from '@mantine/core'
import { IconArrowBackUp, IconDownload, IconPlayerPlay } from '@tabler/icons-react'
import type { Instant } from '#base'
import { DisabledWithReason, hrefOf, Notice, ProblemNotice, Progress, ScreenLink, useFormat, useSend, useT } from '#web'
import { cancelImport, commitImport, getAnalysis, getBadRows, getImport, listFaults, getRows, listImports, undoImport, type AnalysisShown, type RunShown } from '../contract.ts'
import classes from './imports.module.css'
import { stateKey, useNumbers } from './run-words.ts'

const REREAD = [getImport, getAnalysis, getRows, listFaults, listImports]

interface RunStateProps {
  readonly run: RunShown
  readonly analysis: AnalysisShown | null
  /** A preview was stopped by hand: it is not started again by itself. */
  readonly onCancelled: () => void
  readonly onCheck: () => void
}

/** Where an import stands, in numbers, and what can be done next. */
export const RunState = ({ run, analysis, onCancelled, onCheck }: RunStateProps) => {
  const t = useT()
  const format = useFormat()
  const numbers = useNumbers()
  const commit = useSend(commitImport, { invalidates: REREAD })
  const cancel = useSend(cancelImport, { invalidates: REREAD })
  const undo = useSend(undoImport, { invalidates: REREAD })
  const input = { params: { id: run.id }, body: {} }
  const { progress, status, counts } = run

  if (progress) {
    const { phase, rows, expected, estimated } = progress
    const stop = (): void => {
      onCancelled()
      void cancel.send(input)
    }
    return (
      <div className={classes.stack}>
        <Progress
          label={t(`imports.phase.${phase}`)} done={expected === null || phase === 'undo' ? undefined : Math.min(1, rows / Math.max(1, expected))}
          detail={phase === 'undo' ? '' : t(expected === null ? 'imports.progress' : estimated ? 'imports.progress_about' : 'imports.progress_of', {
            rows: format.whole(rows), expected: format.whole(expected ?? 0),
          })}
          onCancel={phase === 'undo' ? undefined : stop}
        />
        {phase === 'commit' && <Notice>{t('imports.goes_on')}</Notice>}
        <ProblemNotice problem={cancel.problem} />
      </div>
    )
  }

  const missing = analysis?.missing.length ?? 0
  const stopped = status === 'cancelled' || status === 'interrupted' || status === 'failed'
  const reason = analysis === null ? t('imports.not_understood') : missing > 0 ? t('imports.columns_first')
    : status === 'checked' && counts.accepted === 0 ? t('imports.nothing_to_take') : undefined
  return (
    <div className={classes.stack}>
      {analysis?.sameFile && run.mayCommit && run.batches === 0 && (
        <Notice warning>
          {t('imports.same_file', {
            by: analysis.sameFile.by, at: format.instant(analysis.sameFile.createdAt as Instant), accepted: format.whole(analysis.sameFile.accepted),
          })} <ScreenLink to={`/imports/${analysis.sameFile.id}`}>{t('imports.see_it')}</ScreenLink>
        </Notice>
      )}
      {stopped && run.batches > 0 && <Notice warning>{t(`imports.stopped.${status}`, { row: format.whole(run.rowReached ?? 0) })}</Notice>}
      {run.problem && <ProblemNotice problem={{ code: run.problem.code, title: run.problem.message, status: 422 }} />}
      <div className={classes.numbers}>
        <strong>{t(stateKey(run))}</strong>
        {status !== 'uploaded' && <output>{numbers(counts)}</output>}
        {run.undoneAt && <span>{format.instant(run.undoneAt as Instant)}</span>}
        {run.mayCommit && (
          <DisabledWithReason leftSection={<IconPlayerPlay size={16} />} reason={reason} loading={commit.pending} onClick={() => void commit.send(input)}>
            {run.batches > 0 ? t('imports.continue') : status === 'checked' ? t('imports.take_rows', { rows: format.whole(counts.accepted) }) : t('imports.take')}
          </DisabledWithReason>
        )}
        {run.mayArrange && missing === 0 && analysis && <Button variant="default" onClick={onCheck}>{t('imports.check_again')}</Button>}
        {counts.rejected > 0 && status !== 'uploaded' && (
          <Button component="a" variant="default" leftSection={<IconDownload size={16} />} href={hrefOf(getBadRows, { params: { id: run.id } })} download>
            {t('imports.bad_rows', { rejected: format.whole(counts.rejected) })}
          </Button>
        )}
        {run.kind === 'cases' && status === 'done' && <ScreenLink to="/cases" search={{ importId: run.id }}>{t('imports.see_cases')}</ScreenLink>}
        {run.kind === 'lineages' && status === 'done' && <ScreenLink to="/lineages">{t('imports.see_lineages')}</ScreenLink>}
        {run.kind === 'serology' && status === 'done' && <ScreenLink to="/lineages/serology">{t('imports.see_serology')}</ScreenLink>}
        {run.mayUndo && (
          <Button variant="default" leftSection={<IconArrowBackUp size={16} />} loading={undo.pending} onClick={() => void undo.send(input)}>{t('imports.undo')}</Button>
        )}
      </div>
      <ProblemNotice problem={commit.problem ?? undo.problem} />
    </div>
  )
}
