import { setImmediate as breathe } from 'node:timers/promises'
import { daysBetween, eachDay, ok, problem, refuse, type Instant, type PlainDate, type Result } from '#base'
import type { Area, AreaLevel, AreaTree, Areas } from '#platform/areas'
import { EVERYWHERE, type Database } from '#platform/db'
import { allRulebooks, findRulebook, lawOf, lawOfOne, type InForce, type Law, type Rulebook } from '#rulebooks'
import { assessorOf, type Assessment, type Assessor, type PreviousLevel } from './assess.ts'
import { EvidenceBase } from './evidence.ts'
import { publishedLevels, type PublishedLevel } from './level-store.ts'
import { loadFacts, PEOPLE } from './load-facts.ts'
import { stricterOf } from './stricter.ts'

export interface RunQuery {
  readonly from: PlainDate
  readonly to: PlainDate
  /** The area and everything below it down to `depth`. */
  readonly areaId: number
  readonly depth: AreaLevel
  readonly disease: string
  /** A rulebook (`id`, or `id@version`) to use whatever is in force. */
  readonly rulebook?: string | undefined
  /** Figures, counts, rulebooks and published levels as they were known at this instant; now when left out. */
  readonly knownAt?: Instant | undefined
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

/** What the assessments of a period rest on, read once. */
export interface Ground {
  readonly days: readonly PlainDate[]
  readonly areas: readonly Area[]
  readonly base: EvidenceBase
  readonly published: readonly PublishedLevel[]
  readonly publishedBy: ReadonlyMap<number, readonly PublishedLevel[]>
}

/**
 * Reads the evidence of a period for an area and what lies below it, in the tree of the last day. It is counts, never people, and a level must not
 * depend on who reads it: it is read with the product's own rights; who sees which area is decided by the caller.
 */
export const readGround = async (database: Database, areas: Areas, query: RunQuery, laws: readonly Law[]): Promise<Result<Ground>> => {
  const tree = areas.tree()
  const area = tree.byId(query.areaId)
  if (!area) return refuse(problem('unknown_area', { status: 404, params: { area: query.areaId } }))
  const { facts, published } = await database.read(EVERYWHERE, async (tx) => ({
    facts: await loadFacts(tx, areas, [PEOPLE, ...laws.flatMap(({ books }) => books)], query),
    published: await publishedLevels(tx, query.disease, query.to, query.knownAt),
  }))
  return ok({
    days: eachDay(query.from, query.to), areas: unitsBelow(tree, area, query.depth, query.to), base: new EvidenceBase(facts), published,
    publishedBy: Map.groupBy(published, (one) => one.areaId),
  })
}

/** What was assessed on the same ground under another law. */
export interface Assessed {
  readonly law: Law
  readonly assessments: readonly (readonly Assessment[])[]
}

/**
 * Assesses every area and day under a law: the rule in force, and the stricter variants beside it. Where another law was assessed before and holds the
 * same there, its assessment is taken.
 */
export const assessPeriod = (
  { days, areas, base, publishedBy }: Ground, law: Law, previous: RunQuery['previous'], other?: Assessed,
): Result<Assessment[][]> => {
  const assessments: Assessment[][] = days.map(() => [])
  for (const [u, unit] of areas.entries()) {
    const assessors = new Map<Rulebook | undefined, Assessor>()
    const assess = (book: Rulebook | undefined, on: PlainDate, before: PreviousLevel | undefined): Result<Assessment> => {
      let assessor = assessors.get(book)
      if (!assessor) assessors.set(book, (assessor = assessorOf(book, base, unit)))
      return assessor(on, before)
    }
    const publishedHere = publishedBy.get(unit.id)
    for (const [d, on] of days.entries()) {
      const here = law.at(unit.id, on)
      const weekBefore = previous === 'published' ? undefined : assessments[d - WEEK]?.[u]
      const today = assessments[d] as Assessment[]
      if (other && sameThere(other.law.at(unit.id, on), here) && other.assessments[d - WEEK]?.[u]?.level === assessments[d - WEEK]?.[u]?.level) {
        today.push(other.assessments[d]?.[u] as Assessment)
        continue
      }
      const before = previousOf(publishedHere, weekBefore, on)
      let assessed = assess(here.rule, on, before)
      for (const variant of here.variants) {
        const beside = assessed.ok ? assess(variant, on, before) : assessed
        assessed = assessed.ok && beside.ok ? ok(stricterOf(assessed.value, beside.value)) : beside
      }
      if (!assessed.ok) return assessed
      today.push(assessed.value)
    }
  }
  return ok(assessments)
}

/** As many assessments are made before others who ask the server are answered: some 20 ms. */
const AT_ONCE = 500

/** The same, unit by unit, so that the server goes on answering meanwhile: a unit's level rests on no other unit's. */
export const assessInTurn = async (ground: Ground, law: Law, previous: RunQuery['previous'], other?: Assessed): Promise<Result<Assessment[][]>> => {
  const assessments = ground.days.map((): Assessment[] => [])
  let made = 0
  for (const [u, unit] of ground.areas.entries()) {
    const beside = other && { law: other.law, assessments: other.assessments.map((day) => day.slice(u, u + 1)) }
    const own = assessPeriod({ ...ground, areas: [unit] }, law, previous, beside)
    if (!own.ok) return own
    for (const [d, day] of own.value.entries()) assessments[d]?.push(...day)
    made += ground.days.length
    if (made < AT_ONCE) continue
    made = 0
    await breathe()
  }
  return ok(assessments)
}

/** Units times days of one question: a season of the country's districts, or two months of its communes. */
const MOST_ASSESSMENTS = 250_000

/** Problem `too_many_assessments` when a question would keep a server busy for longer than anybody waits. */
export const withinReach = (tree: AreaTree, area: Area, { depth, from, to }: Pick<RunQuery, 'depth' | 'from' | 'to'>): Result<null> => {
  const [units, days] = [unitsBelow(tree, area, depth, to).length, daysBetween(from, to) + 1]
  return units * days <= MOST_ASSESSMENTS ? ok(null) : refuse(problem('too_many_assessments', { field: 'depth', params: { units, days, most: Math.floor(MOST_ASSESSMENTS / units) } }))
}

const sameThere = (a: InForce, b: InForce): boolean =>
  a.rule === b.rule && a.variants.length === b.variants.length && a.variants.every((variant, i) => variant === b.variants[i])

/**
 * Levels of areas for every day of a period, in the tree of its last day. The level before is the last one published before the day, else the one
 * computed for a week earlier in the same run.
 */
export const runLevels = async (database: Database, areas: Areas, query: RunQuery): Promise<Result<Run>> => {
  const books = await allRulebooks(database, query.knownAt)
  const chosen = query.rulebook === undefined ? undefined : findRulebook(books, query.rulebook)
  if (query.rulebook !== undefined && !chosen) return refuse(problem('unknown_rulebook', { status: 404, params: { rulebook: query.rulebook } }))
  const law = chosen ? lawOfOne(chosen) : lawOf(books, areas.tree(), query.disease)
  const ground = await readGround(database, areas, query, [law])
  if (!ground.ok) return ground
  const assessments = await assessInTurn(ground.value, law, query.previous)
  if (!assessments.ok) return assessments
  const { days, areas: units, base, published } = ground.value
  return ok({ days, areas: units, assessments: assessments.value, published, population: (areaId) => base.population(areaId, query.to)?.value ?? null })
}

const previousOf = (published: readonly PublishedLevel[] | undefined, weekBefore: Assessment | undefined, on: PlainDate): PreviousLevel | undefined => {
  const last = published?.findLast((one) => one.effectiveFrom < on)
  if (last) return { level: last.level, day: last.effectiveFrom, published: true }
  return weekBefore?.level ? { level: weekBefore.level, day: weekBefore.on, published: false } : undefined
}
