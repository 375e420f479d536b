import type { PlainDate } from '#base'
import { standsOn, type Area, type AreaTree } from './area.ts'

/** Where a unit went when it ended: `share` (0…1) of it became part of another; the shares of one unit sum to 1. */
export interface Successor {
  readonly fromId: number
  readonly toId: number
  readonly share: number
  /** True when the share is not known and the parts were taken as equal. */
  readonly estimated: boolean
  /** The text or reason the link rests on. */
  readonly basis: string
}

export interface AreaValue {
  readonly areaId: number
  readonly value: number
}

export interface ConvertedValue extends AreaValue {
  /** True as soon as one estimated share took part. */
  readonly estimated: boolean
}

/** A unit of the wanted day that receives a share of another unit. */
export interface Target {
  readonly areaId: number
  readonly share: number
  readonly estimated: boolean
}

/** Reads the reference file `area-successors.csv` (no quoted fields). Throws on a malformed line: the file is the product's own. */
export const parseSuccessors = (csv: string): Successor[] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [fromId, toId, share, estimated, basis, ...more] = line.split(',')
      if (basis === undefined || more.length > 0) throw new Error(`not a successor: ${line}`)
      return { fromId: Number(fromId), toId: Number(toId), share: Number(share), estimated: estimated === 't', basis }
    })

/**
 * Converts values between the trees of different days, forward in time: whole units add exactly, units that were split
 * go by share and are marked estimates. A unit without successors of its own is known afterwards only as part of what
 * holds it: a district of before 01/07/2025 becomes its new province, a hamlet its new commune.
 */
export class Crosswalk {
  readonly #tree: AreaTree
  readonly #successors: ReadonlyMap<number, readonly Successor[]>
  readonly #memo = new Map<string, readonly Target[]>()

  constructor(tree: AreaTree, successors: Iterable<Successor>) {
    this.#tree = tree
    this.#successors = Map.groupBy(successors, (link) => link.fromId)
  }

  /**
   * The units of a day that a unit went to, shares summing to 1; itself when it stands on that day; empty for a day
   * before the unit existed (nothing says how a merged unit would be taken apart) or an unknown unit.
   */
  targets(areaId: number, on: PlainDate): readonly Target[] {
    const key = `${areaId} ${this.#tree.period(on)}`
    let targets = this.#memo.get(key)
    if (!targets) {
      targets = this.#follow(areaId, on)
      this.#memo.set(key, targets)
    }
    return targets
  }

  #follow(areaId: number, on: PlainDate): readonly Target[] {
    const area = this.#tree.byId(areaId)
    if (!area || on < area.validFrom) return []
    if (this.#standsWithParents(area, on)) return [{ areaId, share: 1, estimated: false }]
    const links = this.#successors.get(areaId)
    if (!links) return area.parentId === null ? [] : this.targets(area.parentId, on)
    const sums = new Map<number, Target>()
    for (const link of links) {
      for (const target of this.targets(link.toId, on)) {
        const before = sums.get(target.areaId)
        sums.set(target.areaId, {
          areaId: target.areaId,
          share: (before?.share ?? 0) + link.share * target.share,
          estimated: (before?.estimated ?? false) || link.estimated || target.estimated,
        })
      }
    }
    const targets = [...sums.values()]
    // A part that leads nowhere would be lost without a word: then nothing is converted.
    if (Math.abs(targets.reduce((total, target) => total + target.share, 0) - 1) > 1e-9) return []
    // Parts that met again in one unit make it whole: no share had to be estimated.
    const [only, ...others] = targets
    return only && others.length === 0 ? [{ areaId: only.areaId, share: 1, estimated: false }] : targets
  }

  /** A hamlet left open when its commune ended does not stand any more. */
  #standsWithParents(area: Area, on: PlainDate): boolean {
    return standsOn(area, on) && this.#tree.ancestors(area.id).every((ancestor) => standsOn(ancestor, on))
  }

  /**
   * Values in the tree of a day, one entry a unit, in the order first met; what cannot be converted is handed back.
   * Example: 2 cases of Vĩnh Bảo and 3 of Vĩnh Thanh Vân in 2021 are 5 cases of phường Rạch Giá on 01/07/2025, no estimate.
   */
  convert(values: Iterable<AreaValue>, on: PlainDate): { values: ConvertedValue[]; unconverted: AreaValue[] } {
    const sums = new Map<number, { areaId: number; value: number; estimated: boolean }>()
    const unconverted: AreaValue[] = []
    for (const entry of values) {
      const targets = this.targets(entry.areaId, on)
      if (targets.length === 0) unconverted.push(entry)
      for (const target of targets) {
        const sum = sums.get(target.areaId) ?? { areaId: target.areaId, value: 0, estimated: false }
        sum.value += entry.value * target.share
        sum.estimated ||= target.estimated
        sums.set(target.areaId, sum)
      }
    }
    return { values: [...sums.values()], unconverted }
  }
}
