import type { AreaTree } from '#platform/areas'
import type { Tx } from '#platform/db'
import { templateAt, templateVersions, type Bulletin } from './bulletin-store.ts'
import type { Kind, Template } from './frame.ts'
import { shippedFor, type Seat } from './shipped-templates.ts'

/** A wording and where it is from; version 0 is the product's own. */
export interface Chosen extends Template {
  readonly areaId: number | null
  readonly version: number
}

/** The area an office sits for. */
export const seatOf = (tree: AreaTree, areaId: number): Seat => {
  const area = tree.byId(areaId)
  if (!area) throw new Error(`no area ${areaId}`)
  return { area, above: area.level === 'province' ? undefined : tree.atLevel(areaId, 'province') }
}

/** A wording in another office's hands: the text is shared, head and foot are each office's own. */
const inHands = ({ body, frame }: Template, kind: Kind, seat: Seat, areaId: number): Template =>
  areaId === seat.area.id ? { body, frame } : { body, frame: { ...shippedFor(kind, seat).frame, countFrom: frame.countFrom } }

/** The wording that counts for an area: its own, else the text of the nearest area above, else the product's. */
export const templateFor = async (tx: Tx, tree: AreaTree, kind: Kind, areaId: number): Promise<Chosen> => {
  const seat = seatOf(tree, areaId)
  const path = [areaId, ...tree.ancestors(areaId).map(({ id }) => id)]
  const versions = await templateVersions(tx, kind, path)
  for (const id of path) {
    const found = versions.find((one) => one.areaId === id)
    if (found) return { ...inHands(found, kind, seat, id), areaId: id, version: found.version }
  }
  return { ...shippedFor(kind, seat), areaId: null, version: 0 }
}

/** The wording a bulletin was drafted with. */
export const templateOf = async (tx: Tx, tree: AreaTree, { kind, areaId, templateAreaId, templateVersion }: Bulletin): Promise<Template> => {
  const seat = seatOf(tree, areaId)
  const row = templateAreaId === null ? undefined : await templateAt(tx, kind, templateAreaId, templateVersion)
  return row ? inHands(row, kind, seat, row.areaId) : shippedFor(kind, seat)
}
