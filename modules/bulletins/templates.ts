import type { AreaTree } from '#platform/areas'
import type { Tx } from '#platform/db'
import { templateAt, templateVersions, type Bulletin } from './bulletin-store.ts'
import type { Kind, Template } from './frame.ts'
import { SHIPPED } from './shipped-templates.ts'

/** A wording and where it is from; version 0 is the product's own. */
export interface Chosen extends Template {
  readonly areaId: number | null
  readonly version: number
}

/** The wording that counts for an area: its own, else that of the nearest area above, else the product's. */
export const templateFor = async (tx: Tx, tree: AreaTree, kind: Kind, areaId: number): Promise<Chosen> => {
  const path = [areaId, ...tree.ancestors(areaId).map(({ id }) => id)]
  const versions = await templateVersions(tx, kind, path)
  for (const id of path) {
    const own = versions.find((one) => one.areaId === id)
    if (own) return { areaId: id, version: own.version, body: own.body, frame: own.frame }
  }
  return { ...SHIPPED[kind], areaId: null, version: 0 }
}

/** The wording a bulletin was drafted with. */
export const templateOf = async (tx: Tx, { kind, templateAreaId, templateVersion }: Bulletin): Promise<Template> => {
  const row = templateAreaId === null ? undefined : await templateAt(tx, kind, templateAreaId, templateVersion)
  return row ?? SHIPPED[kind]
}
