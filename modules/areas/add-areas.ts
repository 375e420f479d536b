import { nameKey, ok, problem, refuse, type Id, type PlainDate, type Problem, type Result } from '#base'
import { COMMUNE_BLOCK, HAMLET_BLOCK, type Area } from '#platform/areas'
import { command, type CommandContext } from '#platform/commands'
import { z } from 'zod'
import { childrenOf, codeTaken, insertArea, insertPopulation, lockParent, nextAreaIds, populationsOn } from './area-store.ts'
import { addAreas, areaAdd, newArea, setPopulation } from './contract.ts'

type NewArea = z.output<typeof newArea>

/** Where a unit may lie: a hamlet in a commune, a group in a hamlet or straight in a commune. */
const PARENTS: Readonly<Record<NewArea['level'], readonly Area['level'][]>> = { hamlet: ['commune'], group: ['hamlet', 'commune'] }

/** R1 a parent that may hold it, R2 a name not used beneath the parent, R3 a code not used, R4 room in the block, R5 rights over the parent. */
export const addOne = async (context: CommandContext, wanted: NewArea, importId?: Id): Promise<Result<Area>> => {
  const parent = context.areas.byId(wanted.parentId)
  if (!parent) return refuse(problem('unknown_area', { field: 'parentId', params: { area: wanted.parentId } }))
  if (!PARENTS[wanted.level].includes(parent.level)) return refuse(problem('wrong_parent', { field: 'parentId', params: { name: wanted.name } }))
  if (!context.permits(parent.pos, parent.posEnd)) return refuse(problem('forbidden', { status: 403, field: 'parentId' }))
  context.areaPos = parent.pos
  await lockParent(context.tx, parent.id)
  const siblings = await childrenOf(context.tx, parent.id)
  const key = nameKey(wanted.name)
  if (siblings.some((sibling) => sibling.validTo === null && nameKey(sibling.name) === key)) {
    return refuse(problem('area_exists', { status: 409, field: 'name', params: { name: wanted.name, parent: parent.name } }))
  }
  const code = wanted.code ?? nextCode(parent, siblings.map((sibling) => sibling.code))
  if (await codeTaken(context.tx, code)) return refuse(problem('code_taken', { status: 409, field: 'code', params: { code } }))
  const pos = freePosition(parent, wanted.level, siblings)
  if (pos === undefined) return refuse(problem('no_room', { field: 'parentId', params: { parent: parent.name } }))
  if (wanted.population !== undefined) {
    const fault = await beyondParent(context, parent, wanted.population)
    if (fault) return refuse(fault)
  }
  const [id] = await nextAreaIds(context.tx, 1)
  const area: Area = {
    id: id as number, code, level: wanted.level, kind: wanted.kind, name: wanted.name, nameEn: wanted.name, parentId: parent.id,
    validFrom: (wanted.validFrom as PlainDate | undefined) ?? parent.validFrom, validTo: null, pos, posEnd: pos + sizeOf(parent, wanted.level) - 1,
    standsIn: false,
  }
  await insertArea(context.tx, area, { commandId: context.commandId, importId, at: context.at })
  if (wanted.population !== undefined) {
    await insertPopulation(context.tx, area.id, area.validFrom, wanted.population, wanted.populationSource ?? context.actor.name)
  }
  return ok(area)
}

/** Positions a new unit takes: a hamlet leaves room for its groups; a group takes one, or a hamlet's block when it lies straight in a commune. */
const sizeOf = (parent: Area, level: NewArea['level']): number => (level === 'hamlet' || parent.level === 'commune' ? HAMLET_BLOCK : 1)

const freePosition = (parent: Area, level: NewArea['level'], siblings: readonly Pick<Area, 'pos' | 'posEnd'>[]): number | undefined => {
  const size = sizeOf(parent, level)
  const first = parent.pos + (parent.posEnd - parent.pos + 1 === COMMUNE_BLOCK ? HAMLET_BLOCK : 1)
  const next = siblings.reduce((free, sibling) => Math.max(free, sibling.posEnd + 1), first)
  return next + size - 1 <= parent.posEnd ? next : undefined
}

/** The parent's code and the next two digits: 30730-01, 30730-02 … */
const nextCode = (parent: Area, taken: readonly string[]): string => {
  for (let n = taken.length + 1; ; n++) {
    const code = `${parent.code}-${String(n).padStart(2, '0')}`
    if (!taken.includes(code)) return code
  }
}

/** R6: a part cannot have more people than the whole. */
const beyondParent = async (context: CommandContext, parent: Area, value: number): Promise<Problem | undefined> => {
  const known = (await populationsOn(context.tx, 'population', context.today)).find((row) => row.areaId === parent.id)
  return known && value > known.value
    ? problem('population_beyond_parent', { field: 'population', params: { value, total: known.value, parent: parent.name } })
    : undefined
}

export const addAreasCommand = command({
  name: 'areas.add',
  permission: areaAdd,
  body: addAreas.body as NonNullable<typeof addAreas.body>,
  perform: async (context, { areas }): Promise<Result<{ areas: { id: number; code: string; name: string }[] }>> => {
    const added: { id: number; code: string; name: string }[] = []
    for (const [index, wanted] of areas.entries()) {
      const one = await addOne(context, wanted)
      if (!one.ok) return refuse({ ...one.problem, field: `areas/${index}/${one.problem.field ?? ''}` })
      added.push({ id: one.value.id, code: one.value.code, name: one.value.name })
    }
    return ok({ areas: added })
  },
})

export const setPopulationCommand = command({
  name: 'areas.population',
  permission: areaAdd,
  body: (setPopulation.body as NonNullable<typeof setPopulation.body>).extend({ id: z.int() }),
  perform: async (context, { id, asOf, value, source }): Promise<Result<null>> => {
    const area = context.areas.byId(id)
    if (!area) return refuse(problem('unknown_area', { status: 404, params: { area: id } }))
    if (area.level !== 'hamlet' && area.level !== 'group') return refuse(problem('only_below_commune'))
    if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = area.pos
    await insertPopulation(context.tx, id, asOf as PlainDate, value, source)
    return ok(null)
  },
})
