import type { FeatureCollection } from 'geojson'
import { useMemo } from 'react'
import type { PlainDate } from '#base'
import { getBoundaries } from '#areas/contract'
import { LevelBadge, levelColour, MapView, useQueryOf, useT, type MapFeature } from '#web'
import type { LevelRow } from './level-rows.ts'
import classes from './levels.module.css'

/** Borders do not change while a reader is at work. Unit: milliseconds. */
const DAY = 86_400_000

type Layer = 'communes-2021' | 'districts-2021' | 'communes-2025' | 'provinces'

const layerOf = (level: string, on: PlainDate): Layer =>
  level === 'province' ? 'provinces' : level === 'district' ? 'districts-2021' : on < '2025-07-01' ? 'communes-2021' : 'communes-2025'

/** Nothing is known: paler than a level that is only open. */
const NO_DATA = '#dfe4e4'

interface LevelMapProps {
  readonly rows: readonly LevelRow[]
  /** Administrative level of the rows. */
  readonly level: string
  readonly on: PlainDate
  /** The map is fitted anew when this changes. */
  readonly extent: string
  readonly hovered: string | undefined
  readonly onHover: (areaId: string | undefined) => void
  readonly onOpen: (row: LevelRow) => void
  /** What stands beside the pointer. */
  readonly tip: (row: LevelRow) => React.ReactNode
  readonly label: string
}

/** The units coloured by level: hatched where the evidence leaves it open, grey where nothing is known, outlined where held or estimated. */
export const LevelMap = ({ rows, level, on, extent, hovered, onHover, onOpen, tip, label }: LevelMapProps) => {
  const t = useT()
  const layer = layerOf(level, on)
  const { data, isPlaceholderData } = useQueryOf(getBoundaries, { query: { layer } }, { freshFor: DAY })
  const shapes = useMemo(() => {
    const collection = (isPlaceholderData ? undefined : data) as FeatureCollection | undefined
    return new Map(collection?.features.flatMap((feature) => {
      const { validFrom = '', validTo = null } = (feature.properties ?? {}) as { validFrom?: string; validTo?: string | null }
      return validFrom <= on && (validTo === null || on <= validTo) ? [[Number(feature.id), feature.geometry] as const] : []
    }))
  }, [data, isPlaceholderData, on])
  const byId = useMemo(() => new Map(rows.map((row) => [String(row.unit.areaId), row])), [rows])
  const features = useMemo(() => rows.flatMap((row): MapFeature[] => {
    const geometry = shapes.get(row.unit.areaId)
    const known = row.level !== null
    const open = !known && row.state === 'incomplete'
    return geometry ? [{
      id: String(row.unit.areaId), name: row.unit.name, geometry, fill: known || open ? levelColour(row.level).fill : NO_DATA, hatched: open,
      ...(row.unit.held.length > 0 ? { outline: 'strong' as const } : row.unit.estimated && (known || open) ? { outline: 'faint' as const } : {}),
      ...(known ? { badge: { text: String(row.level), level: row.level } }
        : open && row.possible.length > 0 ? { badge: { text: row.possible.length === 2 ? row.possible.join('/') : `${row.possible[0]}–${row.possible.at(-1)}` } } : {}),
    }] : []
  }), [rows, shapes])
  const undrawn = shapes.size === 0 ? [] : rows.filter((row) => !shapes.has(row.unit.areaId))
  return (
    <MapView
      label={label}
      features={features}
      extent={extent}
      hovered={hovered}
      onHover={onHover}
      onSelect={(id) => {
        const row = byId.get(id)
        if (row) onOpen(row)
      }}
      tip={(id) => {
        const row = byId.get(id)
        return row && tip(row)
      }}
      legend={(
        <div className={classes.legend}>
          {[1, 2, 3, 4].map((one) => <LevelBadge key={one} level={one} size={16} />)}
          <span><i className={`${classes.swatch} hatched`} /> {t('levels.state.incomplete')}</span>
          <span><i className={classes.swatch} style={{ background: NO_DATA }} /> {t('levels.state.no_data')}</span>
          <span><i className={classes.swatch} data-outline="strong" /> {t('levels.held')}</span>
          <span><i className={classes.swatch} data-outline="faint" /> {t('levels.estimate')}</span>
          {undrawn.length > 0 && <span>{t('levels.undrawn', { names: undrawn.slice(0, 3).map((row) => row.unit.name).join(', ') + (undrawn.length > 3 ? '…' : ''), count: undrawn.length })}</span>}
        </div>
      )}
    />
  )
}
