import { HUB_LEVELS } from '#epi'
import { addDays, csvOf, daysBetween, ok, problem, refuse, type Language, type PlainDate, type QueryOf, type Result } from '#base'
import { areaAsked, rangesOfArea, type Actor } from '#platform/access'
import type { Scope } from '#platform/db'
import type { App } from '#platform/http'
import { readCaseSeries } from '#warnings'
import { hasEnough, HORIZONS } from './compute/compute.ts'
import { forecastRead, type ForecastShown, type getForecast, type IntervalShown } from './contract.ts'
import { forecastsFrom, forecastsWithin, type Forecast } from './forecast-store.ts'
import { PAST_WEEKS, yesterday } from './run-forecasts.ts'
import { intervalsOf, scoresOf, trustOf, type PastWeek } from './scores.ts'

const WEEK = 7
/** Days before the forecast that the picture shows. */
const SHOWN_DAYS = 84
/** Enough days to judge whether there were enough cases. */
const HISTORY_DAYS = 260

type Query = QueryOf<typeof getForecast>

const onOf = (app: App, query: Query): PlainDate => (query.on ?? yesterday(app)) as PlainDate

/** A forecast with all that a reader needs to judge it. */
export const showForecast = async (app: App, actor: Actor, scope: Scope, query: Query): Promise<Result<ForecastShown>> => {
  const on = onOf(app, query)
  const found = areaAsked(app.areas, actor, forecastRead, query.area, on)
  if (!found.ok) return found
  const area = found.value
  const until = [addDays(on, HORIZONS * WEEK), yesterday(app)].toSorted()[0] as PlainDate
  const from = addDays(on, 1 - HISTORY_DAYS)
  const series = await readCaseSeries(app, { from, to: until < on ? on : until, disease: query.disease })
  // Counts of the area as it stands on the forecast's day: a unit that ends within the coming weeks has none of its own afterwards.
  const counts = series.of(area.id)
  /** Cases of the seven days that end with one; nothing where a day of them is not known. */
  const weekTo = (last: PlainDate): number | null => {
    const days = counts.slice(daysBetween(from, last) - WEEK + 1, daysBetween(from, last) + 1)
    return days.length === WEEK && !days.includes(null) ? (days as number[]).reduce((sum, count) => sum + count, 0) : null
  }
  const pastDays = Array.from({ length: PAST_WEEKS }, (_, n) => addDays(on, -WEEK * (n + 1)))
  const stored = await app.database.read(scope, (tx) => forecastsFrom(tx, query.disease, area.id, [on, ...pastDays]))
  const own = stored.find((one) => one.on === on)
  const past = stored.filter((one) => one.on < on).flatMap((one) => one.weeks.map((quantiles, h) => {
    const to = addDays(one.on, WEEK * (h + 1))
    return { on: one.on, horizon: h + 1, to, retrospective: one.retrospective, quantiles, baseline: one.baseline?.[h] ?? null, observed: to <= on ? weekTo(to) : null }
  }))
  const judged = past.flatMap(({ horizon, quantiles, baseline, observed }): PastWeek[] => (observed === null ? [] : [{ horizon, quantiles, baseline, observed }]))
  const before = counts.slice(0, daysBetween(from, on) + 1)
  return ok({
    area: { id: area.id, code: area.code, name: area.name, level: area.level }, on,
    state: own ? 'made' : before.every((count) => count === null) ? 'no_data' : hasEnough(before) ? 'not_made' : 'too_few',
    curve: { from: addDays(on, 1 - SHOWN_DAYS), counts: counts.slice(-SHOWN_DAYS - Math.max(0, daysBetween(on, until))) },
    forecast: own ? shown(own, weekTo) : null,
    past: past.map(({ quantiles, baseline: _, ...one }) => ({ ...one, shown: intervalsOf(quantiles) })),
    scores: scoresOf(judged), trust: trustOf(judged),
  })
}

const shown = (forecast: Forecast, weekTo: (last: PlainDate) => number | null): NonNullable<ForecastShown['forecast']> => ({
  madeAt: forecast.madeAt, retrospective: forecast.retrospective, knownAt: forecast.knownAt, codeVersion: forecast.codeVersion, inputsSha256: forecast.inputsSha256, seed: forecast.seed,
  weeks: forecast.weeks.map((quantiles, h) => ({
    from: addDays(forecast.on, WEEK * h + 1), to: addDays(forecast.on, WEEK * (h + 1)), quantiles: [...quantiles], baseline: forecast.baseline?.[h] ? [...forecast.baseline[h]] : null,
    shown: intervalsOf(quantiles), observed: weekTo(addDays(forecast.on, WEEK * (h + 1))),
  })),
  reproduction: forecast.detail.reproduction.map(({ back, ...one }) => ({ day: addDays(forecast.on, -back), ...one })),
  demand: (forecast.demand ?? []).map(({ made, ...tier }) => ({
    ...tier, made: made && { share: made.share, exceeded: made.exceeded, days: (made.bands[0] ?? []).map((_, day) => ({ day: addDays(forecast.on, day + 1), ...bandOf(made.bands, day) })) },
  })),
  nowcast: forecast.detail.nowcast.map(({ back, ...one }) => ({ day: addDays(forecast.on, -back), ...one })),
})

/** Patients of a day, from the lists by `BAND_LEVELS` that are kept. */
const bandOf = (bands: readonly (readonly number[])[], day: number): IntervalShown => {
  const [lower95, lower80, lower50, median, upper50, upper80, upper95] = bands.map((band) => band[day] as number) as [number, number, number, number, number, number, number]
  return { median, lower50, upper50, lower80, upper80, lower95, upper95 }
}

/** Forecasts of every unit within an area that has one, from one day. */
export const listForecastsOf = async (app: App, actor: Actor, scope: Scope, query: Query) => {
  const on = onOf(app, query)
  const area = areaAsked(app.areas, actor, forecastRead, query.area, on)
  if (!area.ok) return area
  const tree = app.areas.tree()
  const rows = await app.database.read(scope, (tx) => forecastsWithin(tx, query.disease, rangesOfArea(app.areas, area.value.id), on))
  return ok({
    on,
    areas: rows.flatMap((row) => {
      const unit = tree.byId(row.areaId)
      const parent = tree.parent(row.areaId)
      const newest = row.detail.reproduction.find(({ back }) => back === 0)
      return !unit || unit.id === area.value.id ? [] : [{
        area: { id: unit.id, code: unit.code, name: unit.name, level: unit.level, within: parent && parent.level !== 'country' ? parent.name : null },
        lastWeek: row.detail.lastWeek, nextWeek: intervalsOf(row.weeks[0] ?? []), reproduction: newest ? { median: newest.median, lower: newest.lower, upper: newest.upper } : null,
      }]
    }),
  })
}

/** The quantiles as the forecast hubs exchange them: one row a target and level, dates as ISO days. Problem `no_forecast`. */
export const csvOfForecast = async (app: App, actor: Actor, scope: Scope, query: Query, language: Language): Promise<Result<string>> => {
  const on = onOf(app, query)
  const area = areaAsked(app.areas, actor, forecastRead, query.area, on)
  if (!area.ok) return area
  const [row] = await app.database.read(scope, (tx) => forecastsFrom(tx, query.disease, area.value.id, [on]))
  if (!row) return refuse(problem('no_forecast', { status: 404 }))
  const head = ['area_code', 'area', 'forecast_on', 'horizon_weeks', 'target_end', 'model', 'level', 'cases'].map((key) => app.sentence(language, `forecasts.csv.${key}`))
  const lines = ([['forecast', row.weeks], ['baseline', row.baseline ?? []]] as const).flatMap(([model, weeks]) => weeks.flatMap((quantiles, h) =>
    quantiles.map((cases, q) => [area.value.code, area.value.name, on, h + 1, addDays(on, WEEK * (h + 1)), app.sentence(language, `forecasts.model.${model}`), HUB_LEVELS[q] ?? null, cases])))
  return ok(csvOf([head, ...lines]))
}
