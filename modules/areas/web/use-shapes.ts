import type { FeatureCollection, Geometry } from 'geojson'
import { useMemo } from 'react'
import type { PlainDate } from '#base'
import { useQueryOf } from '#web'
import { getBoundaries } from '../contract.ts'

/** Borders do not change while a reader is at work. Unit: milliseconds. */
const DAY = 86_400_000

const layerOf = (rank: string, on: PlainDate) =>
  rank === 'province' ? 'provinces' as const : rank === 'district' ? 'districts-2021' as const : on < '2025-07-01' ? 'communes-2021' as const : 'communes-2025' as const

/** Outlines of the units of a rank on a day, by the key of the unit; nothing yet while they are being read. */
export const useShapes = (rank: string, on: PlainDate): ReadonlyMap<number, Geometry> => {
  const { data, isPlaceholderData } = useQueryOf(getBoundaries, { query: { layer: layerOf(rank, on) } }, { freshFor: DAY })
  return useMemo(() => {
    const collection = (isPlaceholderData ? undefined : data) as FeatureCollection | undefined
    return new Map(collection?.features.flatMap((feature) => {
      const { validFrom = '', validTo = null } = (feature.properties ?? {}) as { validFrom?: string; validTo?: string | null }
      return validFrom <= on && (validTo === null || on <= validTo) ? [[Number(feature.id), feature.geometry] as const] : []
    }))
  }, [data, isPlaceholderData, on])
}
