import type { DecisionModel } from './model.ts'
import { element, type Written } from './write-xml.ts'

/** Sizes of the drawing. Unit: pixels, as DMN DI has them. */
const [width, height, across, upwards, margin] = [220, 60, 40, 80, 40]

/** An arrow of the drawing: the requirement's own id, what it comes from and where it leads. */
export interface Arrow {
  readonly id: string
  readonly from: string
  readonly to: string
}

interface Corner {
  readonly x: number
  readonly y: number
}

/** How far above the inputs each element stands: one row above the highest thing it requires. */
const rowsOf = (model: DecisionModel): Map<string, number> => {
  const requires = new Map([
    ...model.inputs.map(({ id }): [string, readonly string[]] => [id, []]),
    ...[...model.knowledge, ...model.decisions].map((one): [string, readonly string[]] => [one.id, one.requires]),
  ])
  const rows = new Map<string, number>()
  const rowOf = (id: string, path: readonly string[]): number => {
    const known = rows.get(id)
    if (known !== undefined || path.includes(id)) return known ?? 0
    const below = (requires.get(id) ?? []).filter((one) => requires.has(one)).map((one) => rowOf(one, [...path, id]))
    const row = below.length > 0 ? Math.max(...below) + 1 : 0
    rows.set(id, row)
    return row
  }
  for (const id of requires.keys()) rowOf(id, [])
  return rows
}

const placesOf = (model: DecisionModel): Map<string, Corner> => {
  const rows = rowsOf(model)
  const highest = Math.max(0, ...rows.values())
  const widest = Math.max(0, ...Map.groupBy(rows.values(), (row) => row).values().map((same) => same.length))
  const places = new Map<string, Corner>()
  for (const [row, ids] of Map.groupBy(rows.keys(), (id) => rows.get(id) as number)) {
    // Each row stands in the middle of the widest one.
    const left = margin + ((widest - ids.length) * (width + across)) / 2
    ids.forEach((id, i) => places.set(id, { x: left + i * (width + across), y: margin + (highest - row) * (height + upwards) }))
  }
  return places
}

/**
 * The drawing of a model's requirements: inputs at the bottom, each decision above what it requires. Other editors open a file without one, and show
 * an empty sheet.
 */
export const writeDiagram = (model: DecisionModel, arrows: readonly Arrow[]): Written => {
  const places = placesOf(model)
  const point = (id: string, top: boolean): Written[] => {
    const place = places.get(id)
    return place ? [element('di:waypoint', { x: place.x + width / 2, y: place.y + (top ? 0 : height) })] : []
  }
  return element('dmndi:DMNDI', {}, [
    element('dmndi:DMNDiagram', { id: 'drawing' }, [
      ...[...places].map(([id, { x, y }]) => element('dmndi:DMNShape', { id: `drawing_${id}`, dmnElementRef: id }, [element('dc:Bounds', { x, y, width, height })])),
      ...arrows.filter(({ from, to }) => places.has(from) && places.has(to)).map(({ id, from, to }) =>
        element('dmndi:DMNEdge', { id: `drawing_${id}`, dmnElementRef: id }, [...point(from, true), ...point(to, false)])),
    ]),
  ])
}
