import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import { permits, rangesOfArea, type Actor, type Range } from '#platform/access'
import type { Area } from '#platform/areas'
import { today } from '#platform/clock'
import type { App } from '#platform/http'
import { lineageRead } from './contract.ts'

/** The day asked for, else today. */
export const dayOf = (app: App, on: string | undefined): PlainDate => (on ?? today(app.clock)) as PlainDate

/** The area a code means on a day, the province without one, if the reader may see it. Problems `unknown_area`, `forbidden`. */
export const areaOf = (app: App, actor: Actor, code: string | undefined, on: PlainDate): Result<Area> => {
  const area = code === undefined ? app.areas.root(on) : app.areas.tree().resolve(code, on)
  if (!area) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code ?? '' } }))
  return permits(actor, lineageRead, area.pos, area.posEnd) ? ok(area) : refuse(problem('forbidden', { status: 403, field: 'area' }))
}

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

/** A spreadsheet runs what begins with these as a formula. */
const FORMULA = /^[=+\-@\t\r]/
const cell = (value: string | number | null): string => {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value ?? '')
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A sheet that Excel opens with its tones. */
export const csvOf = (lines: readonly (readonly (string | number | null)[])[]): string => `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`

/** A share as a sheet carries it: four digits. */
export const four = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : Math.round(value * 10_000) / 10_000)
