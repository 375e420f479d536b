import type { PlainDate } from '#base'
import { useFormat, useT } from '#web'
import type { AreaShown } from '../contract.ts'
import classes from './areas.module.css'

/** Persons, ≈ where they are a share of a known total. */
export const PopulationCell = ({ area }: { area: AreaShown }) => {
  const t = useT()
  const format = useFormat()
  if (area.population === null) return <span className={classes.soft}>–</span>
  return (
    <>
      {area.populationEstimated && <span role="img" aria-label={t('areas.estimate')} title={t('areas.estimate')}>≈{'\u202f'}</span>}
      {format.whole(area.population)}
    </>
  )
}

/** Where a population comes from, of which day, and how sure it is. */
export const PopulationSource = ({ area }: { area: AreaShown }) => {
  const t = useT()
  const format = useFormat()
  if (area.population === null) return null
  const source = area.populationSource ?? ''
  const address = /^https?:\/\/\S+/.exec(source)?.[0]
  const sure = area.populationConfidence && t(`areas.confidence.${area.populationConfidence}`)
  return (
    <span className={classes.soft} title={source}>
      {area.populationConfidence === 'distributed' ? sure : (
        <>{address ? <a href={address} target="_blank" rel="noreferrer">{new URL(address).hostname.replace(/^www\.|\.$/g, '')}</a> : source} · {sure}</>
      )}
      {/* Entered with the unit itself, it is of no day of its own. */}
      {area.populationAsOf && area.populationAsOf !== area.validFrom && ` · ${format.day(area.populationAsOf as PlainDate)}`}
    </span>
  )
}
