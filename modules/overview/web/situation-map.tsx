import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { PlainDate } from '#base'
import { useShapes } from '#areas/web'
import { LevelBadge, levelColour, MapView, useAddress, useFormat, useGo, useT, type MapFeature } from '#web'
import type { CommuneShown } from '../contract.ts'
import classes from './overview.module.css'
import { CHANGE_STEPS, RATE_STEPS, relativeChange, stepOf } from './scales.ts'
import { useNumbers } from './use-numbers.ts'

const VIEWS = ['levels', 'rate', 'change'] as const
type View = (typeof VIEWS)[number]
/** Nothing is known: paler than a level that is only open. */
const NO_DATA = '#dfe4e4'

interface SituationMapProps {
  readonly communes: readonly CommuneShown[]
  readonly on: PlainDate
  /** The map is fitted anew when this changes. */
  readonly extent: string
}

/** The communes by level, by cases of the week per 100 000 people, or by how these have changed. */
export const SituationMap = ({ communes, on, extent }: SituationMapProps) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const [{ map }, set] = useAddress({ map: 'levels' })
  const view: View = VIEWS.find((one) => one === map) ?? 'levels'
  const shapes = useShapes('commune', on)
  const [hovered, setHovered] = useState<string>()
  const byId = useMemo(() => new Map(communes.map((one) => [String(one.areaId), one])), [communes])
  const features = useMemo(() => communes.flatMap((one): MapFeature[] => {
    const geometry = shapes.get(one.areaId)
    if (!geometry) return []
    const outline = one.held ? { outline: 'strong' as const } : one.estimated ? { outline: 'faint' as const } : {}
    return [{ id: String(one.areaId), name: one.name, geometry, ...outline, ...look(one, view, format.whole) }]
  }), [communes, shapes, view, format])
  return (
    <section className={`${classes.map} no-print`} aria-label={t('overview.map')}>
      <SegmentedControl
        size="xs" className={classes.views ?? ''} value={view} onChange={(next) => set({ map: next })} aria-label={t('overview.map_shows')}
        data={VIEWS.map((one) => ({ value: one, label: t(`overview.view.${one}`) }))}
      />
      <div className={classes.canvas}>
        <MapView
          label={`${t('overview.map')}: ${t(`overview.view.${view}`)}`} features={features} extent={extent} hovered={hovered} onHover={setHovered}
          onSelect={(id) => {
            const one = byId.get(id)
            if (one) go(`/levels/${one.area}`, { area: one.area })
          }}
          tip={(id) => {
            const one = byId.get(id)
            return one && <Tip commune={one} />
          }}
          legend={<Legend view={view} />}
        />
      </div>
    </section>
  )
}

/** Colour, hatch and sign of a commune in a view; colour never stands alone. */
const look = (one: CommuneShown, view: View, whole: (value: number) => string): Pick<MapFeature, 'fill' | 'hatched' | 'badge'> => {
  if (view === 'levels') {
    const open = one.level === null && one.state === 'incomplete'
    return {
      fill: one.level !== null || open ? levelColour(one.level).fill : NO_DATA, hatched: open,
      ...(one.level === null ? {} : { badge: { text: String(one.level), level: one.level } }),
    }
  }
  if (view === 'rate') {
    if (one.rate === null) return { fill: NO_DATA, hatched: one.week.atLeast !== null }
    return { fill: stepOf(RATE_STEPS, one.rate).fill, ...(one.rate >= 0.5 ? { badge: { text: whole(one.rate) } } : {}) }
  }
  const change = relativeChange(one.week, one.weekBefore)
  if (change === undefined) return { fill: NO_DATA, hatched: one.week.atLeast !== null }
  return { fill: stepOf(CHANGE_STEPS, change).fill, ...(Math.abs(change) >= 0.1 ? { badge: { text: change > 0 ? '▲' : '▼' } } : {}) }
}

const Tip = ({ commune }: { commune: CommuneShown }) => {
  const t = useT()
  const format = useFormat()
  const numbers = useNumbers()
  const change = numbers.change(commune.week, commune.weekBefore)
  return (
    <div className={classes.tip}>
      <strong>{commune.name}</strong>
      <LevelBadge level={commune.level} possible={commune.possible} word />
      <span>{t('overview.tip_week', { count: numbers.text(commune.week) })}{change ? ` (${change.said})` : ''}</span>
      {commune.rate !== null && <span>{t('overview.tip_rate', { rate: format.rate(commune.rate) })}</span>}
      {commune.held && <span>{t('overview.held')}</span>}
    </div>
  )
}

const Legend = ({ view }: { view: View }) => {
  const t = useT()
  const format = useFormat()
  const steps = view === 'rate' ? RATE_STEPS : CHANGE_STEPS
  const label = (from: number, to: number | undefined): string =>
    view === 'rate'
      ? from === 0 ? '0' : to === undefined ? `≥ ${format.whole(from)}` : `${from < 1 ? '> 0' : format.whole(from)}–${format.whole(to)}`
      : to === undefined ? `≥ +${format.percent(from, 0)}` : from === -0.1 ? '±10\u202f%' : from < 0 ? `${format.percent(from, 0)} … ${format.percent(to, 0)}` : `+${format.percent(from, 0)} … +${format.percent(to, 0)}`
  return (
    <div className={classes.legend}>
      {view === 'levels'
        ? [1, 2, 3, 4].map((one) => <LevelBadge key={one} level={one} size={16} />)
        : steps.map(({ from, fill }, s) => <span key={from}><i className={classes.swatch} style={{ background: fill }} /> {label(from, steps[s + 1]?.from)}</span>)}
      <span><i className={`${classes.swatch} hatched`} /> {t('overview.legend_open')}</span>
      <span><i className={classes.swatch} style={{ background: NO_DATA }} /> {t('overview.legend_nothing')}</span>
    </div>
  )
}
