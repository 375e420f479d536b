import type { PlainDate } from '#base'
import { DataTable, EmptyState, NumberTable, ScreenLink, useFormat, useGo, useQueryOf, useT } from '#web'
import { listForecasts, type ForecastShown } from '../contract.ts'
import classes from './forecasts.module.css'

const none = '–'

/** The coming weeks in numbers, against the guess “as last week”, and what came where it has. */
export const WeekTable = ({ shown }: { shown: ForecastShown }) => {
  const t = useT()
  const format = useFormat()
  const weeks = shown.forecast?.weeks ?? []
  const range = (lower: number | undefined, upper: number | undefined): string => (lower === undefined || upper === undefined ? none : `${format.whole(lower)}–${format.whole(upper)}`)
  const withObserved = weeks.some(({ observed }) => observed !== null)
  return (
    <NumberTable caption={t('forecasts.weeks')}>
      <thead>
        <tr>
          <th scope="col">{t('forecasts.week')}</th><th scope="col">{t('forecasts.median')}</th><th scope="col">{t('forecasts.band50')}</th><th scope="col">{t('forecasts.band80')}</th>
          <th scope="col">{t('forecasts.band95')}</th><th scope="col">{t('forecasts.baseline')}</th>{withObserved && <th scope="col">{t('forecasts.observed')}</th>}
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ from, to, shown: band, baseline, observed }) => (
          <tr key={to}>
            <th scope="row">{format.shortDay(from as PlainDate)}–{format.day(to as PlainDate)}</th>
            <td><strong>{format.whole(band.median)}</strong></td><td>{range(band.lower50, band.upper50)}</td><td>{range(band.lower80, band.upper80)}</td><td>{range(band.lower95, band.upper95)}</td>
            <td>{baseline ? range(baseline[1], baseline.at(-2)) : none}</td>{withObserved && <td>{observed === null ? none : format.whole(observed)}</td>}
          </tr>
        ))}
      </tbody>
    </NumberTable>
  )
}

/** How past forecasts of this area did, by how far ahead. */
export const ScoreTable = ({ shown }: { shown: ForecastShown }) => {
  const t = useT()
  const format = useFormat()
  const figure = (value: number | null, digits: number): string => (value === null ? none : format.number(value, digits))
  const share = (value: number | null): string => (value === null ? none : format.percent(value, 0))
  return (
    <NumberTable caption={t('forecasts.scores')} className={classes.scores ?? ''}>
      <thead>
        <tr>
          <th scope="col">{t('forecasts.horizon')}</th><th scope="col">{t('forecasts.score.forecasts')}</th><th scope="col">{t('forecasts.score.wis')}</th><th scope="col">{t('forecasts.score.baseline')}</th>
          <th scope="col">{t('forecasts.score.relative')}</th><th scope="col">{t('forecasts.score.log_relative')}</th><th scope="col">{t('forecasts.score.coverage50')}</th><th scope="col">{t('forecasts.score.coverage95')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.scores.map((score) => (
          <tr key={score.horizon}>
            <th scope="row">{t(`forecasts.horizon.${score.horizon}`)}</th><td>{format.whole(score.forecasts)}</td><td>{figure(score.wis, 1)}</td><td>{figure(score.baselineWis, 1)}</td>
            <td data-better={score.relativeWis !== null && score.relativeWis < 1 ? true : undefined}>{figure(score.relativeWis, 2)}</td><td>{figure(score.logRelativeWis, 2)}</td>
            <td>{share(score.coverage50)}</td><td>{share(score.coverage95)}</td>
          </tr>
        ))}
      </tbody>
    </NumberTable>
  )
}

/** The units below that have a forecast from the same day. */
export const BelowTable = ({ area, on }: { area: string; on: PlainDate }) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const { data } = useQueryOf(listForecasts, { query: { area, on } })
  const rows = data?.areas
  const changeOf = (row: NonNullable<typeof rows>[number]): number | null => (row.lastWeek === null || row.lastWeek === 0 ? null : row.nextWeek.median / row.lastWeek - 1)
  return (
    <DataTable
      name="forecasts-below" label={t('forecasts.below')} rows={rows} rowKey={(row) => row.area.code} onOpen={(row) => go('/forecasts', { area: row.area.code })} height="auto"
      empty={<EmptyState title={t('forecasts.below_none')} />}
      columns={[
        {
          key: 'area', title: t('forecasts.area'), sortBy: (row) => row.area.name,
          render: (row) => <><ScreenLink to="/forecasts" search={{ area: row.area.code }}>{row.area.name}</ScreenLink>{row.area.level === 'commune' && row.area.within && <span className={classes.within}> {row.area.within}</span>}</>,
        },
        { key: 'last', title: t('forecasts.last_week'), width: 110, numeric: true, render: (row) => (row.lastWeek === null ? none : format.whole(row.lastWeek)), sortBy: (row) => row.lastWeek },
        { key: 'next', title: t('forecasts.next_week'), width: 110, numeric: true, render: (row) => <strong>{format.whole(row.nextWeek.median)}</strong>, sortBy: (row) => row.nextWeek.median },
        { key: 'next95', title: t('forecasts.next_95'), width: 130, numeric: true, render: (row) => `${format.whole(row.nextWeek.lower95)}–${format.whole(row.nextWeek.upper95)}`, sortBy: (row) => row.nextWeek.upper95 },
        {
          key: 'change', title: t('forecasts.change'), width: 110, numeric: true, sortBy: changeOf,
          render: (row) => {
            const change = changeOf(row)
            return change === null ? none : `${change > 0 ? '▲' : '▼'} ${format.percent(Math.abs(change), 0)}`
          },
        },
        { key: 'rt', title: t('forecasts.rt'), width: 80, numeric: true, render: (row) => (row.reproduction ? format.number(row.reproduction.median, 2) : none), sortBy: (row) => row.reproduction?.median },
        { key: 'rt95', title: t('forecasts.rt_95'), width: 120, numeric: true, render: (row) => (row.reproduction ? `${format.number(row.reproduction.lower, 2)}–${format.number(row.reproduction.upper, 2)}` : none) },
      ]}
    />
  )
}
