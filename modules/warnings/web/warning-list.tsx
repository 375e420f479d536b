import { Button, Select } from '@mantine/core'
import { IconAdjustments, IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Instant, PlainDate } from '#base'
import { listJobs } from '#jobs/contract'
import { RunBar, useRun } from '#jobs/web'
import {
  DataTable, DisabledWithReason, EmptyState, Freshness, keyOf, PageHeader, ProblemNotice, ScreenLink, today, useAddress, useArea, useDay, useFormat, useGo, useMay,
  usePagesOf, useSend, useT, useToast, type Column,
} from '#web'
import { listWarnings, startRun, WARNING_RUN, warningTune, type WarningShown } from '../contract.ts'
import { DecideBar } from './decide-bar.tsx'
import { Severity } from './severity.tsx'
import { WarningMap } from './warning-map.tsx'
import classes from './warnings.module.css'

const VIEWS = { list: 'warnings', defaults: { status: '', method: '', severity: '' } }
const STATUSES = ['unsettled', 'open', 'acknowledged', 'investigating', 'dismissed', 'all'] as const
const METHODS = ['ears', 'farrington', 'scan'] as const
type Status = (typeof STATUSES)[number]
const oneOf = <T extends string>(all: readonly T[], text: string): T | undefined => all.find((one) => one === text)

const useColumns = (): readonly Column<WarningShown>[] => {
  const t = useT()
  const format = useFormat()
  return [
    { key: 'severity', title: t('warnings.severity'), width: 155, render: ({ severity }) => <Severity severity={severity} />, text: ({ severity }) => t(`warnings.severity.${severity}`), sortBy: ({ severity }) => severity },
    {
      key: 'area', title: t('warnings.area'), sortBy: ({ area }) => area.name,
      render: ({ id, area, cluster }) => (
        <>
          <ScreenLink to={`/warnings/${id}`}>{area.name}</ScreenLink>
          {area.level === 'commune' && area.within && <span className={classes.within}> {area.within}</span>}
          {cluster && cluster.areas.length > 1 && <span className={classes.within}> +{cluster.areas.length - 1}</span>}
        </>
      ),
    },
    { key: 'lastOn', title: t('warnings.last_on'), width: 105, render: ({ lastOn }) => format.day(lastOn as PlainDate), sortBy: ({ lastOn }) => lastOn },
    { key: 'observed', title: t('warnings.observed'), width: 70, numeric: true, render: ({ observed }) => format.whole(observed), sortBy: ({ observed }) => observed },
    { key: 'expected', title: t('warnings.expected'), width: 95, numeric: true, extra: true, render: ({ expected }) => format.number(expected), sortBy: ({ expected }) => expected },
    { key: 'bound', title: t('warnings.bound'), width: 85, numeric: true, render: ({ bound, cluster }) => (bound === null ? cluster && `p ${format.number(cluster.p, 3)}` : format.number(bound)), sortBy: ({ bound }) => bound },
    {
      key: 'status', title: t('warnings.status'), width: 115, sortBy: ({ status }) => status, text: ({ status }) => t(`warnings.status.${status}`),
      render: ({ status, worseAt, decision }) => (
        <span title={decision ? `${decision.by}${decision.reason === null ? '' : `: ${decision.reason}`}` : undefined}>
          {t(`warnings.status.${status}`)}{status === 'open' && worseAt !== null && <span className={classes.worse}> ({t('warnings.worse')})</span>}
        </span>
      ),
    },
    { key: 'method', title: t('warnings.how'), width: 105, render: ({ method }) => <span title={t(`warnings.method.${method}`)}>{t(`warnings.method_short.${method}`)}</span>, text: ({ method }) => t(`warnings.method.${method}`), sortBy: ({ method }) => method },
    { key: 'code', title: t('warnings.area_code'), width: 90, extra: true, render: ({ area }) => area.code, sortBy: ({ area }) => area.code },
    { key: 'within', title: t('warnings.within'), extra: true, render: ({ area }) => area.within, sortBy: ({ area }) => area.within },
    { key: 'decided', title: t('warnings.decided_by'), extra: true, render: ({ decision }) => (decision ? `${decision.by}, ${format.instant(decision.at as Instant)}` : ''), sortBy: ({ decision }) => decision?.at },
    { key: 'reason', title: t('warnings.reason'), extra: true, render: ({ decision }) => decision?.reason ?? '' },
    { key: 'firstOn', title: t('warnings.since'), width: 110, extra: true, render: ({ firstOn }) => format.day(firstOn as PlainDate), sortBy: ({ firstOn }) => firstOn },
  ]
}

const WarningList = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const toast = useToast()
  const cache = useQueryClient()
  const { code, area } = useArea()
  const { day } = useDay()
  const [{ status: askedStatus, method: askedMethod, severity }, set] = useAddress(VIEWS.defaults)
  const status: Status = oneOf(STATUSES, askedStatus) ?? 'unsettled'
  const method = oneOf(METHODS, askedMethod)
  const [hovered, setHovered] = useState<string>()
  const [selected, select] = useState<ReadonlySet<string>>(new Set())
  const columns = useColumns()

  const query = { on: day, to: day, status, ...(code === undefined ? {} : { area: code }), ...(method ? { method } : {}), ...(severity ? { severity } : {}) }
  const { pages, problem, loading, hasMore, more, all } = usePagesOf(
    listWarnings, (after: string | undefined) => ({ query: { ...query, ...(after === undefined ? {} : { after }) } }), ({ next }) => next ?? undefined,
  )
  const rows = useMemo(() => pages?.flatMap(({ warnings }) => warnings), [pages])
  const checked = pages?.[0]?.checked
  const { run, underWay } = useRun(WARNING_RUN, () => void cache.invalidateQueries({ queryKey: keyOf(listWarnings) }))
  const starting = useSend(startRun, { invalidates: [listJobs] })
  const may = useMay()(warningTune)
  const over = day < today()
  const start = async (): Promise<void> => {
    const started = await starting.send({ body: { on: day } })
    if (started.ok) toast.say(t('warnings.run_asked', { day: format.day(day) }))
  }
  const chosen = rows?.filter(({ id }) => selected.has(id)) ?? []
  const open = ({ id }: WarningShown): void => go(`/warnings/${id}`)
  const startButton = (
    <DisabledWithReason
      variant="default" leftSection={<IconRefresh size={16} />} loading={starting.pending || underWay} onClick={() => void start()}
      reason={!may ? t('warnings.may_not', { roles: warningTune.roles.map((role) => t(`role.${role}`)).join(', ') }) : over ? undefined : t('warnings.today_open', { day: format.day(day) })}
    >{t('warnings.run', { day: format.day(day) })}</DisabledWithReason>
  )
  return (
    <div className={classes.screen}>
      <PageHeader
        title={t('warnings.title')}
        about={`${area?.name ?? ''} · ${t('warnings.about')}${checked ? ` · ${t('warnings.checked', { day: format.day(checked.on as PlainDate), at: format.instant(checked.at as Instant) })}` : ''}`}
        actions={(
          <>
            <Button variant="default" leftSection={<IconAdjustments size={16} />} onClick={() => go('/warnings/sensitivity')}>{t('warnings.tune')}</Button>
            {startButton}
          </>
        )}
      />
      {checked && <Freshness until={checked.at as Instant} />}
      <ProblemNotice problem={problem ?? starting.problem} />
      <RunBar run={run} label={t('warnings.running')} detail={(done, total) => t('warnings.run_steps', { done, total })} />
      <div className={classes.pair}>
        <div className={classes.list}>
          <DataTable
            name="warnings" label={t('warnings.table')} columns={columns} rows={problem ? [] : rows} rowKey={({ id }) => id} onOpen={open}
            current={rows?.find((row) => String(row.area.id) === hovered)?.id} onHover={(row) => setHovered(row && String(row.area.id))}
            selected={selected} onSelect={select} loading={loading} {...(hasMore ? { onMore: more, count: { rows: rows?.length ?? 0, more: true } } : {})}
            empty={checked === null
              ? <EmptyState title={t('warnings.never')} action={startButton}>{t('warnings.never_about')}</EmptyState>
              : <EmptyState title={t('warnings.none')}>{t('warnings.none_about')}</EmptyState>}
            filters={(
              <>
                <Select
                  className={classes.filter} aria-label={t('warnings.status')} allowDeselect={false} value={status} onChange={(next) => set({ status: next === 'unsettled' ? '' : (next ?? '') })}
                  data={STATUSES.map((one) => ({ value: one, label: t(one === 'unsettled' || one === 'all' ? `warnings.filter.${one}` : `warnings.status.${one}`) }))}
                />
                <Select
                  className={classes.filter} aria-label={t('warnings.how')} placeholder={t('warnings.any_method')} clearable value={method ?? null} onChange={(next) => set({ method: next ?? '' })}
                  data={METHODS.map((one) => ({ value: one, label: t(`warnings.method.${one}`) }))}
                />
                <Select
                  className={classes.filter} aria-label={t('warnings.severity')} placeholder={t('warnings.any_severity')} clearable value={severity || null} onChange={(next) => set({ severity: next ?? '' })}
                  data={['2', '3'].map((one) => ({ value: one, label: t('warnings.from_severity', { severity: t(`warnings.severity.${one}`) }) }))}
                />
              </>
            )}
            views={VIEWS} file={{ all: () => all(({ warnings }) => warnings) }}
          />
          {rows && rows.length > 0 && <DecideBar warnings={chosen} onDecided={() => select(new Set())} />}
        </div>
        <div className={`${classes.map} no-print`}>
          <WarningMap
            warnings={(rows ?? []).filter((one) => one.status === 'open' || one.status === 'investigating')} on={day} extent={code ?? ''} within={area?.id}
            hovered={hovered} onHover={setHovered} onOpen={open}
          />
        </div>
      </div>
    </div>
  )
}
export default WarningList
