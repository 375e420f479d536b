import { Skeleton } from '@mantine/core'
import type { Geometry } from 'geojson'
import { lazy, Suspense, type ReactNode } from 'react'
import { useT } from './language.tsx'
import classes from './map-view.module.css'
import { Notice } from './notices.tsx'

/** One area on the map. */
export interface MapFeature {
  readonly id: string
  readonly name: string
  readonly geometry: Geometry
  /** Hex colour. */
  readonly fill: string
  /** Over the colour: not enough data, estimate. */
  readonly hatched?: boolean
  /** A dashed border: `strong` waits for somebody, `faint` is an estimate. */
  readonly outline?: 'strong' | 'faint'
  /** Written on the area: a number of the law's level in its shape, or any short text. */
  readonly badge?: { readonly text: string; readonly level?: number }
}

export interface MapViewProps {
  /** What the map shows, for those who listen. */
  readonly label: string
  readonly features: readonly MapFeature[]
  readonly selected?: string | undefined
  readonly hovered?: string | undefined
  readonly onSelect?: (id: string) => void
  readonly onHover?: (id: string | undefined) => void
  /** Beside the pointer; the name by default. */
  readonly tip?: (id: string) => ReactNode
  /** The map is fitted anew to its areas when this changes (another province, another level). */
  readonly extent?: string
  readonly legend?: ReactNode
  /** CSS height. */
  readonly height?: string
}

const MapCanvas = lazy(() => import('./map-canvas.tsx'))

/** Tried once: a browser keeps some sixteen contexts alive and takes the oldest away, the map's own among them. */
let drawable: boolean | undefined
const canDraw = (): boolean => (drawable ??= document.createElement('canvas').getContext('webgl2') !== null)

/**
 * A map without tiles and without the network: the areas themselves, coloured. What it shows must also stand in a table beside it,
 * which is the way for keyboards, screen readers and browsers without WebGL.
 */
export const MapView = (props: MapViewProps) => {
  const t = useT()
  if (!canDraw()) return <Notice>{t('web.map_missing')}</Notice>
  return (
    <figure className={classes.figure} aria-label={props.label} style={{ height: props.height ?? '100%' }}>
      <Suspense fallback={<Skeleton height="100%" />}><MapCanvas {...props} /></Suspense>
      {props.legend && <figcaption className={classes.legend}>{props.legend}</figcaption>}
    </figure>
  )
}
