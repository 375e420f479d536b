import type { FeatureCollection } from 'geojson'
import { useMemo } from 'react'
import { getBoundaries } from '#areas/contract'
import type { PlainDate } from '#base'
import { MapView, useAreas, useQueryOf, useT, type MapFeature } from '#web'
import type { WarningShown } from '../contract.ts'
import { Severity, SEVERITY_FILL } from './severity.tsx'
import classes from './warnings.module.css'

/** Borders do not change while a reader is at work. Unit: milliseconds. */
const DAY = 86_400_000
const CALM = '#e8ecec'

interface WarningMapProps {
  readonly warnings: readonly WarningShown[]
  readonly on: PlainDate
  readonly extent: string
  readonly within: number | undefined
  readonly hovered: string | undefined
  readonly onHover: (areaId: string | undefined) => void
  readonly onOpen: (warning: WarningShown) => void
}

/** Communes by the worst of their warnings; those of a cluster are hatched. */
export const WarningMap = ({ warnings, on, extent, within, hovered, onHover, onOpen }: WarningMapProps) => {
  const t = useT()
  const areas = useAreas()
  const { data, isPlaceholderData } = useQueryOf(getBoundaries, { query: { layer: on < '2025-07-01' ? 'communes-2021' : 'communes-2025' } }, { freshFor: DAY })
  const worst = useMemo(() => {
    const byArea = new Map<number, { readonly warning: WarningShown; readonly clusterOnly: boolean }>()
    for (const warning of warnings) {
      for (const id of [warning.area.id, ...(warning.cluster?.areas.map((one) => one.id) ?? [])]) {
        const known = byArea.get(id)
        const clusterOnly = warning.method === 'scan'
        if (!known || known.warning.severity < warning.severity || (known.clusterOnly && !clusterOnly)) byArea.set(id, { warning, clusterOnly })
      }
    }
    return byArea
  }, [warnings])
  const features = useMemo(() => {
    const collection = (isPlaceholderData ? undefined : data) as FeatureCollection | undefined
    return (collection?.features ?? []).flatMap((feature): MapFeature[] => {
      const { validFrom = '', validTo = null } = (feature.properties ?? {}) as { validFrom?: string; validTo?: string | null }
      const area = areas.byId(Number(feature.id))
      if (!area || on < validFrom || (validTo !== null && validTo < on)) return []
      if (within !== undefined && !areas.above(area.id).some(({ id }) => id === within)) return []
      const found = worst.get(area.id)
      return [{
        id: String(area.id), name: area.name, geometry: feature.geometry, fill: found ? (SEVERITY_FILL[found.warning.severity] ?? CALM) : CALM,
        ...(found ? { badge: { text: String(found.warning.severity) }, hatched: found.clusterOnly } : {}),
      }]
    })
  }, [data, isPlaceholderData, areas, on, within, worst])
  return (
    <MapView
      label={t('warnings.map')} features={features} extent={extent} hovered={hovered} onHover={onHover}
      onSelect={(id) => {
        const found = worst.get(Number(id))
        if (found) onOpen(found.warning)
      }}
      tip={(id) => {
        const found = worst.get(Number(id))
        return <div><strong>{areas.byId(Number(id))?.name}</strong><br />{found ? <Severity severity={found.warning.severity} /> : t('warnings.map_none')}</div>
      }}
      legend={(
        <div className={classes.legend}>
          {[1, 2, 3].map((severity) => <span key={severity}><i className={classes.swatch} style={{ background: SEVERITY_FILL[severity] }} /> {severity} {t(`warnings.severity.${severity}`)}</span>)}
          <span><i className={`${classes.swatch} hatched`} /> {t('warnings.method.scan')}</span>
        </div>
      )}
    />
  )
}
