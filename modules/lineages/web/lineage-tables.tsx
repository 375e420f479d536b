import type { PlainDate } from '#base'
import { DataTable, EmptyState, NumberTable, ScreenLink, useFormat, useGo, useT } from '#web'
import type { LineagesShown, ShareShown } from '../contract.ts'
import { ENOUGH_TO_GROW } from '../sequence.ts'
import classes from './lineages.module.css'

interface Props {
  readonly shown: LineagesShown
}

/** A share in words and figures: `45 % (30–61)`. */
export const useShareWords = (): ((one: ShareShown | undefined) => string) => {
  const format = useFormat()
  return (one) => (!one || one.share === null ? '–' : one.count === 0 ? '0' : `${format.percent(one.share, 0)} (${format.number((one.lower ?? 0) * 100, 0)}–${format.number((one.upper ?? 1) * 100, 0)})`)
}

/** The weeks in figures. */
export const WeekTable = ({ shown }: Props) => {
  const t = useT()
  const format = useFormat()
  const words = useShareWords()
  return (
    <NumberTable caption={t('lineages.by_week')}>
      <thead>
        <tr>
          <th scope="col">{t('lineages.week')}</th><th scope="col">{t('lineages.sequences')}</th>
          {[...shown.names, t('lineages.rest')].map((name) => <th key={name} scope="col">{name}</th>)}
        </tr>
      </thead>
      <tbody>
        {shown.weeks.toReversed().map(({ from, to, total, shares }) => (
          <tr key={to}>
            <th scope="row">{format.shortDay(from as PlainDate)}–{format.day(to as PlainDate)}</th><td>{format.whole(total)}</td>
            {shares.map((one, j) => <td key={j}>{words(one)}</td>)}
          </tr>
        ))}
        <tr data-whole>
          <th scope="row">{t('lineages.weeks_count', { weeks: shown.weeks.length })}</th><td>{format.whole(shown.sequences.counted)}</td>
          {shown.whole.map((one, j) => <td key={j}>{words(one)}</td>)}
        </tr>
      </tbody>
    </NumberTable>
  )
}

/** How fast each lineage grows against the reference, in a sentence each and in figures. */
export const GrowthTable = ({ shown }: Props) => {
  const t = useT()
  const format = useFormat()
  const { reference, advantages, dispersion } = shown.growth
  const aWeek = (perDay: number): string => format.number(Math.exp(7 * perDay), 2)
  const aDay = (perDay: number): string => `${perDay > 0 ? '+' : ''}${format.percent(perDay, 1)}`
  const estimated = advantages.flatMap(({ name, perDay }) => (perDay ? [{ name, perDay }] : []))
  return (
    <section>
      <h2 className={classes.section}>{t('lineages.growth', { reference: reference ?? '–' })}</h2>
      {estimated.length === 0 && <p>{t('lineages.growth_none', { least: ENOUGH_TO_GROW })}</p>}
      <div className={classes.sentences}>
        {estimated.map(({ name, perDay }) => (
          <p key={name}>
            {t(`lineages.growth_meaning.${perDay.lower > 0 ? 'faster' : perDay.upper < 0 ? 'slower' : 'unclear'}`, {
              name, reference: reference ?? '', times: aWeek(perDay.estimate), lower: aWeek(perDay.lower), upper: aWeek(perDay.upper),
            })}
          </p>
        ))}
      </div>
      <NumberTable caption={t('lineages.growth', { reference: reference ?? '–' })} captionHidden>
        <thead>
          <tr>
            <th scope="col">{t('lineages.growth_name')}</th><th scope="col">{t('lineages.sequences')}</th><th scope="col">{t('lineages.growth_day')}</th><th scope="col">{t('lineages.interval')}</th>
            <th scope="col">{t('lineages.growth_week')}</th><th scope="col">{t('lineages.interval')}</th>
          </tr>
        </thead>
        <tbody>
          {advantages.map(({ name, sequences, perDay, why }) => (
            <tr key={name}>
              <th scope="row">{name}</th><td>{format.whole(sequences)}</td>
              {perDay ? (
                <>
                  <td><strong>{aDay(perDay.estimate)}</strong></td><td>{t('lineages.from_to', { from: aDay(perDay.lower), to: aDay(perDay.upper) })}</td>
                  <td><strong>× {aWeek(perDay.estimate)}</strong></td><td>{aWeek(perDay.lower)}–{aWeek(perDay.upper)}</td>
                </>
              ) : <td colSpan={4} className={classes.range}>{t(`lineages.growth.${why ?? 'too_few'}`)}</td>}
            </tr>
          ))}
        </tbody>
      </NumberTable>
      {estimated.length > 0 && <p className={classes.small}>{t('lineages.growth_how', { dispersion: dispersion === null ? '–' : format.number(dispersion, 2) })}</p>}
    </section>
  )
}

/** The units below in the same weeks. */
export const BelowTable = ({ shown }: Props) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const words = useShareWords()
  return (
    <section>
      <h2 className={classes.section}>{t('lineages.below')}</h2>
      <DataTable
        name="lineages-below" label={t('lineages.below')} rows={shown.below} rowKey={({ area }) => area?.code ?? ''} height="auto"
        onOpen={({ area }) => {
          if (area) go('/lineages', { area: area.code })
        }}
        empty={<EmptyState title={t('lineages.below_none')} />}
        columns={[
          {
            key: 'area', title: t('lineages.area'), sortBy: ({ area }) => area?.name,
            render: ({ area }) => (area ? <ScreenLink to="/lineages" search={{ area: area.code }}>{area.name}</ScreenLink> : t('lineages.unknown_unit')),
          },
          { key: 'total', title: t('lineages.sequences'), width: 120, numeric: true, render: ({ total }) => format.whole(total), sortBy: ({ total }) => total },
          ...[...shown.names, t('lineages.rest')].map((name, j) => ({
            key: `share-${j}`, title: name, numeric: true, width: 130,
            render: ({ shares }: LineagesShown['below'][number]) => words(shares[j]), sortBy: ({ shares }: LineagesShown['below'][number]) => shares[j]?.share,
          })),
        ]}
      />
    </section>
  )
}
