import { useParams } from '@tanstack/react-router'
import type { AnswerOf, PlainDate } from '#base'
import { Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useDay, useFormat, useQueryOf, useT } from '#web'
import { getArea, type AreaShown } from '../contract.ts'
import classes from './areas.module.css'
import { AreaParts } from './area-parts.tsx'
import { PopulationCell, PopulationSource } from './population-cell.tsx'
import { SetPopulation } from './set-population.tsx'

type Found = AnswerOf<typeof getArea>

const AreaPage = () => {
  const t = useT()
  const { id } = useParams({ strict: false })
  const { data, error, refetch } = useQueryOf(getArea, { params: { id: Number(id) } }, { keep: false })
  if (error) return <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
  if (!data) return <PageHeader title={t('areas.one')} />
  return <Shown found={data} />
}
export default AreaPage

const Shown = ({ found: { area, ancestors, successors, predecessors } }: { found: Found }) => {
  const t = useT()
  const format = useFormat()
  const { day } = useDay()
  const stands = area.validFrom <= day && (area.validTo === null || day <= area.validTo)
  const below = area.level === 'hamlet' || area.level === 'group'
  return (
    <>
      <PageHeader
        title={area.name}
        about={(
          <span>
            <ScreenLink to="/areas">{t('areas.title')}</ScreenLink>
            {ancestors.filter(({ level }) => level !== 'country').toReversed().map((one) => <span key={one.id}> › <ScreenLink to={`/areas/${one.id}`}>{one.name}</ScreenLink></span>)}
          </span>
        )}
      />
      {!stands && <Notice warning>{t('areas.not_on_day', { day: format.day(day) })}</Notice>}
      {area.standsIn && <Notice>{t('areas.stands_in')}</Notice>}
      <dl className={classes.facts}>
        <dt>{t('areas.code')}</dt><dd>{area.code}</dd>
        <dt>{t('areas.level')}</dt><dd>{area.kind}</dd>
        <dt>{t('areas.name_en')}</dt><dd>{area.nameEn}</dd>
        <dt>{t('areas.valid')}</dt>
        <dd>{area.validTo === null ? t('areas.since', { day: format.day(area.validFrom as PlainDate) }) : `${format.day(area.validFrom as PlainDate)} – ${format.day(area.validTo as PlainDate)}`}</dd>
        <dt>{t('areas.population')}</dt>
        <dd>
          {area.population === null ? t('areas.population_unknown') : <><strong><PopulationCell area={area} /></strong> {t('areas.persons')} <PopulationSource area={area} /></>}
          {below && <SetPopulation area={area} />}
        </dd>
        {stands && <><dt>{t('areas.situation')}</dt><dd><ScreenLink to={`/levels/${area.code}`} search={{ area: area.code }}>{t('areas.see_level')}</ScreenLink></dd></>}
      </dl>
      <Links title={t('areas.became')} about={t('areas.became_about')} links={successors} />
      <Links title={t('areas.was')} about={t('areas.was_about')} links={predecessors} />
      {area.level !== 'group' && <AreaParts area={area} stands={stands} on={stands ? day : (area.validTo ?? area.validFrom) as PlainDate} />}
    </>
  )
}

/** Units it became or was made of, each with its share; a share that is an estimate says so. */
const Links = ({ title, about, links }: { title: string; about: string; links: readonly { area: AreaShown; share: number; estimated: boolean; basis: string }[] }) => {
  const t = useT()
  const format = useFormat()
  if (links.length === 0) return null
  return (
    <section>
      <h2 className={classes.section}>{title}</h2>
      <p className={classes.about}>{about}</p>
      <table className={classes.plain}>
        <thead>
          <tr><th scope="col">{t('areas.unit')}</th><th scope="col">{t('areas.valid')}</th><th scope="col" data-numeric>{t('areas.share')}</th><th scope="col">{t('areas.basis')}</th></tr>
        </thead>
        <tbody>
          {links.map(({ area, share, estimated, basis }) => (
            <tr key={area.id}>
              <td><ScreenLink to={`/areas/${area.id}`}>{area.name}</ScreenLink> <span className={classes.soft}>{area.code}</span></td>
              <td>{format.day(area.validFrom as PlainDate)} – {area.validTo ? format.day(area.validTo as PlainDate) : ''}</td>
              <td data-numeric>{estimated && '≈\u202f'}{format.percent(share)}</td>
              <td title={basis}>{share === 1 ? t('areas.whole') : estimated ? t('areas.equal_parts', { parts: Math.round(1 / share) }) : basis}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
