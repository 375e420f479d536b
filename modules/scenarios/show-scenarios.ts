import { addDays, csvOf, eachDay, nameKey, ok, refuse, type AnswerOf, type Id, type Language, type PlainDate, type QueryOf, type Result } from '#base'
import type { Evidence } from '#decisions'
import { EvidenceBase, loadFacts, PEOPLE } from '#levels'
import { areaAsked, type Actor } from '#platform/access'
import { today } from '#platform/clock'
import { EVERYWHERE, type Scope } from '#platform/db'
import type { App } from '#platform/http'
import { readCaseSeries } from '#warnings'
import { DAYS, scenarioRead, type Counted, type getScenario, type Listed, type listScenarios, type ProfileName, type startScenario } from './contract.ts'
import { mayChange, UNKNOWN } from './save-scenario.ts'
import { findScenario, newestScenarios, type Scenario, type ScenarioHead } from './scenario-store.ts'

/** Days before the start that the pictures show. */
const LEAD_DAYS = 42
const WEEK = 7
const DISEASE_OF: Readonly<Record<ProfileName, string>> = { covidAncestral: 'covid-19', covidDelta: 'covid-19', covidOmicron: 'covid-19', dengue: 'dengue', measles: 'measles' }

const latest = (metric: string, denominator: string | null = null): Evidence => ({
  kind: 'value', numerator: [metric], denominator, per: 1, measure: 'latest', windowDays: null, dayBasis: 'report', cutoffHour: 24, optional: false, labelEn: null,
})
/** Free beds go out of date. Unit: days. */
const BEDS_DAYS = 7
const BEDS = { ward: { ...latest('beds_free'), windowDays: BEDS_DAYS }, intensive: { ...latest('icu_free'), windowDays: BEDS_DAYS } }
const DOSES = { first: latest('dose1_18plus'), both: latest('full_total') }

/** Reported cases around a start, as far as days are over. */
const counted = async (app: App, areaId: number, on: PlainDate, profile: ProfileName): Promise<Counted> => {
  const from = addDays(on, 1 - LEAD_DAYS)
  const to = [addDays(on, DAYS), addDays(today(app.clock), -1)].toSorted()[0] as PlainDate
  if (to < from) return { from, counts: [] }
  return { from, counts: (await readCaseSeries(app, { from, to, disease: DISEASE_OF[profile] })).of(areaId) }
}

/** What the product knows of an area on a day. Counts, never people, read with the product's own rights. */
export const showStart = async (app: App, actor: Actor, query: QueryOf<typeof startScenario>): Promise<Result<AnswerOf<typeof startScenario>>> => {
  const on = (query.on ?? addDays(today(app.clock), -1)) as PlainDate
  const asked = areaAsked(app.areas, actor, scenarioRead, query.area, on)
  if (!asked.ok) return asked
  const area = asked.value
  const inputs = [BEDS.ward, BEDS.intensive, DOSES.first, DOSES.both].map((evidence) => ({ evidence }))
  const base = new EvidenceBase(await app.database.read(EVERYWHERE, (tx) => loadFacts(tx, app.areas, [PEOPLE, { model: { inputs } }], { from: on, to: on, disease: DISEASE_OF[query.profile] })))
  const value = (evidence: Evidence): number | null => base.input(area.id, on, evidence).numerator
  const people = base.population(area.id, on)
  const around = await counted(app, area.id, on, query.profile)
  const week = around.counts.slice(LEAD_DAYS - WEEK, LEAD_DAYS)
  const [first, both] = [value(DOSES.first), value(DOSES.both)]
  return ok({
    area: { id: area.id, code: area.code, name: area.name, level: area.level }, on,
    population: people ? { value: Math.round(people.value), source: people.source, estimated: people.estimated } : null,
    casesPerDay: week.length === WEEK && !week.includes(null) ? (week as number[]).reduce((sum, count) => sum + count, 0) / WEEK : null,
    doses: people && people.value > 0 && first !== null && both !== null
      ? { onceShare: Math.max(0, Math.min(1, first / people.value) - Math.min(1, both / people.value)), twiceShare: Math.min(1, both / people.value) } : null,
    beds: { ward: value(BEDS.ward), intensive: value(BEDS.intensive) },
    counted: around,
  })
}

const listed = (app: App, actor: Actor, row: ScenarioHead | (Scenario & { readonly variantCount: number })): Listed => {
  const area = app.areas.tree().byId(row.areaId)
  return {
    id: row.id, name: row.name, area: { id: row.areaId, code: area?.code ?? '', name: area?.name ?? '', level: area?.level ?? '' }, on: row.on, profile: row.ground.profile, variants: row.variantCount,
    madeBy: row.madeByName, madeAt: row.madeAt, mayChange: mayChange(actor, row),
  }
}

export const pageOfScenarios = async (app: App, actor: Actor, scope: Scope, { q, limit }: QueryOf<typeof listScenarios>): Promise<Result<AnswerOf<typeof listScenarios>>> => {
  const rows = await app.database.read(scope, (tx) => newestScenarios(tx, nameKey(q), limit))
  return ok({ scenarios: rows.map((row) => listed(app, actor, row)) })
}

/** R5: a saved scenario with what was counted since. */
export const showScenario = async (app: App, actor: Actor, scope: Scope, id: Id): Promise<Result<AnswerOf<typeof getScenario>>> => {
  const row = await app.database.read(scope, (tx) => findScenario(tx, id))
  if (!row) return refuse(UNKNOWN)
  const { ground, variants, staff, outcomes, codeVersion, inputsSha256, seed } = row
  return ok({
    scenario: listed(app, actor, { ...row, variantCount: variants.length }), ground, variants: [...variants], staff, outcomes: [...outcomes], stamp: { codeVersion, inputsSha256, seed },
    counted: await counted(app, row.areaId, row.on, ground.profile),
  })
}

const SERIES = ['infections', 'reported', 'ward', 'oxygen', 'intensive'] as const
const BANDS = ['median', 'lower50', 'upper50', 'lower95', 'upper95'] as const

/** One line for a variant and day. */
export const csvOfScenario = async (app: App, actor: Actor, scope: Scope, id: Id, language: Language): Promise<Result<{ name: string; csv: string }>> => {
  const shown = await showScenario(app, actor, scope, id)
  if (!shown.ok) return shown
  const { scenario, variants, outcomes, counted: around } = shown.value
  const say = (key: string): string => app.sentence(language, `scenarios.${key}`)
  const came = new Map(eachDay(around.from as PlainDate, addDays(around.from as PlainDate, Math.max(0, around.counts.length - 1))).map((on, n) => [on, around.counts[n] ?? null]))
  const head = [say('csv.variant'), say('csv.day'), ...SERIES.flatMap((series) => BANDS.map((band) => `${say(`series.${series}`)} ${say(`csv.${band}`)}`)), say('csv.counted')]
  const lines = outcomes.flatMap(({ bands }, v) => Array.from({ length: DAYS }, (_, n) => {
    const on = addDays(scenario.on as PlainDate, n + 1)
    return [variants[v]?.name || (v === 0 ? say('baseline') : `${say('variant')} ${v}`), on, ...SERIES.flatMap((series) => BANDS.map((band) => bands[series][band][n] ?? '')), came.get(on) ?? '']
  }))
  return ok({ name: scenario.name, csv: csvOf([head, ...lines]) })
}
