import { demand } from '../numerics/demand.ts'

/** Degrees. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** Mean radius of the Earth. */
const EARTH_KM = 6371.0088
const RADIANS = Math.PI / 180

/**
 * The distance between two places on a sphere (haversine formula). Unit: km; the Earth is no sphere, so up to 0.5 % off.
 * Example: one degree of latitude is 111.195 km.
 */
export const distanceKm = (from: Place, to: Place): number => {
  const alongLatitude = Math.sin(((to.latitude - from.latitude) * RADIANS) / 2)
  const alongLongitude = Math.sin(((to.longitude - from.longitude) * RADIANS) / 2)
  const half = alongLatitude ** 2 + Math.cos(from.latitude * RADIANS) * Math.cos(to.latitude * RADIANS) * alongLongitude ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)))
}

/**
 * For each place all places, the nearest first (itself, then the others; equally near ones in their order): the neighbourhoods a scan grows.
 * Errors: `RangeError` for coordinates that are not numbers. Example: of places at 0°, 2° and 1° of latitude the first has the order 0, 2, 1.
 */
export const nearestPlaces = (places: readonly Place[]): readonly (readonly number[])[] => {
  demand(places.every(({ latitude, longitude }) => Number.isFinite(latitude) && Number.isFinite(longitude)), 'coordinates must be numbers')
  return places.map((centre, own) => {
    const distances = places.map((place, n) => (n === own ? -1 : distanceKm(centre, place)))
    return places.map((_, n) => n).sort((a, b) => (distances[a] as number) - (distances[b] as number) || a - b)
  })
}
