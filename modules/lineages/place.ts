import type { PlainDate } from '#base'
import { rangesOfArea, type Range } from '#platform/access'
import type { Area } from '#platform/areas'
import { today } from '#platform/clock'
import type { App } from '#platform/http'

/** The day asked for, else today. */
export const dayOf = (app: App, on: string | undefined): PlainDate => (on ?? today(app.clock)) as PlainDate

export const shownArea = ({ id, code, name, level }: Area) => ({ id, code, name, level })

/** Rows by the unit below an area that they lie in; under `undefined` those of which only the area itself is known. In the order of the tree, that one last. */
export const byUnit = <R extends { readonly areaId: number }>(app: App, area: Area, on: PlainDate, rows: readonly R[]): readonly (readonly [Area | undefined, readonly R[]])[] => {
  const tree = app.areas.tree()
  const units = tree.children(area.id, on).filter(({ level }) => level !== 'hamlet' && level !== 'group').map((unit) => ({ unit, ranges: rangesOfArea(app.areas, unit.id) }))
  const holds = (ranges: readonly Range[], pos: number): boolean => ranges.some(({ lo, hi }) => lo <= pos && pos <= hi)
  const unitOf = new Map<number, Area | undefined>()
  for (const { areaId } of rows) if (!unitOf.has(areaId)) unitOf.set(areaId, units.find(({ ranges }) => holds(ranges, tree.byId(areaId)?.pos ?? -1))?.unit)
  const grouped = Map.groupBy(rows, ({ areaId }) => unitOf.get(areaId))
  return [...units.map(({ unit }) => unit), undefined].flatMap((unit) => {
    const own = grouped.get(unit)
    return own ? [[unit, own] as const] : []
  })
}

/** A share as a sheet carries it: four digits. */
export const four = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : Math.round(value * 10_000) / 10_000)
