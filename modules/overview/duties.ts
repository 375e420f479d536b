import { addDays, ok, type AnswerOf, type PlainDate, type Result } from '#base'
import { countHeld, readMissing } from '#figures'
import { importUse } from '#imports/contract'
import { changesOf, type Assessment } from '#levels'
import { rangesOfArea, scopeOf, scopeOfRanges, type Actor } from '#platform/access'
import type { Area } from '#platform/areas'
import type { App } from '#platform/http'
import { listRuns } from '#platform/import'
import type { Duties, getDuties } from './contract.ts'
import type { Situation } from './situation.ts'

/** A unit is near a threshold when it would get there within so many days at the pace of the window: no more cases than came in as many of its days. Unit: days. */
const NEAR_DAYS = 2
/** Files that wait for somebody are counted up to so many. */
const MOST_RUNS = 100
const KINDS = ['cases', 'figures', 'areas']

type Unit = Duties['reports']['silent'][number]
type Near = Pick<Duties['near'][number], 'to' | 'input' | 'label' | 'labelEn' | 'counts'>

/** The change of level upwards that needs the fewest more counts, when it is near. */
export const nearestRise = (assessment: Assessment): Near | undefined => {
  if (assessment.level === null || assessment.level === 4) return undefined
  const askedAs = (input: string) => assessment.rulebook?.model.inputs.find(({ name }) => name === input)
  // Only what is counted in cases can come overnight; that fewer are vaccinated cannot.
  const changes = changesOf(assessment, (input, direction) => direction === 'up' && askedAs(input)?.evidence?.measure === 'sum')
  if (!changes.ok) return undefined
  const rises = changes.value.flatMap(({ input, level, counts }): Near[] => {
    const asked = askedAs(input)
    if (!asked?.evidence || counts === null || counts <= 0 || level <= (assessment.level as number)) return []
    const { windowDays, labelEn } = asked.evidence
    const had = assessment.inputs[input]?.numerator ?? 0
    return counts <= (had * NEAR_DAYS) / (windowDays ?? 1) ? [{ to: level, input, label: asked.label, labelEn: labelEn ?? null, counts }] : []
  })
  return rises.toSorted((a, b) => a.counts - b.counts)[0]
}

/** The first day of a run of the same level that ends with the last one, and whether it may have begun earlier still; nothing where the last level is not known. */
export const sinceOf = (levels: readonly (number | null)[], last: PlainDate): { readonly day: PlainDate; readonly earlier: boolean } | undefined => {
  const level = levels.at(-1) ?? null
  if (level === null) return undefined
  const other = levels.findLastIndex((one) => one !== level)
  return { day: addDays(last, other + 2 - levels.length), earlier: other === -1 }
}

/** Days before on which somebody must have reported, for the others to be missing: the day before, and the same day of the week before. */
const LOOKED_BACK = [1, 7]

/** What of an area waits for somebody: reports, decisions, levels about to rise, levels that are not the published ones, files cut off. */
export const readDuties = async (app: App, actor: Actor, { area, on, parts, communes, today, history, publishedBy }: Situation, disease: string): Promise<Result<AnswerOf<typeof getDuties>>> => {
  const tree = app.areas.tree()
  const unitOf = ({ code, id, name, parentId }: Area): Unit => ({ area: code, areaId: id, name, parentId })
  const scope = scopeOfRanges(rangesOfArea(app.areas, area.id))
  if (!scope) throw new Error('an area has no positions')
  const missingOn = (day: PlainDate) => readMissing(app, scope, actor, { areaId: area.id, day, disease })
  const missing = await missingOn(on)
  if (!missing.ok) return missing
  const { communes: asked, areas } = missing.value
  const named = (some: typeof areas): Unit[] => some.flatMap(({ areaId }) => tree.byId(areaId) ?? []).map(unitOf)
  const silent = areas.filter((one) => one.silent)
  let inUse = silent.length < asked
  for (const days of LOOKED_BACK) {
    if (inUse) break
    const earlier = await missingOn(addDays(on, -days))
    inUse = earlier.ok && earlier.value.areas.filter((one) => one.silent).length < asked
  }
  const past = history()
  if (!past.ok) return past
  const assessed = communes.flatMap(({ id }) => today.get(id) ?? [])
  const importing = scopeOf(actor, importUse)
  return ok({
    reports: { inUse, communes: asked, silent: inUse ? named(silent) : [], partial: inUse ? named(areas.filter((one) => !one.silent)) : [] },
    held: await app.database.read(scope, (tx) => countHeld(tx, disease)),
    imports: importing === undefined ? null : await app.database.read(importing, async (tx) => {
      const runs = (status: 'interrupted' | 'failed') => listRuns(tx, { kinds: KINDS, status, limit: MOST_RUNS })
      return { interrupted: (await runs('interrupted')).length, failed: (await runs('failed')).length }
    }),
    since: parts.flatMap(({ id }, p) => {
      const since = sinceOf(past.value.map((day) => day[p]?.level ?? null), on)
      return since ? [{ areaId: id, ...since }] : []
    }),
    near: assessed.flatMap((one) => {
      const rise = nearestRise(one)
      return rise && one.level !== null ? [{ ...unitOf(one.area), level: one.level, ...rise }] : []
    }).toSorted((a, b) => b.to - a.to || a.counts - b.counts),
    differing: assessed.flatMap((one) => {
      const published = publishedBy.get(one.area.id)?.at(-1)
      return published && one.level !== null && published.level !== one.level
        ? [{ ...unitOf(one.area), level: one.level, published: { level: published.level, effectiveFrom: published.effectiveFrom, document: published.document } }]
        : []
    }),
  })
}
