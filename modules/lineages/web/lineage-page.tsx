import { Select, Skeleton } from '@mantine/core'
import type { Instant, PlainDate } from '#base'
import { EmptyState, hrefOf, PageHeader, problemIn, ProblemNotice, useAddress, useArea, useDay, useFormat, useQueryOf, useT } from '#web'
import { exportLineages, getLineages, type LineagesShown } from '../contract.ts'
import { LEAST_SEQUENCES, LEAST_SHARE, SCHEMES } from '../sequence.ts'
import { BeginHere, DeskActions, DeskTabs } from './desk.tsx'
import { OneLineageChart, ShareChart } from './lineage-charts.tsx'
import { BelowTable, GrowthTable, WeekTable } from './lineage-tables.tsx'
import classes from './lineages.module.css'

const WEEKS = ['8', '12', '26', '52']

const LineagePage = () => {
  const t = useT()
  const format = useFormat()
  const { code, area } = useArea()
  const { day: on } = useDay()
  const [{ scheme: askedScheme, weeks: askedWeeks, reference, one }, set] = useAddress({ scheme: '', weeks: '', reference: '', one: '' })
  const scheme = SCHEMES.find((name) => name === askedScheme) ?? 'pango'
  const weeks = WEEKS.includes(askedWeeks) ? askedWeeks : '12'
  const query = { ...(code === undefined ? {} : { area: code }), on, scheme, weeks: Number(weeks), ...(reference === '' ? {} : { reference }) }
  const { data: shown, error, refetch, isPlaceholderData } = useQueryOf(getLineages, code === undefined ? undefined : { query }, { live: ['lineages'] })
  const some = shown !== undefined && shown.sequences.counted > 0
  return (
    <div className={classes.screen} data-settling={isPlaceholderData || undefined}>
      <PageHeader
        title={t('lineages.of', { area: area?.name ?? '' })} about={t('lineages.about', { area: area?.name ?? '', weeks, day: format.day(on) })}
        actions={some && <DeskActions of="lineages" exported={hrefOf(exportLineages, { query })} />}
      />
      <DeskTabs at="lineages" />
      <div className={`${classes.choices} no-print`}>
        <Select
          className={classes.choice} label={t('lineages.scheme')} allowDeselect={false} data={SCHEMES.map((name) => ({ value: name, label: t(`lineages.scheme.${name}`) }))} value={scheme}
          onChange={(next) => set({ scheme: next === 'pango' ? '' : (next ?? ''), reference: '', one: '' })}
        />
        <Select
          className={classes.choice} label={t('lineages.weeks')} allowDeselect={false} data={WEEKS.map((count) => ({ value: count, label: t('lineages.weeks_count', { weeks: count }) }))} value={weeks}
          onChange={(next) => set({ weeks: next === '12' ? '' : (next ?? '') })}
        />
        {some && (
          <Select
            className={classes.choice} label={t('lineages.reference')} allowDeselect={false} searchable data={shown.names} value={shown.growth.reference}
            onChange={(next) => set({ reference: next ?? '' })}
          />
        )}
      </div>
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      {!shown && !error && <Skeleton height={400} />}
      {shown && !some && (
        <EmptyState title={t('lineages.none', { weeks })} action={<BeginHere of="lineages" />}>{t('lineages.none_about')}</EmptyState>
      )}
      {shown?.newest && <Sentences shown={shown} />}
      {some && (
        <>
          <ShareChart shown={shown} />
          <p className={classes.small}>{t('lineages.rest_about', { share: format.percent(LEAST_SHARE, 0), least: LEAST_SEQUENCES })}</p>
          <GrowthTable shown={shown} />
          <One shown={shown} asked={one} onChoose={(next) => set({ one: next })} />
          <WeekTable shown={shown} />
          <BelowTable shown={shown} />
        </>
      )}
    </div>
  )
}
export default LineagePage

/** How much it rests on, and how fresh it is. */
const Sentences = ({ shown }: { shown: LineagesShown }) => {
  const t = useT()
  const format = useFormat()
  const { counted, unassigned, bad } = shown.sequences
  return (
    <div className={classes.sentences}>
      <p>
        {t('lineages.count', { counted: format.whole(counted) })} {unassigned + bad > 0 && t('lineages.not_counted', { unassigned: format.whole(unassigned), bad: format.whole(bad) })}{' '}
        {shown.newest && t('lineages.newest', { day: format.day(shown.newest.collectedOn as PlainDate), at: format.instant(shown.newest.recordedAt as Instant) })}{' '}
        {counted > 0 && t('lineages.late')}
      </p>
    </div>
  )
}

/** One lineage by itself: the one asked for, else the one that grows fastest. */
const One = ({ shown, asked, onChoose }: { shown: LineagesShown; asked: string; onChoose: (name: string) => void }) => {
  const t = useT()
  const fastest = shown.growth.advantages.toSorted((a, b) => (b.perDay?.estimate ?? 0) - (a.perDay?.estimate ?? 0))[0]?.name
  const name = shown.names.includes(asked) ? asked : (fastest ?? shown.names[0])
  if (name === undefined) return null
  return (
    <section>
      <div className={`${classes.choices} no-print`}>
        <Select className={classes.choice} label={t('lineages.one')} allowDeselect={false} searchable data={shown.names} value={name} onChange={(next) => onChoose(next ?? '')} />
      </div>
      <OneLineageChart shown={shown} name={name} />
    </section>
  )
}
