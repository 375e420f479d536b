import { csvOf, ok, problem, refuse, type Language, type QueryOf, type Result } from '#base'
import { areaAsked, rangesOfArea, type Actor } from '#platform/access'
import type { Scope } from '#platform/db'
import type { App } from '#platform/http'
import { lineageRead, type getSerology, type SerologyShown } from './contract.ts'
import { surveyResults, type SurveyRow } from './lineage-store.ts'
import { byUnit, dayOf, four, shownArea } from './place.ts'
import { assaysOf, prevalenceOf, type Prevalence } from './prevalence.ts'
import { ageGroup } from './serosurvey.ts'

type Query = QueryOf<typeof getSerology>

/** Results that belong together: one survey by name, else one sender and period. */
const keyOf = ({ survey, sender, fromOn, toOn }: SurveyRow): string => (survey === '' ? `${sender} ${fromOn} ${toOn}`.trim() : survey)

/** A serosurvey of an area: the one asked for, else the newest that was over by the day. */
export const showSerology = async (app: App, actor: Actor, scope: Scope, query: Query): Promise<Result<SerologyShown>> => {
  const on = dayOf(app, query.on)
  const found = areaAsked(app.areas, actor, lineageRead, query.area, on)
  if (!found.ok) return found
  const area = found.value
  const all = await app.database.read(scope, (tx) => surveyResults(tx, { disease: query.disease, ranges: rangesOfArea(app.areas, area.id), to: on }))
  const surveys = Map.groupBy(all, keyOf)
  const key = query.survey ?? surveys.keys().next().value
  const own = key === undefined ? undefined : surveys.get(key)
  if (query.survey !== undefined && !own) return refuse(problem('unknown_survey', { status: 404, field: 'survey', params: { survey: query.survey } }))
  return ok({
    area: shownArea(area), on,
    surveys: Array.from(surveys, ([one, rows]) => ({
      key: one, name: rows[0]?.survey ?? '', from: rows.map(({ fromOn }) => fromOn).toSorted()[0] ?? on, to: rows.map(({ toOn }) => toOn).toSorted().at(-1) ?? on,
      tested: rows.reduce((sum, { tested }) => sum + tested, 0), sender: [...new Set(rows.map(({ sender }) => sender))].filter((name) => name !== '').join(', '),
    })),
    survey: key === undefined || !own ? null : {
      key, whole: prevalenceOf(own),
      ages: Array.from(Map.groupBy(own, ageGroup).values(), (rows) => ({ ...prevalenceOf(rows), ageFrom: rows[0]?.ageFrom ?? 0, ageTo: rows[0]?.ageTo ?? null }))
        .toSorted((a, b) => a.ageFrom - b.ageFrom || (a.ageTo ?? Infinity) - (b.ageTo ?? Infinity)),
      below: byUnit(app, area, on, own).map(([unit, rows]) => ({ ...prevalenceOf(rows), area: unit ? shownArea(unit) : null })),
      assays: assaysOf(own), recordedAt: own.map(({ recordedAt }) => recordedAt).toSorted().at(-1) ?? '',
    },
  })
}

/** The estimates of a survey, one row an age group, then one an area. */
export const csvOfSerology = async (app: App, actor: Actor, scope: Scope, query: Query, language: Language): Promise<Result<{ name: string; text: string }>> => {
  const shown = await showSerology(app, actor, scope, query)
  if (!shown.ok) return shown
  const { area, on, survey } = shown.value
  const say = (key: string): string => app.sentence(language, key)
  const head = ['area_code', 'area', 'ages', 'tested', 'positive', 'raw', 'raw_lower', 'raw_upper', 'corrected', 'corrected_lower', 'corrected_upper'].map((key) => say(`serology.csv.${key}`))
  const line = (place: { readonly code: string; readonly name: string }, ages: string, { tested, positive, raw, corrected }: Prevalence) =>
    [place.code, place.name, ages, tested, positive, four(raw.share), four(raw.lower), four(raw.upper), four(corrected?.share), four(corrected?.lower), four(corrected?.upper)]
  const lines = survey ? [
    ...survey.ages.map((one) => line(area, ageGroup(one), one)), line(area, say('serology.everyone'), survey.whole),
    ...survey.below.map((one) => line(one.area ?? { code: '', name: say('serology.unknown_unit') }, say('serology.everyone'), one)),
  ] : []
  return ok({ name: `huyet-thanh-${area.code}-${on}.csv`, text: csvOf([head, ...lines]) })
}
