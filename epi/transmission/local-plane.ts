import { demand } from '../numerics/demand.ts'

/** Places in kilometres east and north of a common origin. */
export interface PlaneCoordinates {
  readonly eastKm: Float64Array
  readonly northKm: Float64Array
}

/** Mean radius of the Earth (IUGG). */
const EARTH_KM = 6371.0088

/**
 * Degrees of longitude and latitude as kilometres on a plane, so that distances are one root: the equirectangular projection about the middle latitude of the places.
 *
 *   east = R·λ·cos φ₀,  north = R·φ
 *
 * Convention: for a province. The error is the change of cos φ away from the middle: 0.3 % of the east–west part at 1° of latitude from 10° N, 2 % at 20° N over 3°.
 * @throws RangeError for lists of unequal length or a latitude beyond ±90°.
 * @example One degree of latitude is 111.195 km, one of longitude at 10° N 109.505 km
 */
export const toPlane = (longitudes: ArrayLike<number>, latitudes: ArrayLike<number>): PlaneCoordinates => {
  demand(longitudes.length === latitudes.length, 'each place needs a longitude and a latitude')
  let lowest = 90
  let highest = -90
  for (let i = 0; i < latitudes.length; i++) {
    const latitude = latitudes[i] as number
    demand(Math.abs(latitude) <= 90 && Number.isFinite(longitudes[i] as number), 'a latitude lies between -90 and 90 degrees')
    lowest = Math.min(lowest, latitude)
    highest = Math.max(highest, latitude)
  }
  const radian = Math.PI / 180
  const shrink = Math.cos(((lowest + highest) / 2) * radian)
  return {
    eastKm: Float64Array.from(longitudes, (longitude) => EARTH_KM * radian * longitude * shrink),
    northKm: Float64Array.from(latitudes, (latitude) => EARTH_KM * radian * latitude),
  }
}
