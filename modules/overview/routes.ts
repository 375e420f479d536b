import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import { rangesOf, type Actor } from '#platform/access'
import type { Area } from '#platform/areas'
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
  const sees = (actor: Actor, { pos, posEnd }: Area): boolean => rangesOf(actor, contract.overviewRead).some(({ lo, hi }) => lo <= pos && posEnd <= hi)
  /** The widest unit of the day the reader may see the whole of, an area itself or the first beneath it. */
  const widest = (actor: Actor, area: Area, on: PlainDate): Area | undefined => {
    if (sees(actor, area)) return area
    for (const child of app.areas.tree().children(area.id, on)) {
      const found = widest(actor, child, on)
      if (found) return found
    }
    return undefined
  }
  /** The situation of an area the reader may see the whole of. */
  const asked = async (actor: Actor, query: Asked): Promise<Result<Situation>> => {
    const on = (query.on ?? today(app.clock)) as PlainDate
    const named = query.area === undefined ? undefined : app.areas.tree().resolve(query.area, on)
    if (query.area !== undefined && !named) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: query.area } }))
    const area = named ? (sees(actor, named) ? named : undefined) : widest(actor, app.areas.root(on), on)
    return area ? situationOf(app, area, on, query.disease) : refuse(problem('forbidden', { status: 403, field: 'area' }))
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
