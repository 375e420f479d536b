import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import { rangesOf, type Actor } from '#platform/access'
import { now, today } from '#platform/clock'
import { serve, type App } from '#platform/http'
import * as contract from './contract.ts'
import { readDuties } from './duties.ts'
import { showOverview } from './show-overview.ts'
import { situationOf, type Situation } from './situation.ts'

interface Asked {
  readonly on?: string | undefined
  readonly area?: string | undefined
  readonly disease: string
}

export const routes = (app: App): void => {
  /** The situation of an area the reader may see the whole of; the province without one. */
  const asked = async (actor: Actor, query: Asked): Promise<Result<Situation>> => {
    const on = (query.on ?? today(app.clock)) as PlainDate
    const area = query.area === undefined ? app.areas.root(on) : app.areas.tree().resolve(query.area, on)
    if (!area) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: query.area ?? '' } }))
    const sees = rangesOf(actor, contract.overviewRead).some(({ lo, hi }) => lo <= area.pos && area.posEnd <= hi)
    return sees ? situationOf(app, area, on, query.disease) : refuse(problem('forbidden', { status: 403, field: 'area' }))
  }

  serve(app, contract.getOverview, async ({ actor, query }) => {
    const situation = await asked(actor, query)
    return situation.ok ? ok(showOverview(situation.value, now(app.clock))) : situation
  })
  serve(app, contract.getDuties, async ({ actor, query }) => {
    const situation = await asked(actor, query)
    return situation.ok ? readDuties(app, actor, situation.value, query.disease) : situation
  })
}
