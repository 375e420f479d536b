import { SegmentedControl, Skeleton } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { addDays, day as toDay, daysBetween, type PlainDate } from '#base'
import { DISEASE_PROFILES } from '#epi'
import { Notice, NumberTable, useFormat, useT } from '#web'
import { RUNS, type Counted, type Ground, type Outcome, type ProfileName, type Staff, type Variant } from '../contract.ts'
import { Assumptions } from './assumptions.tsx'
import { differences, heldDays, TIERS, type Difference, type Tier } from './differences.ts'
import { nameOf } from './editor.tsx'
import { InputsTable } from './inputs-table.tsx'
import { CrossingSentence, isTier, OutcomeChart, SERIES, type Series } from './outcome-chart.tsx'
import classes from './scenarios.module.css'

interface Ran {
  readonly outcome: Outcome | undefined
  readonly settling: boolean
}

interface OutcomesProps {
  readonly on: PlainDate
  readonly ground: Ground
  readonly variants: readonly Variant[]
  readonly staff: Staff
  readonly runs: readonly Ran[]
  readonly counted: Counted
}

/** What comes of the baseline and its variants: side by side, in numbers, why, and how far to trust it. */
export const Outcomes = ({ on, ground, variants, staff, runs, counted }: OutcomesProps) => {
  const t = useT()
  const format = useFormat()
  const [series, setSeries] = useState<Series>('reported')
  const most = ceiling(Math.max(1, ...runs.map(({ outcome }) => Math.max(0, ...(outcome?.bands[series].upper95 ?? []))), ...(isTier(series) ? variants.map(({ beds }) => beds[series] ?? 0) : [])))
  return (
    <div className={classes.outcomes}>
      <SegmentedControl
        className="no-print" aria-label={t('scenarios.shown')} value={series} onChange={(next) => setSeries(next as Series)} data={SERIES.map((one) => ({ value: one, label: t(`scenarios.short.${one}`) }))}
      />
      <div className={classes.charts}>
        {variants.map((variant, i) => {
          const { outcome, settling } = runs[i] ?? { outcome: undefined, settling: true }
          const name = nameOf(t, variant, i)
          return (
            // Variants have no identity but their place.
            <article key={i} className={classes.chart} data-settling={settling || undefined}>
              <h2 className={classes.part}>{name} <span className={classes.hint} role="status">{settling ? t('scenarios.running', { runs: format.whole(RUNS.whole) }) : t('scenarios.ran', { runs: format.whole(outcome?.runs ?? 0) })}</span></h2>
              {outcome ? (
                <>
                  <OutcomeChart name={name} on={on} series={series} outcome={outcome} beds={isTier(series) ? variant.beds[series] : null} counted={counted} most={most} />
                  {isTier(series) && <CrossingSentence on={on} beds={variant.beds[series]} crossing={outcome.crossings[series]} />}
                </>
              ) : <Skeleton height={240} />}
            </article>
          )
        })}
      </div>
      <CompareTable on={on} variants={variants} staff={staff} runs={runs} counted={counted} />
      {variants.length > 1 && <Why variants={variants} runs={runs} />}
      {runs[0]?.outcome && <Trust profile={ground.profile} baseline={runs[0].outcome} />}
      <InputsTable ground={ground} variants={variants} staff={staff} />
      <Assumptions profile={ground.profile} />
    </div>
  )
}

/** The next round number above. Example: 1 234 → 1 500. */
const ceiling = (value: number): number => {
  const step = 10 ** Math.floor(Math.log10(value)) / 2
  return Math.ceil(value / step) * step
}

interface Range {
  readonly median: number
  readonly lower95: number
  readonly upper95: number
}

/** What is compared stands at the left, the variants side by side. */
const CompareTable = ({ on, variants, staff, runs, counted }: Omit<OutcomesProps, 'ground'>) => {
  const t = useT()
  const format = useFormat()
  const range = ({ median, lower95, upper95 }: Range) => <><strong>{format.whole(median)}</strong><span className={classes.range}>{format.whole(lower95)}–{format.whole(upper95)}</span></>
  const lead = daysBetween(toDay(counted.from), on) + 1
  const done = runs.flatMap(({ outcome, settling }, place) => (outcome && variants[place] ? [{ place, outcome, settling: settling || undefined, name: nameOf(t, variants[place], place) }] : []))
  const row = (name: string, of: (outcome: Outcome) => ReactNode) => <tr key={name}><th scope="row">{name}</th>{done.map(({ place, outcome, settling }) => <td key={place} data-settling={settling}>{of(outcome)}</td>)}</tr>
  const crossingOf = (tier: Tier) => ({ crossings }: Outcome): ReactNode => {
    const crossing = crossings[tier]
    return crossing === null ? '–' : <><strong>{format.percent(crossing.probability, 0)}</strong>{crossing.median !== null && <span className={classes.range}>{t('scenarios.half_by', { day: format.day(addDays(on, crossing.median + 1)) })}</span>}</>
  }
  const staffOf = (tier: Tier, perStaff: number) => ({ peaks }: Outcome): ReactNode => {
    const needed = (patients: number): number => Math.ceil(patients / perStaff)
    const { median, lower95, upper95 } = peaks[tier]
    return range({ median: needed(median), lower95: needed(lower95), upper95: needed(upper95) })
  }
  return (
    <NumberTable caption={t('scenarios.compare')}>
      <thead>
        <tr><th scope="col">{t('scenarios.compared')}</th>{done.map(({ place, name }) => <th key={place} scope="col">{name}</th>)}</tr>
      </thead>
      <tbody>
        {row(t('scenarios.total'), ({ totals }) => range(totals.infections))}
        {row(t('scenarios.total_reported'), ({ totals }) => range(totals.reported))}
        {TIERS.map((tier) => row(t('scenarios.peak', { tier: t(`scenarios.tier.${tier}`) }), ({ peaks }) => range(peaks[tier])))}
        {TIERS.filter((tier) => variants.some(({ beds }) => beds[tier] !== null)).map((tier) => row(t('scenarios.crossing', { tier: t(`scenarios.tier.${tier}`) }), crossingOf(tier)))}
        {TIERS.flatMap((tier) => (staff[tier] === null ? [] : [row(t('scenarios.staff_needed', { tier: t(`scenarios.tier.${tier}`) }), staffOf(tier, staff[tier]))]))}
        {counted.counts.length > lead && row(t('scenarios.held'), ({ bands }) => t('scenarios.held_cell', { ...heldDays(bands.reported, counted, lead) }))}
      </tbody>
    </NumberTable>
  )
}

const Why = ({ variants, runs }: { variants: readonly Variant[]; runs: readonly Ran[] }) => {
  const t = useT()
  const format = useFormat()
  const baseline = variants[0] as Variant
  const said = (one: Difference): string => {
    const share = (value: number): string => format.percent(value, 0)
    const beds = (value: number | null): string => (value === null ? t('scenarios.unknown') : format.whole(value))
    switch (one.kind) {
      case 'contacts': return t('scenarios.diff.contacts', { setting: t(`scenarios.setting.${one.setting}`), from: share(one.from), to: share(one.to) })
      case 'fromDay': return t('scenarios.diff.fromDay', { to: format.whole(one.to) })
      case 'beds': return t('scenarios.diff.beds', { tier: t(`scenarios.tier.${one.tier}`), from: beds(one.from), to: beds(one.to) })
      case 'tracingShare': return t('scenarios.diff.tracingShare', { from: share(one.from), to: share(one.to) })
      default: return t(`scenarios.diff.${one.kind}`, { from: format.number(one.from, Number.isInteger(one.from) ? 0 : 1), to: format.number(one.to, Number.isInteger(one.to) ? 0 : 1) })
    }
  }
  const before = runs[0]?.outcome?.totals.infections.median
  return (
    <section>
      <h2 className={classes.section}>{t('scenarios.why')}</h2>
      <ul className={classes.why}>
        {variants.slice(1).map((variant, n) => {
          const found = differences(baseline, variant)
          const total = runs[n + 1]?.outcome?.totals.infections.median
          const change = before === undefined || total === undefined || before === 0 ? undefined : total / before - 1
          return (
            <li key={n}>
              <strong>{nameOf(t, variant, n + 1)}</strong>: {found.length === 0 ? t('scenarios.same_as_baseline') : found.map(said).join('; ')}
              {found.length > 0 && change !== undefined && <> → {t('scenarios.total')}: {t('scenarios.against', { change: `${change > 0 ? '+' : change < 0 ? '−' : ''}${format.percent(Math.abs(change), 0)}` })}</>}.
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const Trust = ({ profile, baseline }: { profile: ProfileName; baseline: Outcome }) => {
  const t = useT()
  const format = useFormat()
  const { disease: _, caveat, ...figures } = DISEASE_PROFILES[profile]
  const all = Object.values(figures)
  const found = all.filter(({ confidence }) => confidence === 'found').length
  return (
    <Notice warning={caveat !== ''}>
      <strong>{t('scenarios.trust')}</strong> · {t('scenarios.trust_about', {
        all: all.length, found, rest: all.length - found, lower: format.whole(baseline.peaks.intensive.lower95), upper: format.whole(baseline.peaks.intensive.upper95),
      })}{profile === 'dengue' && ` ${t('scenarios.caveat.dengue')}`}
    </Notice>
  )
}
