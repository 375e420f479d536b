import { csvOf, ok, type Language, type QueryOf, type Result } from '#base'
import { areaAsked, rangesOfArea, type Actor } from '#platform/access'
import type { Scope } from '#platform/db'
import type { App } from '#platform/http'
import { lineageRead, type getLineages, type LineagesShown } from './contract.ts'
import { newestCall, tallies } from './lineage-store.ts'
import { byUnit, dayOf, four, shownArea } from './place.ts'
import { countsByWeek, growthOf, isCounted, namedLineages, sharesOf, weeksTo, type Tally } from './shares.ts'

type Query = QueryOf<typeof getLineages>

/** Lineages of an area over the weeks that end with a day. */
export const showLineages = async (app: App, actor: Actor, scope: Scope, query: Query): Promise<Result<LineagesShown>> => {
  const on = dayOf(app, query.on)
  const found = areaAsked(app.areas, actor, lineageRead, query.area, on)
  if (!found.ok) return found
  const area = found.value
  const weeks = weeksTo(on, query.weeks)
  const about = { disease: query.disease, ranges: rangesOfArea(app.areas, area.id), from: weeks[0]?.from ?? on, to: on, scheme: query.scheme }
  const { all, newest } = await app.database.read(scope, async (tx) => ({ all: await tallies(tx, about), newest: await newestCall(tx, about) }))
  const counted = all.filter(isCounted)
  const names = namedLineages(counted, on, query.reference)
  const counts = countsByWeek(counted, weeks, names)
  const shares = sharesOf(counts)
  const growth = growthOf(counted, names, on, query.reference)
  /** One row over the whole period. */
  const together = (own: typeof counted) => sharesOf([names.map((name) => sumOf(own.filter((one) => one.name === name))).concat(sumOf(own.filter(({ name }) => !names.includes(name))))])[0] ?? []
  return ok({
    area: shownArea(area), on, scheme: query.scheme, names,
    weeks: weeks.map((week, n) => ({ ...week, total: (counts[n] ?? []).reduce((sum, count) => sum + count, 0), shares: shares[n] ?? [] })),
    whole: together(counted),
    sequences: { counted: sumOf(counted), unassigned: sumOf(all.filter(({ name, bad }) => name === null && !bad)), bad: sumOf(all.filter(({ bad }) => bad)) },
    growth: { ...growth, advantages: [...growth.advantages] },
    below: byUnit(app, area, on, counted).map(([unit, own]) => ({ area: unit ? shownArea(unit) : null, total: sumOf(own), shares: together([...own]) })),
    newest: newest ?? null,
  })
}

const sumOf = (own: readonly Tally[]): number => own.reduce((sum, { count }) => sum + count, 0)

/** Shares by week, one row a week and lineage. */
export const csvOfLineages = async (app: App, actor: Actor, scope: Scope, query: Query, language: Language): Promise<Result<{ name: string; text: string }>> => {
  const shown = await showLineages(app, actor, scope, query)
  if (!shown.ok) return shown
  const { area, on, names, weeks } = shown.value
  const say = (key: string): string => app.sentence(language, key)
  const head = ['area_code', 'area', 'week_from', 'week_to', 'lineage', 'count', 'total', 'share', 'lower', 'upper'].map((key) => say(`lineages.csv.${key}`))
  const lines = weeks.flatMap(({ from, to, total, shares }) =>
    [...names, say('lineages.rest')].map((name, j) => [area.code, area.name, from, to, name, shares[j]?.count ?? 0, total, four(shares[j]?.share), four(shares[j]?.lower), four(shares[j]?.upper)]))
  return ok({ name: `bien-the-${area.code}-${on}.csv`, text: csvOf([head, ...lines]) })
}
