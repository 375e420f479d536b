import { Switch, Tabs } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { AnswerOf, Instant } from '#base'
import { keyOf, Notice, PageHeader, problemIn, ProblemNotice, useAddress, useFormat, usePagesOf, useQueryOf, useSend, useT } from '#web'
import { arrangeImport, checkImport, getAnalysis, getImport, getRows, listFaults, listImports, type AnalysisShown, type RunShown } from '../contract.ts'
import { AreaChoices } from './area-choices.tsx'
import { ArrangeBar, type Arrangement } from './arrange-bar.tsx'
import { FaultList } from './fault-list.tsx'
import classes from './imports.module.css'
import { RunState } from './run-state.tsx'
import { SheetView } from './sheet-view.tsx'

/** How often work under way is asked for. Unit: milliseconds. */
const POLL = 700
const PAGE = 300

/** One import from the sheet to the report; everything of it is kept on the server, so the address is enough to come back. */
const ImportPage = () => {
  const { id } = useParams({ strict: false })
  const cache = useQueryClient()
  const input = id === undefined ? undefined : { params: { id } }
  const known = cache.getQueryData<AnswerOf<typeof getImport>>(keyOf(getImport, input ?? null))
  const found = useQueryOf(getImport, input, { keep: false, freshFor: 0, ...(known?.run.progress ? { every: POLL } : {}) })
  const understood = useQueryOf(getAnalysis, input, { keep: false, freshFor: 0 })
  const run = found.data?.run

  // What was read of rows and columns is as old as the import's last change.
  const mark = run && `${run.changedAt} ${run.status} ${run.progress === null}`
  const seen = useRef(mark)
  useEffect(() => {
    if (mark !== undefined && seen.current !== undefined && seen.current !== mark) {
      for (const one of [getAnalysis, getRows, listFaults, listImports]) void cache.invalidateQueries({ queryKey: keyOf(one) })
    }
    seen.current = mark
  }, [mark, cache])

  if (found.error) return <ProblemNotice problem={problemIn(found.error)} retry={() => void found.refetch()} />
  if (!run || !understood.data) return <ProblemNotice problem={problemIn(understood.error)} retry={() => void understood.refetch()} />
  return <Shown key={run.id} run={run} analysis={understood.data.analysis} fault={understood.data.problem} />
}
export default ImportPage

interface ShownProps {
  readonly run: RunShown
  readonly analysis: AnalysisShown | null
  /** Why the file cannot be read as it is. */
  readonly fault: { readonly code: string; readonly message: string } | null
}

const Shown = ({ run, analysis, fault }: ShownProps) => {
  const t = useT()
  const format = useFormat()
  const [{ view }, setAddress] = useAddress({ view: 'sheet' })
  const arrange = useSend(arrangeImport, { invalidates: [getImport, getAnalysis, getRows, listFaults] })
  const check = useSend(checkImport, { invalidates: [getImport] })
  const [byHand, setByHand] = useState(false)
  const onArrange = (to: Arrangement): void => {
    setByHand(false)
    void arrange.send({ params: { id: run.id }, body: to })
  }
  const { send: startCheck } = check

  // A file that is understood is looked through at once; the sender sees every fault before anything is written.
  const ready = run.status === 'uploaded' && run.progress === null && run.problem === null && analysis?.missing.length === 0 && !byHand && !arrange.pending
  useEffect(() => {
    if (ready) void startCheck({ params: { id: run.id }, body: {} })
  }, [ready, run.id, startCheck])

  const onField = (column: number, field: string | null): void => {
    const mapping: Record<string, number> = {}
    for (const one of analysis?.columns ?? []) if (one.field !== null && one.field !== field && one.index !== column) mapping[one.field] = one.index
    if (field !== null) mapping[field] = column
    onArrange({ mapping })
  }

  return (
    <div className={classes.stack}>
      <PageHeader
        title={run.fileName || t('imports.unnamed')}
        about={`${t(`import.kind.${run.kind}`)} · ${run.sender || t('imports.no_sender')} · ${run.by} · ${format.instant(run.createdAt as Instant)}`}
      />
      {run.mayArrange && <ArrangeBar run={run} analysis={analysis} onArrange={onArrange} />}
      <ProblemNotice problem={arrange.problem ?? check.problem} />
      {fault && <ProblemNotice problem={{ code: fault.code, title: fault.message, status: 422 }} />}
      {analysis && run.mayArrange && <Missing analysis={analysis} />}
      {analysis && run.mayArrange && <AreaChoices choices={analysis.choices} onChoose={(option, areaId) => onArrange({ options: { [option]: areaId === null ? '' : String(areaId) } })} />}
      <RunState run={run} analysis={analysis} onCancelled={() => setByHand(true)} onCheck={() => void startCheck({ params: { id: run.id }, body: {} })} />
      {analysis && (
        <Tabs value={view} onChange={(next) => setAddress({ view: next ?? undefined })}>
          <Tabs.List>
            <Tabs.Tab value="sheet">{t('imports.sheet')}</Tabs.Tab>
            <Tabs.Tab value="faults">{t('imports.faults')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="sheet" pt="sm"><Sheet run={run} analysis={analysis} onField={run.mayArrange ? onField : undefined} /></Tabs.Panel>
          <Tabs.Panel value="faults" pt="sm"><FaultList id={run.id} /></Tabs.Panel>
        </Tabs>
      )}
    </div>
  )
}

const Missing = ({ analysis }: { analysis: AnalysisShown }) => {
  const t = useT()
  const names = analysis.fields.filter(({ key }) => analysis.missing.includes(key))
  if (names.length > 0) return <Notice warning>{t('problem.columns_missing', { vi: names.map(({ vi }) => vi).join(', '), en: names.map(({ en }) => en).join(', ') })}</Notice>
  return analysis.remembered ? <Notice>{t('imports.remembered')}</Notice> : null
}

const Sheet = ({ run, analysis, onField }: { run: RunShown; analysis: AnalysisShown; onField: ((column: number, field: string | null) => void) | undefined }) => {
  const t = useT()
  const [{ only }, set] = useAddress({ only: '' })
  const refused = only === 'refused'
  const { pages, problem, hasMore, more } = usePagesOf(
    getRows,
    (from: number | undefined) => ({ params: { id: run.id }, query: { limit: PAGE, ...(from === undefined ? {} : { from }), ...(refused ? { only: 'refused' as const } : {}) } }),
    ({ next }) => next ?? undefined,
  )
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  return (
    <div className={classes.stack}>
      <Switch checked={refused} label={t('imports.only_refused')} onChange={(event) => set({ only: event.currentTarget.checked ? 'refused' : '' })} />
      <ProblemNotice problem={problem} />
      <SheetView rows={rows} columns={analysis.columns} fields={analysis.fields} onField={onField} onMore={hasMore ? more : undefined} />
    </div>
  )
}
