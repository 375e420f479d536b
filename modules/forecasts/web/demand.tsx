import { NumberInput, SegmentedControl } from '@mantine/core'
import { useMemo } from 'react'
import { addDays, day as toDay, type PlainDate } from '#base'
import { Chart, NumberTable, useAddress, useChartColours, useFormat, useLanguage, useT } from '#web'
import { TIERS, type DemandShown, type ForecastShown, type Tier } from '../contract.ts'
import { fanSeries } from './fan.ts'
import classes from './forecasts.module.css'

const WEEKS = [7, 14, 21, 28]
const none = '–'

/** Patients by kind of bed in the coming weeks, with the beds and the staff they need; what is not known is named. */
export const Demand = ({ shown }: { shown: ForecastShown }) => {
  const t = useT()
  const format = useFormat()
  const [thousands, decimal] = useLanguage().language === 'vi' ? ['.', ','] : [',', '.']
  const demand = shown.forecast?.demand ?? []
  // Patients one member of staff looks after at a time: no source holds for every office, so whoever reads says it, and the address keeps it.
  const [address, set] = useAddress({ bed: '', hospitalStaff: '', oxygenStaff: '', intensiveStaff: '' })
  const ratios = Object.fromEntries(TIERS.map((tier) => [tier, Number(address[`${tier}Staff`]) > 0 ? Number(address[`${tier}Staff`]) : null])) as Record<Tier, number | null>
  const made = demand.filter((one) => one.made)
  const chosen = made.find(({ tier }) => tier === address.bed) ?? made[0]
  const withStaff = TIERS.some((tier) => ratios[tier] !== null)
  if (demand.length === 0) return null
  return (
    <section>
      <div className={classes.head}>
        <h2 className={classes.section}>{t('forecasts.demand')}</h2>
        {made.length > 1 && chosen && (
          <SegmentedControl
            className="no-print" aria-label={t('forecasts.demand.kind')} value={chosen.tier} onChange={(next) => set({ bed: next })}
            data={made.map(({ tier }) => ({ value: tier, label: t(`forecasts.demand.tier.${tier}`) }))}
          />
        )}
      </div>
      {chosen && <DemandChart shown={shown} one={chosen} />}
      <NumberTable caption={t('forecasts.demand.table')}>
        <thead>
          <tr>
            <th scope="col">{t('forecasts.demand.kind')}</th><th scope="col">{t('forecasts.demand.now')}</th>
            {WEEKS.map((days) => <th key={days} scope="col">{t('forecasts.demand.on', { day: format.shortDay(addDays(toDay(shown.on), days)) })}</th>)}
            <th scope="col">{t('forecasts.demand.free')}</th><th scope="col">{t('forecasts.demand.exceeded')}</th>{withStaff && <th scope="col">{t('forecasts.demand.staff_needed')}</th>}
          </tr>
        </thead>
        <tbody>
          {demand.map((one) => <Row key={one.tier} one={one} ratio={ratios[one.tier]} withStaff={withStaff} />)}
        </tbody>
      </NumberTable>
      <div className={`${classes.staff} no-print`} role="group" aria-label={t('forecasts.demand.staff')}>
        {TIERS.map((tier) => (
          <NumberInput
            key={tier} size="xs" label={t('forecasts.demand.staff_of', { tier: t(`forecasts.demand.tier.${tier}`) })} value={ratios[tier] ?? ''} min={0.1} max={1000} decimalScale={1} thousandSeparator={thousands}
            decimalSeparator={decimal} clampBehavior="blur" hideControls onChange={(next) => set({ [`${tier}Staff`]: next === '' ? '' : String(next) })}
          />
        ))}
      </div>
      <p className={classes.small}>
        {t('forecasts.demand.about')}{' '}
        {made.map(({ tier, made: found }) => t('forecasts.demand.share', { tier: t(`forecasts.demand.tier.${tier}`), share: format.percent(found?.share ?? 0, 1) })).join('; ')}{made.length > 0 && '. '}
        {t(withStaff ? 'forecasts.demand.staff_typed' : 'forecasts.demand.staff_unknown')}
      </p>
    </section>
  )
}

const Row = ({ one, ratio, withStaff }: { one: DemandShown; ratio: number | null; withStaff: boolean }) => {
  const t = useT()
  const format = useFormat()
  const { tier, made } = one
  const whole = (value: number | null): string => (value === null ? none : format.whole(value))
  const needed = (patients: number): string => format.whole(Math.ceil(patients / (ratio ?? 1)))
  const last = made?.days.at(-1)
  return (
    <tr>
      <th scope="row">{t(`forecasts.demand.tier.${tier}`)}</th><td>{whole(one.patients)}</td>
      {made
        ? WEEKS.map((days) => {
          const band = made.days[days - 1]
          return <td key={days}>{band ? <><strong>{format.whole(band.median)}</strong> ({format.whole(band.lower95)}–{format.whole(band.upper95)})</> : none}</td>
        })
        : <td colSpan={WEEKS.length} className={classes.unknown}>{t('forecasts.demand.unknown', { metric: t(`forecasts.demand.metric.${tier}`), known: one.knownDays })}</td>}
      <td>{whole(one.free)}</td><td>{made?.exceeded === null || !made ? none : format.percent(made.exceeded, 0)}</td>
      {withStaff && <td>{last && ratio !== null ? <><strong>{needed(last.median)}</strong> ({needed(last.lower95)}–{needed(last.upper95)})</> : none}</td>}
    </tr>
  )
}

/** Patients of one kind by day, and the line of the beds there are. */
const DemandChart = ({ shown, one }: { shown: ForecastShown; one: DemandShown }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const days = one.made?.days ?? []
  const beds = one.patients === null || one.free === null ? null : one.patients + one.free
  const kind = t(`forecasts.demand.tier.${one.tier}`)
  const option = useMemo(() => ({
    xAxis: { type: 'category', data: days.map(({ day }) => format.shortDay(day as PlainDate)), axisLabel: { interval: 6 } },
    yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value: number) => format.whole(value) }, ...(beds === null ? {} : { max: ({ max }: { readonly max: number }) => (max < beds ? Math.ceil(beds * 1.1) : null) }) },
    legend: { top: 0, type: 'scroll', data: [t('forecasts.median'), t('forecasts.band50'), t('forecasts.band80'), t('forecasts.band95')] },
    series: [
      ...fanSeries(days, colours.accent, { median: t('forecasts.median'), band50: t('forecasts.band50'), band80: t('forecasts.band80'), band95: t('forecasts.band95') }),
      ...(beds === null ? [] : [{
        type: 'line', data: [], markLine: {
          silent: true, symbol: 'none', lineStyle: { color: colours.series[1], type: 'solid', width: 2 }, label: { formatter: t('forecasts.demand.beds', { beds: format.whole(beds) }), color: colours.ink, position: 'insideStartTop' }, data: [{ yAxis: beds }],
        },
      }]),
    ],
    tooltip: {
      trigger: 'axis', confine: true,
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const band = days[points[0]?.dataIndex ?? 0]
        return band ? [format.day(band.day as PlainDate), `${t('forecasts.median')}: ${format.whole(band.median)}`, `${t('forecasts.band95')}: ${format.whole(band.lower95)}–${format.whole(band.upper95)}`].join('<br>') : ''
      },
    },
  }), [days, beds, colours, format, t])
  return (
    <Chart
      label={t('forecasts.demand.chart', { kind, area: shown.area.name })} name={`nhu-cau-${one.tier}-${shown.area.code}-${shown.on}`} option={option} height={240}
      data={{
        columns: [t('forecasts.day'), t('forecasts.median'), ...(['lower50', 'upper50', 'lower80', 'upper80', 'lower95', 'upper95'] as const).map((key) => t(`forecasts.${key}`))],
        rows: days.map((band) => [format.day(band.day as PlainDate), band.median, band.lower50, band.upper50, band.lower80, band.upper80, band.lower95, band.upper95]),
      }}
    />
  )
}
