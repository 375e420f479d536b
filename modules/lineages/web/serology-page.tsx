import { Select, Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import type { Instant, PlainDate } from '#base'
import {
  Chart, DataTable, EmptyState, NumberTable, hrefOf, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useAddress, useArea, useChartColours, useDay, useFormat, useGo, useQueryOf, useT,
} from '#web'
import { exportSerology, getSerology, type PrevalenceShown, type SerologyShown } from '../contract.ts'
import { ageGroup } from '../serosurvey.ts'
import { BeginHere, DeskActions, DeskTabs } from './desk.tsx'
import classes from './lineages.module.css'

type Survey = NonNullable<SerologyShown['survey']>
type Estimate = PrevalenceShown['raw']

const SerologyPage = () => {
  const t = useT()
  const format = useFormat()
  const { code, area } = useArea()
  const { day: on } = useDay()
  const [{ survey: asked }, set] = useAddress({ survey: '' })
  const query = { ...(code === undefined ? {} : { area: code }), on, ...(asked === '' ? {} : { survey: asked }) }
  const { data: shown, error, refetch, isPlaceholderData } = useQueryOf(getSerology, code === undefined ? undefined : { query }, { live: ['serology'] })
  const survey = shown?.survey
  return (
    <div className={classes.screen} data-settling={isPlaceholderData || undefined}>
      <PageHeader
        title={t('serology.of', { area: area?.name ?? '' })} about={t('serology.about', { area: area?.name ?? '', day: format.day(on) })}
        actions={survey && <DeskActions of="serology" exported={hrefOf(exportSerology, { query })} />}
      />
      <DeskTabs at="serology" />
      {shown && survey && (
        <div className={`${classes.choices} no-print`}>
          <Select
            className={classes.wide} label={t('serology.survey')} allowDeselect={false} value={survey.key} onChange={(next) => set({ survey: next ?? '' })}
            data={shown.surveys.map(({ key, name, from, to }) => {
              const period = { from: format.day(from as PlainDate), to: format.day(to as PlainDate) }
              return { value: key, label: name === '' ? t('serology.unnamed', period) : t('serology.survey_option', { name, ...period }) }
            })}
          />
        </div>
      )}
      <ProblemNotice problem={problemIn(error)} retry={() => (asked === '' ? void refetch() : set({ survey: '' }))} />
      {!shown && !error && <Skeleton height={400} />}
      {shown && !survey && (
        <EmptyState title={t('serology.none', { day: format.day(on) })} action={<BeginHere of="serology" />}>{t('serology.none_about')}</EmptyState>
      )}
      {shown && survey && (
        <>
          <Sentences shown={shown} survey={survey} />
          <AgeChart shown={shown} survey={survey} />
          <AgeTable survey={survey} />
          <BelowTable survey={survey} />
          <section>
            <h2 className={classes.section}>{t('serology.assays')}</h2>
            <Assays survey={survey} />
          </section>
        </>
      )}
    </div>
  )
}
export default SerologyPage

const Sentences = ({ shown, survey }: { shown: SerologyShown; survey: Survey }) => {
  const t = useT()
  const format = useFormat()
  const { whole } = survey
  const named = ({ lower, upper }: Estimate) => ({ lower: format.percent(lower), upper: format.percent(upper) })
  const sender = shown.surveys.find(({ key }) => key === survey.key)?.sender ?? ''
  return (
    <div className={classes.sentences}>
      <p>
        {t('serology.sentence', { positive: format.whole(whole.positive), tested: format.whole(whole.tested), raw: format.percent(whole.raw.share), ...named(whole.raw) })}{' '}
        <strong>{whole.corrected ? t('serology.sentence_corrected', { corrected: format.percent(whole.corrected.share), ...named(whole.corrected) }) : t(`serology.why.${whole.why ?? 'no_assay'}`)}</strong>{' '}
        {t('serology.recorded', { at: format.instant(survey.recordedAt as Instant) })} {sender !== '' && t('serology.sender', { sender })}
      </p>
      {whole.exact && <Notice warning>{t('serology.exact')}</Notice>}
    </div>
  )
}

/** Measured and corrected side by side in each age group, with their intervals. */
const AgeChart = ({ shown, survey }: { shown: SerologyShown; survey: Survey }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const { ages } = survey
  const option = useMemo(() => {
    const series = (name: string, offset: number, colour: string | undefined, symbol: string, of: (one: PrevalenceShown) => Estimate | null): object => {
      const points = ages.flatMap((one, n) => {
        const estimate = of(one)
        return estimate ? [{ at: n + offset, ...estimate }] : []
      })
      return {
        type: 'scatter', name, symbol, symbolSize: 10, itemStyle: { color: colour }, data: points.map(({ at, share }) => [at, share]),
        markLine: { silent: true, symbol: ['none', 'none'], label: { show: false }, lineStyle: { color: colour, type: 'solid', width: 2 }, data: points.map(({ at, lower, upper }) => [{ coord: [at, lower] }, { coord: [at, upper] }]) },
      }
    }
    const top = Math.min(1, Math.max(0.05, ...ages.flatMap(({ raw, corrected }) => [raw.upper, corrected?.upper ?? 0])) * 1.05)
    return {
      xAxis: {
        type: 'value', min: -0.5, max: ages.length - 0.5, interval: 0.5, splitLine: { show: false }, axisTick: { show: false },
        axisLabel: { formatter: (at: number) => (Number.isInteger(at) && ages[at] ? ageGroup(ages[at]) : '') },
      },
      yAxis: { type: 'value', min: 0, max: Math.ceil(top * 20) / 20, axisLine: { onZero: false }, axisTick: { show: false }, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
      legend: { top: 0, data: [t('serology.raw'), t('serology.corrected')] },
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'item', confine: true,
        formatter: ({ data, seriesName }: { readonly data: readonly number[]; readonly seriesName: string }) => {
          const one = ages[Math.round(data[0] ?? 0)]
          const estimate = seriesName === t('serology.raw') ? one?.raw : one?.corrected
          return one && estimate ? `${ageGroup(one)} · ${seriesName}<br>${format.percent(estimate.share)} (${format.percent(estimate.lower)}–${format.percent(estimate.upper)}), n=${format.whole(one.tested)}` : ''
        },
      },
      series: [series(t('serology.raw'), -0.1, colours.series[2], 'circle', ({ raw }) => raw), series(t('serology.corrected'), 0.1, colours.accent, 'diamond', ({ corrected }) => corrected)],
    }
  }, [ages, colours, format, t])
  const cells = (one: Estimate | null): (string | null)[] => (one ? [one.share, one.lower, one.upper].map((value) => format.percent(value)) : [null, null, null])
  return (
    <Chart
      label={t('serology.chart', { area: shown.area.name })} name={`huyet-thanh-${shown.area.code}-${shown.on}`} option={option} height={320}
      data={{
        columns: [
          t('serology.ages'), t('serology.tested'), t('serology.csv.raw'), t('serology.csv.raw_lower'), t('serology.csv.raw_upper'), t('serology.csv.corrected'), t('serology.csv.corrected_lower'),
          t('serology.csv.corrected_upper'),
        ],
        rows: ages.map((one) => [ageGroup(one), one.tested, ...cells(one.raw), ...cells(one.corrected)]),
      }}
    />
  )
}

/** An estimate with its interval. */
const useEstimate = (): ((one: Estimate | null) => string) => {
  const format = useFormat()
  return (one) => (one ? `${format.percent(one.share)} (${format.number(one.lower * 100)}–${format.number(one.upper * 100)})` : '–')
}

const AgeTable = ({ survey }: { survey: Survey }) => {
  const t = useT()
  const format = useFormat()
  const estimate = useEstimate()
  const row = (name: string, one: PrevalenceShown, whole = false) => (
    <tr key={name} {...(whole ? { 'data-whole': true } : {})}>
      <th scope="row">{name}</th><td>{format.whole(one.tested)}</td><td>{format.whole(one.positive)}</td><td>{estimate(one.raw)}</td>
      <td title={one.why ? t(`serology.why.${one.why}`) : undefined}>{estimate(one.corrected)}</td>
    </tr>
  )
  return (
    <NumberTable caption={t('serology.by_age')}>
      <thead>
        <tr>
          <th scope="col">{t('serology.ages')}</th><th scope="col">{t('serology.tested')}</th><th scope="col">{t('serology.positive')}</th><th scope="col">{t('serology.raw')}</th>
          <th scope="col">{t('serology.corrected')}</th>
        </tr>
      </thead>
      <tbody>{survey.ages.map((one) => row(ageGroup(one), one))}{row(t('serology.everyone'), survey.whole, true)}</tbody>
    </NumberTable>
  )
}

const BelowTable = ({ survey }: { survey: Survey }) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const estimate = useEstimate()
  return (
    <section>
      <h2 className={classes.section}>{t('serology.below')}</h2>
      <DataTable
        name="serology-below" label={t('serology.below')} rows={survey.below} rowKey={({ area }) => area?.code ?? ''} height="auto"
        onOpen={({ area }) => {
          if (area) go('/lineages/serology', { area: area.code, survey: survey.key })
        }}
        empty={<EmptyState title={t('serology.below_none')} />}
        columns={[
          {
            key: 'area', title: t('lineages.area'), sortBy: ({ area }) => area?.name,
            render: ({ area }) => (area ? <ScreenLink to="/lineages/serology" search={{ area: area.code, survey: survey.key }}>{area.name}</ScreenLink> : t('serology.unknown_unit')),
          },
          { key: 'tested', title: t('serology.tested'), width: 120, numeric: true, render: ({ tested }) => format.whole(tested), sortBy: ({ tested }) => tested },
          { key: 'positive', title: t('serology.positive'), width: 110, numeric: true, render: ({ positive }) => format.whole(positive), sortBy: ({ positive }) => positive },
          { key: 'raw', title: t('serology.raw'), width: 180, numeric: true, render: ({ raw }) => estimate(raw), sortBy: ({ raw }) => raw.share },
          { key: 'corrected', title: t('serology.corrected'), width: 180, numeric: true, render: ({ corrected }) => estimate(corrected), sortBy: ({ corrected }) => corrected?.share },
        ]}
      />
    </section>
  )
}

const Assays = ({ survey }: { survey: Survey }) => {
  const t = useT()
  const format = useFormat()
  const accuracy = (share: number | null, of: number | null): string =>
    (share === null ? t('serology.not_said') : of === null ? format.percent(share) : t('serology.of_controls', { share: format.percent(share), of: format.whole(of) }))
  return (
    <>
      {survey.assays.map((one, n) => (
        <p key={n}>
          {t('serology.assay_line', {
            assay: one.assay || t('serology.assay_unnamed'), sensitivity: accuracy(one.sensitivity, one.sensitivityOf), specificity: accuracy(one.specificity, one.specificityOf),
          })}
        </p>
      ))}
      <p className={classes.small}>{t('serology.how')}</p>
    </>
  )
}
