import { addDays, eachDay, ok, problem, refuse, type PlainDate, type Result } from '#base'
import { Crosswalk, type Area, type AreaLevel, type AreaTree, type Areas } from '#platform/areas'
import { EVERYWHERE, type Database } from '#platform/db'
import { allRulebooks, rulebookInForce, type Rulebook } from '#rulebooks'
import { assess, type Assessment, type PreviousLevel } from './assess.ts'
import { EvidenceBase } from './evidence.ts'
import { publishedLevels, type PublishedLevel } from './level-store.ts'
import { loadFacts } from './load-facts.ts'

export interface RunQuery {
  readonly from: PlainDate
  readonly to: PlainDate
  /** The area and everything below it down to `depth`. */
  readonly areaId: number
  readonly depth: AreaLevel
  readonly disease: string
  /** A rulebook to use whatever is in force. */
  readonly rulebook?: string | undefined
  /** `published`: only a published level counts as the one before; `run` (the default): else the one computed a week earlier in this run. */
  readonly previous?: 'published' | 'run'
}

/** Assessments by day, then by area in the order of the tree. */
export interface Run {
  readonly days: readonly PlainDate[]
  readonly areas: readonly Area[]
  readonly assessments: readonly (readonly Assessment[])[]
  readonly published: readonly PublishedLevel[]
  /** Persons of a unit on the last day. */
  readonly population: (areaId: number) => number | null
}

const DEPTHS: readonly AreaLevel[] = ['country', 'province', 'district', 'commune', 'hamlet', 'group']

/** The area first, then what lies below it on the day, down to a level. */
export const unitsBelow = (tree: AreaTree, area: Area, depth: AreaLevel, on: PlainDate): Area[] => [
  area,
  ...tree.children(area.id, on).filter((child) => DEPTHS.indexOf(child.level) <= DEPTHS.indexOf(depth)).flatMap((child) => unitsBelow(tree, child, depth, on)),
]

/** Assessments are weekly (LVL-14): the one before is a week earlier. Unit: days. */
const WEEK = 7

/**
 * Levels of areas for every day of a period, in the tree of its last day. The evidence is counts, never people, and a level must not
 * depend on who reads it: it is read with the product's own rights; who sees which area is decided by the caller.
 * The level before is the last one published before the day, else the one computed for a week earlier in the same run.
 */
export const runLevels = async (database: Database, areas: Areas, query: RunQuery): Promise<Result<Run>> => {
  const books = await allRulebooks(database)
  const chosen = query.rulebook === undefined ? undefined : books.find((book) => book.row.id === query.rulebook)
  if (query.rulebook !== undefined && !chosen) return refuse(problem('unknown_rulebook', { status: 404, params: { rulebook: query.rulebook } }))
  const tree = areas.tree()
  const area = tree.byId(query.areaId)
  if (!area) return refuse(problem('unknown_area', { status: 404, params: { area: query.areaId } }))
  const crosswalk = new Crosswalk(tree, areas.successors())
  const { facts, published } = await database.read(EVERYWHERE, async (tx) => ({
    facts: await loadFacts(tx, areas, crosswalk, chosen ? [chosen] : books, query),
    published: await publishedLevels(tx, query.disease, query.to),
  }))
  const base = new EvidenceBase(facts)
  const units = unitsBelow(tree, area, query.depth, query.to)
  const days = eachDay(query.from, query.to)
  const publishedBy = Map.groupBy(published, (one) => one.areaId)
  const assessments: Assessment[][] = []
  for (const [d, on] of days.entries()) {
    const today: Assessment[] = []
    for (const [u, unit] of units.entries()) {
      const book = chosen ?? bookFor(books, tree, unit, on, query.disease)
      const assessed = assess(book, base, unit, on, previousOf(publishedBy.get(unit.id), query.previous === 'published' ? undefined : assessments[d - WEEK]?.[u], on))
      if (!assessed.ok) return assessed
      today.push(assessed.value)
    }
    assessments.push(today)
  }
  return ok({ days, areas: units, assessments, published, population: (areaId) => base.population(areaId, query.to)?.value ?? null })
}

/** A day's books are asked once: nearly every unit of a run has the same one. */
const bookFor = (books: readonly Rulebook[], tree: AreaTree, unit: Area, on: PlainDate, disease: string): Rulebook | undefined =>
  rulebookInForce(books, tree, unit.id, on, disease)

const previousOf = (published: readonly PublishedLevel[] | undefined, weekBefore: Assessment | undefined, on: PlainDate): PreviousLevel | undefined => {
  const last = published?.findLast((one) => one.effectiveFrom < on)
  if (last) return { level: last.level, day: last.effectiveFrom, published: true }
  return weekBefore?.level ? { level: weekBefore.level, day: addDays(on, -WEEK), published: false } : undefined
}
