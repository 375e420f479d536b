import type { PlainDate } from '#base'
import { EVERYWHERE, sql, type Database, type Tx } from '#platform/db'
import { AreaTree, type Area } from './area.ts'
import { Crosswalk, type Successor } from './crosswalk.ts'

/** The tree of all units, held in memory: a country is 15 000 rows, and every rule asks it. */
export interface Areas {
  readonly tree: () => AreaTree
  /** What became of units. */
  readonly successors: () => readonly Successor[]
  /** Takes values of one day's units to those of another, along what became of them. */
  readonly crosswalk: () => Crosswalk
  readonly country: () => Area
  /** The province this installation serves; after a merger, the province it went into. */
  readonly root: (on: PlainDate) => Area
  /** The unit and those units of other trees that lie wholly within it, each as the top of its subtree. */
  readonly wholly: (areaId: number) => readonly Area[]
  /** Reads the tree anew after a command added units. */
  readonly reload: () => Promise<void>
}

const COLUMNS = sql`id, code, level, kind, name, name_en as "nameEn", parent_id as "parentId", valid_from as "validFrom", valid_to as "validTo",
  pos, pos_end as "posEnd", stands_in as "standsIn"`

const read = async (tx: Tx): Promise<{ tree: AreaTree; successors: Successor[]; rootId: number }> => {
  const tree = new AreaTree(await tx.rows(sql<Area>`select ${COLUMNS} from area`))
  const successors = await tx.rows(sql<Successor>`
    select from_id as "fromId", to_id as "toId", share::float8 as share, estimated, basis from area_successor`)
  const deployment = await tx.first(sql<{ root_area_id: number }>`select root_area_id from deployment`)
  if (!deployment) throw new Error('reference data are not loaded')
  return { tree, successors, rootId: deployment.root_area_id }
}

/** Opens the tree. Reference data must have been loaded (`loadReference`). */
export const openAreas = async (database: Database): Promise<Areas> => {
  let state = await database.read(EVERYWHERE, read)
  let crosswalk: Crosswalk | undefined
  let wholly = new Map<number, readonly Area[]>()
  const unit = (id: number): Area => {
    const area = state.tree.byId(id)
    if (!area) throw new Error(`no area ${id}`)
    return area
  }
  return {
    tree: () => state.tree,
    successors: () => state.successors,
    crosswalk: () => (crosswalk ??= new Crosswalk(state.tree, state.successors)),
    country: () => {
      const country = state.tree.all.find((area) => area.level === 'country')
      if (!country) throw new Error('the tree has no country')
      return country
    },
    root: (on) => {
      let root = unit(state.rootId)
      while (root.validTo !== null && root.validTo < on) {
        const next = state.successors.find((step) => step.fromId === root.id)
        if (!next) break
        root = unit(next.toId)
      }
      return root
    },
    wholly: (areaId) => {
      let found = wholly.get(areaId)
      if (!found) wholly.set(areaId, (found = whollyWithin(state.tree, state.successors, unit(areaId))))
      return found
    },
    reload: async () => {
      state = await database.read(EVERYWHERE, read)
      crosswalk = undefined
      wholly = new Map()
    },
  }
}

/** A former unit that went into the area with its whole, or a later unit made of nothing but the area's own units. */
const whollyWithin = (tree: AreaTree, successors: readonly Successor[], area: Area): Area[] => {
  const found: Area[] = [area]
  const covers = (id: number): boolean => {
    const unit = tree.byId(id)
    return unit !== undefined && found.some((top) => top.pos <= unit.pos && unit.posEnd <= top.posEnd)
  }
  const bySource = Map.groupBy(successors, (step) => step.fromId)
  const byTarget = Map.groupBy(successors, (step) => step.toId)
  for (let grown = true; grown; ) {
    grown = false
    for (const [steps, other] of [[bySource, 'toId'], [byTarget, 'fromId']] as const) {
      for (const [id, parts] of steps) {
        if (!covers(id) && parts.every((part) => covers(part[other]))) {
          const unit = tree.byId(id)
          if (unit) {
            found.push(unit)
            grown = true
          }
        }
      }
    }
  }
  return found
}
