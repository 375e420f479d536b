import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nameKey, ok, problem, refuse, type PlainDate } from '#base'
import { type Area, standsOn } from '#platform/areas'
import { today } from '#platform/clock'
import { perform } from '#platform/commands'
import { file, serve, type App } from '#platform/http'
import { addAreasCommand, setPopulationCommand } from './add-areas.ts'
import { populationsOn, type PopulationRow } from './area-store.ts'
import * as contract from './contract.ts'

const BOUNDARIES = join(import.meta.dirname, '../../db/reference/boundaries')

const shown = (area: Area, population: PopulationRow | undefined): contract.AreaShown => ({
  id: area.id, code: area.code, level: area.level, kind: area.kind, name: area.name, nameEn: area.nameEn, parentId: area.parentId,
  validFrom: area.validFrom, validTo: area.validTo, standsIn: area.standsIn, population: population?.value ?? null,
  populationSource: population?.source ?? null, populationAsOf: population?.asOf ?? null, populationConfidence: population?.confidence ?? null,
  populationEstimated: population?.estimated ?? false,
})

export const routes = (app: App): void => {
  const boundaries = new Map<string, string>()

  serve(app, contract.listAreas, async ({ scope, query }) => {
    const tree = app.areas.tree()
    const on = (query.on ?? today(app.clock)) as PlainDate
    const within = query.within === undefined ? undefined : query.within === 'root' ? app.areas.root(on) : tree.byId(query.within)
    if (query.within !== undefined && !within) return refuse(problem('unknown_area', { status: 404, params: { area: query.within } }))
    const key = query.search === undefined ? undefined : nameKey(query.search)
    const found: Area[] = []
    for (const area of tree.all) {
      if (found.length === query.limit) break
      if (!standsOn(area, on) || (query.level !== undefined && area.level !== query.level)) continue
      if (within && !(within.pos <= area.pos && area.posEnd <= within.posEnd)) continue
      if (key !== undefined && area.code !== query.search && !nameKey(area.name).includes(key)) continue
      found.push(area)
    }
    const people = new Map((await app.database.read(scope, (tx) => populationsOn(tx, 'population', on))).map((row) => [row.areaId, row]))
    return ok({ on, rootId: app.areas.root(on).id, areas: found.map((area) => shown(area, people.get(area.id))) })
  })

  serve(app, contract.getArea, async ({ scope, params }) => {
    const tree = app.areas.tree()
    const area = tree.byId(params.id)
    if (!area) return refuse(problem('unknown_area', { status: 404, params: { area: params.id } }))
    const on = area.validTo ?? today(app.clock)
    const people = new Map((await app.database.read(scope, (tx) => populationsOn(tx, 'population', on))).map((row) => [row.areaId, row]))
    const unit = (id: number): contract.AreaShown => {
      const other = tree.byId(id)
      if (!other) throw new Error(`no area ${id}`)
      return shown(other, people.get(id))
    }
    const links = app.areas.successors()
    return ok({
      area: unit(area.id),
      ancestors: tree.ancestors(area.id).map(({ id }) => unit(id)),
      successors: links.filter((link) => link.fromId === area.id).map((link) => ({ ...link, area: unit(link.toId) })),
      predecessors: links.filter((link) => link.toId === area.id).map((link) => ({ ...link, area: unit(link.fromId) })),
    })
  })

  serve(app, contract.getBoundaries, async ({ query, reply }) => {
    let layer = boundaries.get(query.layer)
    if (layer === undefined) boundaries.set(query.layer, (layer = readFileSync(join(BOUNDARIES, `${query.layer}.geojson`), 'utf8')))
    void reply.header('cache-control', 'private, max-age=86400')
    return ok(file('application/geo+json', layer))
  })

  serve(app, contract.addAreas, async ({ actor, commandId, body }) => {
    const added = await perform(app, addAreasCommand, { actor, id: commandId, body })
    if (added.ok) await app.areas.reload()
    return added
  })
  serve(app, contract.setPopulation, ({ actor, commandId, body, params }) =>
    perform(app, setPopulationCommand, { actor, id: commandId, body: { ...body, id: params.id } }))
}
