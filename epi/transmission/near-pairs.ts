import type { PlaneCoordinates } from './local-plane.ts'

/** Calls `visit` once for every pair of places at most `kilometres` apart. A grid of that width: only neighbouring squares are looked at. */
export const eachNearPair = ({ eastKm, northKm }: PlaneCoordinates, kilometres: number, visit: (i: number, j: number) => void): void => {
  const width = kilometres > 0 ? kilometres : 1
  const squares = new Map<number, Map<number, number[]>>()
  const limit = kilometres * kilometres
  for (let i = 0; i < eastKm.length; i++) {
    const x = eastKm[i] as number
    const y = northKm[i] as number
    const column = Math.floor(x / width)
    const row = Math.floor(y / width)
    for (let c = column - 1; c <= column + 1; c++) {
      const rows = squares.get(c)
      if (!rows) continue
      for (let r = row - 1; r <= row + 1; r++) {
        for (const j of rows.get(r) ?? []) {
          const dx = x - (eastKm[j] as number)
          const dy = y - (northKm[j] as number)
          if (dx * dx + dy * dy <= limit) visit(j, i)
        }
      }
    }
    let rows = squares.get(column)
    if (!rows) squares.set(column, (rows = new Map<number, number[]>()))
    const own = rows.get(row)
    if (own) own.push(i)
    else rows.set(row, [i])
  }
}
