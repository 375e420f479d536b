import { createContext, useContext, type ReactNode } from 'react'
import { compareVietnamese, nameKey, type PlainDate } from '#base'
import { useDay } from './address.ts'

/** One administrative unit as it stands on a day. */
export interface AreaNode {
  readonly id: number
  readonly code: string
  readonly level: string
  /** With its kind: 'Phường Vĩnh Bảo'. */
  readonly name: string
  readonly parentId: number | null
}

/** The units of one day, indexed. */
export interface Areas {
  readonly all: readonly AreaNode[]
  /** Whether the units of that day are known yet. */
  readonly ready: boolean
  /** Units with nothing above them: the root area of the deployment. */
  readonly roots: readonly AreaNode[]
  readonly byId: (id: number) => AreaNode | undefined
  readonly byCode: (code: string) => AreaNode | undefined
  readonly childrenOf: (id: number) => readonly AreaNode[]
  /** The unit itself, its parent, … up to the root. */
  readonly above: (id: number) => readonly AreaNode[]
  /** Units whose name or code matches, tones and case ignored; best first. */
  readonly search: (text: string, most: number) => readonly AreaNode[]
}

/** Where the units of a day come from; given by app.tsx, because the shell knows no module. */
export type AreaSource = (on: PlainDate) => readonly AreaNode[] | undefined

const SourceContext = createContext<AreaSource>(() => undefined)

export const AreasProvider = ({ source, children }: { source: AreaSource; children: ReactNode }) => (
  <SourceContext value={source}>{children}</SourceContext>
)

const NONE: readonly AreaNode[] = []

/** Many parts of a screen ask for the same units. */
const indexed = new WeakMap<readonly AreaNode[], Areas>()
const indexOf = (list: readonly AreaNode[]): Areas => {
  const index = indexed.get(list) ?? indexAreas(list, list !== NONE)
  indexed.set(list, index)
  return index
}

export const indexAreas = (all: readonly AreaNode[], ready: boolean): Areas => {
  const byId = new Map(all.map((area) => [area.id, area]))
  const byCode = new Map(all.map((area) => [area.code, area]))
  const children = new Map<number, AreaNode[]>()
  for (const area of all) {
    if (area.parentId === null) continue
    const siblings = children.get(area.parentId)
    if (siblings) siblings.push(area)
    else children.set(area.parentId, [area])
  }
  const inOrder = new Map<number, readonly AreaNode[]>()
  const childrenOf = (id: number): readonly AreaNode[] => {
    const siblings = inOrder.get(id) ?? (children.get(id) ?? NONE).toSorted((a, b) => compareVietnamese(a.name, b.name))
    inOrder.set(id, siblings)
    return siblings
  }
  let keys: readonly { area: AreaNode; key: string }[] | undefined
  return {
    all,
    ready,
    roots: all.filter((area) => area.parentId === null || !byId.has(area.parentId)),
    byId: (id) => byId.get(id),
    byCode: (code) => byCode.get(code),
    childrenOf,
    above: (id) => {
      const path: AreaNode[] = []
      for (let area = byId.get(id); area; area = area.parentId === null ? undefined : byId.get(area.parentId)) path.push(area)
      return path
    },
    search: (text, most) => {
      const wanted = nameKey(text)
      keys ??= all.map((area) => ({ area, key: nameKey(area.name) }))
      const found: { area: AreaNode; rank: number }[] = []
      for (const { area, key } of keys) {
        const at = ` ${key}`.indexOf(` ${wanted}`)
        const rank = area.code === text.trim() ? 0 : key === wanted ? 1 : key.endsWith(` ${wanted}`) ? 2 : at >= 0 ? 3 : key.includes(wanted) ? 4 : -1
        if (rank >= 0) found.push({ area, rank })
      }
      return found.toSorted((a, b) => a.rank - b.rank || compareVietnamese(a.area.name, b.area.name)).slice(0, most).map(({ area }) => area)
    },
  }
}

/** The units of a day (the day of the address when none is given). */
export const useAreas = (on?: PlainDate): Areas => {
  const { day } = useDay()
  const list = useContext(SourceContext)(on ?? day)
  return indexOf(list ?? NONE)
}
