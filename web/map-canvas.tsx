import { ActionIcon, useComputedColorScheme } from '@mantine/core'
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react'
import type { FeatureCollection } from 'geojson'
import { Map as LibreMap, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { boundsOf, labelPoint } from './label-point.ts'
import { useT } from './language.tsx'
import { LEVEL_SHAPES, levelColour } from './level.ts'
import classes from './map-view.module.css'
import type { MapFeature, MapViewProps } from './map-view.tsx'

setWorkerUrl(workerUrl)

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }

const style = (line: string, ink: string): StyleSpecification => ({
  version: 8,
  sources: { areas: { type: 'geojson', data: NOTHING }, badges: { type: 'geojson', data: NOTHING } },
  layers: [
    { id: 'fill', type: 'fill', source: 'areas', paint: { 'fill-color': ['get', 'fill'] } },
    { id: 'hatch', type: 'fill', source: 'areas', filter: ['get', 'hatched'], paint: { 'fill-pattern': 'hatch' } },
    { id: 'line', type: 'line', source: 'areas', paint: { 'line-color': line, 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.5, 11, 1.5] } },
    {
      id: 'outline', type: 'line', source: 'areas', filter: ['!=', ['get', 'outline'], ''],
      paint: { 'line-color': ink, 'line-dasharray': [2, 2], 'line-width': ['match', ['get', 'outline'], 'strong', 2.5, 0.75] },
    },
    { id: 'hovered', type: 'line', source: 'areas', filter: ['==', ['get', 'id'], ''], paint: { 'line-color': ink, 'line-width': 2 } },
    { id: 'selected', type: 'line', source: 'areas', filter: ['==', ['get', 'id'], ''], paint: { 'line-color': ink, 'line-width': 3.5 } },
    { id: 'badge', type: 'symbol', source: 'badges', layout: { 'icon-image': ['get', 'icon'], 'icon-size': 0.85, 'icon-padding': 0, 'symbol-sort-key': ['get', 'rank'] } },
  ],
})

const MapCanvas = ({ label, features, selected, hovered, onSelect, onHover, tip, extent = '' }: MapViewProps) => {
  const t = useT()
  const dark = useComputedColorScheme('light') === 'dark'
  const holder = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<LibreMap>()
  const [pointed, setPointed] = useState<{ id: string; x: number; y: number }>()
  const listeners = useRef({ onSelect, onHover })
  listeners.current = { onSelect, onHover }

  useEffect(() => {
    if (!holder.current) return
    const made = new LibreMap({
      container: holder.current,
      style: style(dark ? '#0a0f0f' : '#ffffff', dark ? '#ffffff' : '#161e1e'),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      renderWorldCopies: false,
      fadeDuration: 0,
      locale: { 'Map.Title': `${label}. ${t('web.map_keys')}` },
    })
    made.touchZoomRotate.disableRotation()
    made.keyboard.disableRotation()
    made.on('load', () => {
      made.addImage('hatch', hatch(), { pixelRatio: 2 })
      setMap(made)
    })
    made.on('mousemove', 'fill', ({ features: under, point }) => {
      const id = String(under?.[0]?.properties['id'] ?? '')
      setPointed({ id, x: point.x, y: point.y })
      listeners.current.onHover?.(id)
      made.getCanvas().style.cursor = listeners.current.onSelect ? 'pointer' : ''
    })
    made.on('mouseleave', 'fill', () => {
      setPointed(undefined)
      listeners.current.onHover?.(undefined)
      made.getCanvas().style.cursor = ''
    })
    made.on('click', 'fill', ({ features: under }) => {
      const id = under?.[0]?.properties['id'] as unknown
      if (id !== undefined) listeners.current.onSelect?.(String(id))
    })
    return () => {
      setMap(undefined)
      made.remove()
    }
    // The map is built once a colour scheme and language; everything else is given to it below.
  }, [dark, label, t])

  useEffect(() => {
    if (!map) return
    for (const { badge } of features) if (badge && !map.hasImage(iconOf(badge))) map.addImage(iconOf(badge), drawBadge(badge), { pixelRatio: 2 })
    void map.getSource<GeoJSONSource>('areas')?.setData({
      type: 'FeatureCollection',
      features: features.map(({ id, geometry, fill, hatched = false, outline = '' }) => ({ type: 'Feature', geometry, properties: { id, fill, hatched, outline } })),
    })
    void map.getSource<GeoJSONSource>('badges')?.setData({
      type: 'FeatureCollection',
      features: features.flatMap(({ id, geometry, badge }) => {
        const at = badge && labelPoint(geometry)
        // Where two badges do not fit, the higher level is the one to be seen.
        return at ? [{ type: 'Feature', geometry: { type: 'Point', coordinates: [...at] }, properties: { id, icon: iconOf(badge), rank: -(badge.level ?? 0) } }] : []
      }),
    })
  }, [map, features])

  const fit = (animate: boolean): void => {
    const bounds = boundsOf(features.map((feature) => feature.geometry))
    if (bounds) map?.fitBounds(bounds, { padding: 24, animate })
  }
  const ready = map !== undefined && features.length > 0
  useEffect(() => {
    if (ready) fit(false)
  }, [ready, extent])

  useEffect(() => {
    map?.setFilter('selected', ['==', ['get', 'id'], selected ?? ''])
  }, [map, selected])
  useEffect(() => {
    map?.setFilter('hovered', ['==', ['get', 'id'], hovered ?? pointed?.id ?? ''])
  }, [map, hovered, pointed?.id])

  const shown = pointed && features.find((feature) => feature.id === pointed.id)
  return (
    <>
      <div ref={holder} className={classes.canvas} data-drawn={ready || undefined} />
      <div className={`${classes.tools} no-print`}>
        <ActionIcon variant="default" aria-label={t('web.zoom_in')} onClick={() => map?.zoomIn()}><IconPlus size={18} /></ActionIcon>
        <ActionIcon variant="default" aria-label={t('web.zoom_out')} onClick={() => map?.zoomOut()}><IconMinus size={18} /></ActionIcon>
        <ActionIcon variant="default" aria-label={t('web.zoom_all')} onClick={() => fit(true)}><IconZoomReset size={18} /></ActionIcon>
      </div>
      {pointed && shown && (
        <div className={classes.tip} style={tipPlace(pointed, holder.current?.clientWidth ?? 0)}>{tip ? tip(shown.id) : shown.name}</div>
      )}
    </>
  )
}
export default MapCanvas

const tipPlace = ({ x, y }: { x: number; y: number }, width: number) =>
  x > width / 2 ? { right: width - x + 12, top: y + 12 } : { left: x + 12, top: y + 12 }

const iconOf = (badge: NonNullable<MapFeature['badge']>): string => `${badge.level ?? ''}|${badge.text}`

const paper = (width: number, height: number): CanvasRenderingContext2D => {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  return context
}

/** No glyph server is asked: numbers are drawn here, twice as large as they are shown. */
const drawBadge = ({ text, level }: NonNullable<MapFeature['badge']>): ImageData => {
  const shape = level === undefined ? undefined : LEVEL_SHAPES[level]
  const font = "600 22px 'Be Vietnam Pro', sans-serif"
  const measuring = paper(1, 1)
  measuring.font = font
  const width = shape ? 44 : Math.ceil(measuring.measureText(text).width) + 20
  const height = shape ? 44 : 36
  const context = paper(width, height)
  const colour = levelColour(level)
  context.lineWidth = shape ? 1.5 : 2
  context.strokeStyle = shape ? colour.ink : '#5a6868'
  context.fillStyle = shape ? colour.fill : '#ffffff'
  if (shape) {
    context.save()
    context.scale(44 / 24, 44 / 24)
    const path = new Path2D(shape)
    context.fill(path)
    context.stroke(path)
    context.restore()
  } else {
    context.roundRect(1, 1, width - 2, height - 2, 8)
    context.fill()
    context.stroke()
  }
  context.font = font
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = shape ? colour.ink : '#161e1e'
  context.fillText(text, width / 2, height / 2 + 2)
  return context.getImageData(0, 0, width, height)
}

const hatch = (): ImageData => {
  const size = 16
  const context = paper(size, size)
  context.strokeStyle = 'rgba(22, 30, 30, 0.45)'
  context.lineWidth = 3
  for (const offset of [-size, 0, size]) {
    context.beginPath()
    context.moveTo(offset - 2, size + 2)
    context.lineTo(offset + size + 2, -2)
    context.stroke()
  }
  return context.getImageData(0, 0, size, size)
}
