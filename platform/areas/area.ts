import { addDays, day, type PlainDate } from '#base'

/** Levels from the widest to the narrowest; districts exist to 30/06/2025 only. */
export const AREA_LEVELS = ['country', 'province', 'district', 'commune', 'hamlet', 'group'] as const
export type AreaLevel = (typeof AREA_LEVELS)[number]

/** Positions a commune owns: its own, then room for 99 hamlets. */
export const COMMUNE_BLOCK = 10_000
/** Positions a hamlet owns: its own, then room for 99 groups. */
export const HAMLET_BLOCK = 100

/**
 * One administrative unit during one period. A code is re-used after mergers, so the key is `id`, or code *and* day.
 * `pos`…`posEnd` span the unit and everything beneath it; facts known only at the unit itself carry `pos`.
 */
export interface Area {
  readonly id: number
  readonly code: string
  readonly level: AreaLevel
  /** What the unit is called by law: Tỉnh, Thành phố, Huyện, Phường, Xã, Thị trấn, Đặc khu, Ấp, Khu phố … */
  readonly kind: string
  /** With the kind: 'Phường Vĩnh Bảo'. */
  readonly name: string
  readonly nameEn: string
  readonly parentId: number | null
  readonly validFrom: PlainDate
  /** Last day of validity; null while it stands. */
  readonly validTo: PlainDate | null
  readonly pos: number
  readonly posEnd: number
  /** True where a tree known for a later day stands in because the tree of the day itself is not in the reference data. */
  readonly standsIn: boolean
}

/** Whether the unit stands on that day, both ends included. Example: Kiên Giang on 2025-06-30 is true, on 2025-07-01 false. */
export const standsOn = (area: Area, on: PlainDate): boolean => area.validFrom <= on && (area.validTo === null || on <= area.validTo)

/** The name without its kind: 'Vĩnh Bảo' of 'Phường Vĩnh Bảo', '6' of 'Phường 6'. */
export const bareName = (area: Pick<Area, 'kind' | 'name'>): string =>
  area.name.startsWith(`${area.kind} `) ? area.name.slice(area.kind.length + 1) : area.name

/** Reads the reference file `areas.csv` (no quoted fields). Throws on a malformed line: the file is the product's own. */
export const parseAreas = (csv: string): Area[] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [id, code, level, kind, name, nameEn, parentId, validFrom, validTo, standsIn, pos, posEnd, ...more] = line.split(',')
      if (posEnd === undefined || more.length > 0 || !AREA_LEVELS.includes(level as AreaLevel)) throw new Error(`not an area: ${line}`)
      return {
        id: Number(id),
        code: code as string,
        level: level as AreaLevel,
        kind: kind as string,
        name: name as string,
        nameEn: nameEn as string,
        parentId: parentId ? Number(parentId) : null,
        validFrom: day(validFrom as string),
        validTo: validTo ? day(validTo) : null,
        standsIn: standsIn === 't',
        pos: Number(pos),
        posEnd: Number(posEnd),
      }
    })

/** All units of all periods, indexed. Immutable: when an office adds a hamlet, build a new one (some 30 ms for the whole country). */
export class AreaTree {
  readonly #areas: readonly Area[]
  readonly #byId = new Map<number, Area>()
  readonly #byCode = new Map<string, Area[]>()
  readonly #children = new Map<number, Area[]>()
  readonly #turns: readonly PlainDate[]
  #ids: readonly number[] | undefined

  /** Rows in any order. Throws when an id stands twice or a parent is missing: the table forbids both. */
  constructor(rows: Iterable<Area>) {
    this.#areas = [...rows].sort((a, b) => a.pos - b.pos || a.id - b.id)
    const turns = new Set<PlainDate>()
    for (const area of this.#areas) {
      if (this.#byId.has(area.id)) throw new Error(`area ${area.id} stands twice`)
      this.#byId.set(area.id, area)
      push(this.#byCode, area.code, area)
      turns.add(area.validFrom)
      if (area.validTo !== null) turns.add(addDays(area.validTo, 1))
    }
    for (const area of this.#areas) {
      if (area.parentId === null) continue
      if (!this.#byId.has(area.parentId)) throw new Error(`area ${area.id} has no parent ${area.parentId}`)
      push(this.#children, area.parentId, area)
    }
    this.#turns = [...turns].sort()
  }

  /** Every unit of every period, in the order of positions. */
  get all(): readonly Area[] {
    return this.#areas
  }

  /** Of every unit of every period, in ascending order. */
  get ids(): readonly number[] {
    return (this.#ids ??= this.#areas.map(({ id }) => id).toSorted((a, b) => a - b))
  }

  byId(id: number): Area | undefined {
    return this.#byId.get(id)
  }

  /** The unit with this code on that day. Example: code '91' is Kiên Giang on 2025-06-30 and An Giang a day later. */
  resolve(code: string, on: PlainDate): Area | undefined {
    return this.#byCode.get(code)?.find((area) => standsOn(area, on))
  }

  /** Units directly beneath, in the order of positions: those of the day. */
  children(id: number, on: PlainDate): Area[] {
    return (this.#children.get(id) ?? []).filter((area) => standsOn(area, on))
  }

  /** Units of one level anywhere beneath (or the unit itself), those of the day, in the order of positions. */
  below(id: number, level: AreaLevel, on: PlainDate): Area[] {
    const area = this.#byId.get(id)
    if (!area || !standsOn(area, on)) return []
    if (area.level === level) return [area]
    return this.children(id, on).flatMap((child) => this.below(child.id, level, on))
  }

  /** Parent, grandparent, … up to the country. */
  ancestors(id: number): Area[] {
    const found: Area[] = []
    for (let area = this.parent(id); area; area = this.parent(area.id)) found.push(area)
    return found
  }

  parent(id: number): Area | undefined {
    const parentId = this.#byId.get(id)?.parentId
    return parentId === null || parentId === undefined ? undefined : this.#byId.get(parentId)
  }

  /** Whether a unit is another or lies beneath it. */
  isWithin(id: number, ancestorId: number): boolean {
    for (let area = this.#byId.get(id); area; area = this.parent(area.id)) if (area.id === ancestorId) return true
    return false
  }

  /** The unit of the given level that a unit is or lies in. */
  atLevel(id: number, level: AreaLevel): Area | undefined {
    for (let area = this.#byId.get(id); area; area = this.parent(area.id)) if (area.level === level) return area
    return undefined
  }

  /** The unit that carries exactly this position. Example: `tree.at(tree.byId(7).pos).id === 7`. */
  at(pos: number): Area | undefined {
    let low = 0
    let high = this.#areas.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#areas[middle] as Area).pos < pos) low = middle + 1
      else high = middle
    }
    const area = this.#areas[low]
    return area?.pos === pos ? area : undefined
  }

  /** Every unit that stands on that day, in the order of positions. */
  atDay(on: PlainDate): Area[] {
    return this.#areas.filter((area) => standsOn(area, on))
  }

  /** Number of the period a day falls in: two days with the same number have the same tree. */
  period(on: PlainDate): number {
    let low = 0
    let high = this.#turns.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#turns[middle] as PlainDate) <= on) low = middle + 1
      else high = middle
    }
    return low
  }
}

const push = <K>(map: Map<K, Area[]>, key: K, area: Area): void => {
  const list = map.get(key)
  if (list) list.push(area)
  else map.set(key, [area])
}
