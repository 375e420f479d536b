import { SegmentedControl, Skeleton, Switch } from '@mantine/core'
import { useMemo } from 'react'
import { addDays, parseDate, type AnswerOf, type PlainDate } from '#base'
import { compareLevels } from '#levels/contract'
import {
  Chart, DataTable, DayPicker, EmptyState, LevelBadge, Notice, problemIn, ProblemNotice, ScreenLink, today, useAddress, useAreas, useChartColours, useFormat, useQueryOf, useT,
  type Column,
} from '#web'
import type { DraftData } from './use-draft-editor.ts'
import classes from './draft.module.css'
import type { Fault } from './use-faults.ts'

type Compared = AnswerOf<typeof compareLevels>
type Change = Compared['changes'][number]

/** As much as one answer covers. Unit: days. */
const LONGEST = 399
const TIERS = ['commune', 'district', 'province'] as const

interface DraftPreviewProps {
  readonly draft: DraftData['draft']
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly faults: readonly Fault[]
  /** The label of a table of the draft in the reader's language. */
  readonly label: (table: string) => string
}

const earlier = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b)

/** Which units would have another level on which days under the draft, and why. */
export const DraftPreview = ({ draft, validFrom, validTo, faults, label }: DraftPreviewProps) => {
  const t = useT()
  const [address, set] = useAddress({ from: '', to: '', throughout: '', tier: 'commune' })
  const day = (text: string): PlainDate | undefined => {
    const parsed = parseDate(text)
    return parsed.ok ? parsed.value : undefined
  }
  const from = day(address.from) ?? earlier(validFrom, today())
  const to = day(address.to) ?? earlier(earlier(validTo ?? today(), today()), addDays(from, LONGEST))
  const throughout = address.throughout === '1'
  // A draft for the whole country is looked at where the deployment has figures: in its province.
  const { byCode, ready: known } = useAreas(to)
  const area = byCode(draft.areaCode)?.code
  const ready = known && faults.length === 0 && from <= to
  const { data, error, isFetching, refetch } = useQueryOf(compareLevels, ready ? { body: { from, to, ...(area === undefined ? {} : { area }), a: {}, b: { draft: draft.id }, throughout } } : undefined, { freshFor: Infinity })
  return (
    <>
      <div className={`${classes.period} no-print`}>
        <DayPicker label={t('rulebooks.preview_from')} value={from} onChange={(next) => set({ from: next })} />
        <DayPicker label={t('rulebooks.preview_to')} value={to} onChange={(next) => set({ to: next })} />
        <Switch label={t('rulebooks.throughout')} description={t('rulebooks.throughout_about')} checked={throughout} onChange={(event) => set({ throughout: event.currentTarget.checked ? '1' : '' })} />
        <SegmentedControl
          size="xs" aria-label={t('rulebooks.tier')} value={address.tier} onChange={(tier) => set({ tier })} data={TIERS.map((tier) => ({ value: tier, label: t(`rulebooks.tiers.${tier}`) }))}
        />
      </div>
      {faults.length > 0 && <Notice warning>{t('rulebooks.preview_faulty', { count: faults.length })}</Notice>}
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      {ready && !error && (data && !isFetching ? <Found data={data} tier={address.tier} from={from} to={to} label={label} /> : <Skeleton height={320} aria-label={t('rulebooks.preview_running')} />)}
    </>
  )
}

const Found = ({ data, tier, from, to, label }: { data: Compared; tier: string; from: PlainDate; to: PlainDate; label: (table: string) => string }) => {
  const t = useT()
  const format = useFormat()
  const rows = useMemo(() => data.changes.filter((one) => one.levelOfArea === tier), [data, tier])
  const sum = (count: (one: Change) => number): number => rows.reduce((total, one) => total + count(one), 0)
  const up = sum((one) => (one.from !== null && one.to !== null && one.to > one.from ? one.days : 0))
  const down = sum((one) => (one.from !== null && one.to !== null && one.to < one.from ? one.days : 0))
  const open = sum((one) => one.days) - up - down
  const units = new Set(rows.map((one) => one.areaId)).size
  const columns: Column<Change>[] = [
    { key: 'name', title: t(`rulebooks.tiers.${tier}`), width: 190, render: (one) => <ScreenLink to={`/levels/${one.area}`} search={{ day: one.since, area: one.area }}>{one.name}</ScreenLink>, sortBy: (one) => one.name },
    { key: 'within', title: t('rulebooks.within'), width: 160, render: (one) => one.within ?? '', sortBy: (one) => one.within },
    {
      key: 'since', title: t('rulebooks.days_changed'), width: 220, sortBy: (one) => one.since,
      render: (one) => `${format.day(one.since as PlainDate)}${one.since === one.until ? '' : ` – ${format.day(one.until as PlainDate)}`}`,
    },
    { key: 'days', title: t('rulebooks.day_count'), width: 84, numeric: true, render: (one) => format.whole(one.days), sortBy: (one) => one.days },
    {
      key: 'turn', title: t('rulebooks.from_to_level'), width: 130, sortBy: (one) => (one.to ?? 0) * 10 + (one.from ?? 0),
      render: (one) => (
        <span className={classes.turn}>
          <LevelBadge level={one.from} possible={[...one.fromPossible].map(Number)} size={18} /><span aria-label={t('rulebooks.becomes')}>→</span>
          <LevelBadge level={one.to} possible={[...one.toPossible].map(Number)} size={18} />
        </span>
      ),
    },
    { key: 'why', title: t('rulebooks.why'), render: (one) => <Why change={one} label={label} /> },
  ]
  const sheet = (listed: readonly Change[]) => [
    [t(`rulebooks.tiers.${tier}`), t('rulebooks.code'), t('rulebooks.within'), t('rulebooks.preview_from'), t('rulebooks.preview_to'), t('rulebooks.day_count'), t('rulebooks.level_before'), t('rulebooks.level_after'), t('rulebooks.why')],
    ...listed.map((one) => [one.name, one.area, one.within, one.since, one.until, one.days, one.from ?? one.fromPossible, one.to ?? one.toPossible, whyText(one, label, t)]),
  ]
  return (
    <>
      <p className={classes.sum}>
        <span><strong>{format.whole(units)}</strong> {t(`rulebooks.units_change.${tier}`)}</span>
        <span><strong>{format.whole(up)}</strong> {t('rulebooks.up_days')}</span>
        <span><strong>{format.whole(down)}</strong> {t('rulebooks.down_days')}</span>
        {open > 0 && <span><strong>{format.whole(open)}</strong> {t('rulebooks.open_days')}</span>}
      </p>
      {rows.length > 0 && tier === 'commune' && <PerDay data={data} from={from} to={to} />}
      <DataTable
        name="rulebook-preview" label={t('rulebooks.preview_table')} columns={columns} rows={rows} rowKey={(one) => `${one.areaId} ${one.since}`}
        file={{ sheet }}
        empty={<EmptyState title={t('rulebooks.preview_none')}>{t('rulebooks.preview_none_about')}</EmptyState>}
      />
    </>
  )
}

/** “Bảng Mức lây nhiễm: dòng 2 → dòng 3”, as plain text. */
const whyText = ({ because }: Change, label: (table: string) => string, t: ReturnType<typeof useT>): string => {
  if (!because) return t('rulebooks.why_open')
  const row = (step: typeof because.before): string => (step?.row == null ? t('rulebooks.no_row') : t('rulebooks.row_n', { row: step.row }))
  return `${label(because.table)}: ${row(because.before)} → ${row(because.after)}`
}

const Why = ({ change, label }: { change: Change; label: (table: string) => string }) => {
  const t = useT()
  const format = useFormat()
  const { because } = change
  const asked = Object.entries(because?.after?.inputs ?? because?.before?.inputs ?? {}).filter(([, value]) => typeof value === 'number')
  return (
    <span className={classes.why} title={because?.after?.clause ?? undefined}>
      {whyText(change, label, t)}
      {asked.length === 1 && asked[0] && ` (${format.number(asked[0][1] as number)})`}
    </span>
  )
}

/** How many units differ on each day: those higher above the line, those lower below it. */
const PerDay = ({ data, from, to }: { data: Compared; from: PlainDate; to: PlainDate }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const { days, counts } = data
  const option = useMemo(() => ({
    animation: false,
    aria: { enabled: true },
    legend: { top: 0, data: [t('rulebooks.up'), t('rulebooks.down')] },
    grid: { left: 8, right: 16, top: 32, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: days.map((one) => format.shortDay(one as PlainDate)), axisLabel: { hideOverlap: true } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: (value: number) => format.whole(Math.abs(value)) } },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: unknown) => (typeof value === 'number' ? format.whole(Math.abs(value)) : '–') },
    series: [
      { name: t('rulebooks.up'), type: 'bar', stack: 'turn', barCategoryGap: '10%', itemStyle: { color: colours.series[1] }, data: counts.map(({ up }) => up) },
      { name: t('rulebooks.down'), type: 'bar', stack: 'turn', itemStyle: { color: colours.series[0] }, data: counts.map(({ down }) => -down) },
    ],
  }), [days, counts, colours.ink, format, t])
  return (
    <Chart
      label={t('rulebooks.per_day')} name={`${t('rulebooks.preview_file')}-${from}-${to}`} height={220} option={option}
      data={{ columns: [t('rulebooks.day'), t('rulebooks.up'), t('rulebooks.down')], rows: days.map((one, d) => [format.day(one as PlainDate), counts[d]?.up ?? 0, counts[d]?.down ?? 0]) }}
    />
  )
}
