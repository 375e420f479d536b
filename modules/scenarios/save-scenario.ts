import { z } from 'zod'
import { nameKey, ok, problem, refuse, type BodyOf, type Id, type PlainDate, type Problem, type Result } from '#base'
import { areaAsked, type Actor } from '#platform/access'
import { command, perform, type CommandContext } from '#platform/commands'
import type { App } from '#platform/http'
import { renameScenario, restoreScenario, saveScenario, scenarioRun, withdrawScenario, type Outcome } from './contract.ts'
import { outcomeOf, stampOf, type Stamp } from './run-scenarios.ts'
import { insertScenario, ownerOf, renameTo, setWithdrawn } from './scenario-store.ts'

type Saving = BodyOf<typeof saveScenario>
/** What was asked for, with what the server computed of it. */
interface Computed extends Saving {
  readonly areaId: number
  readonly outcomes: readonly Outcome[]
  readonly stamp: Stamp
}

const recordScenario = command({
  name: 'scenarios.save',
  permission: scenarioRun,
  body: z.custom<Computed>((body) => typeof body === 'object' && body !== null && 'outcomes' in body),
  perform: async (context, { name, ground, variants, staff, areaId, outcomes, stamp }): Promise<Result<{ id: string }>> => {
    const areaPos = context.areas.byId(areaId)?.pos ?? 0
    context.areaPos = areaPos
    await insertScenario(context.tx, {
      id: context.commandId, areaId, areaPos, name, nameKey: nameKey(name), on: ground.on as PlainDate, ground, variants, staff, outcomes, ...stamp, madeBy: context.actor.id,
      madeByName: context.actor.name, madeAt: context.at,
    })
    return ok({ id: context.commandId })
  },
})

/** R3: runs all variants in full, then saves them. */
export const save = async (app: App, actor: Actor, body: Saving, id: Id | undefined, signal: AbortSignal): Promise<Result<{ id: string }>> => {
  const area = areaAsked(app.areas, actor, scenarioRun, body.ground.area, body.ground.on as PlainDate)
  if (!area.ok) return area
  const outcomes: Outcome[] = []
  for (const variant of body.variants) {
    const outcome = await outcomeOf({ ground: body.ground, before: (body.variants[0] ?? variant).contacts, variant }, signal)
    if (!outcome.ok) return outcome
    outcomes.push(outcome.value)
  }
  return perform(app, recordScenario, { actor, id, body: { ...body, areaId: area.value.id, outcomes, stamp: stampOf(body.ground, body.variants) } satisfies Computed })
}

export const UNKNOWN: Problem = problem('unknown_scenario', { status: 404 })

/** R4: who saved it, and the epidemiologists of its area. */
export const mayChange = (actor: Actor, { madeBy, areaPos }: { readonly madeBy: string; readonly areaPos: number }): boolean =>
  madeBy === actor.id || actor.grants.some(({ role, ranges }) => role === 'epidemiologist' && ranges.some(({ lo, hi }) => lo <= areaPos && areaPos <= hi))

/** The scenario to be changed, if the actor may. */
const changing = async ({ tx, actor }: CommandContext, id: Id, withdrawn: boolean): Promise<Result<{ areaPos: number }>> => {
  const found = await ownerOf(tx, id)
  if (!found || found.withdrawn !== withdrawn) return refuse(UNKNOWN)
  return mayChange(actor, found) ? ok(found) : refuse(problem('forbidden', { status: 403 }))
}

const withId = z.object({ id: z.uuid() })

export const renameCommand = command({
  name: 'scenarios.rename',
  permission: scenarioRun,
  body: withId.extend((renameScenario.body as NonNullable<typeof renameScenario.body>).shape),
  perform: async (context, { id, name }): Promise<Result<null>> => {
    const found = await changing(context, id, false)
    if (!found.ok) return found
    context.areaPos = found.value.areaPos
    await renameTo(context.tx, id, name, nameKey(name))
    return ok(null)
  },
})

const withdrawing = (name: string, withdraw: boolean) => command({
  name,
  permission: scenarioRun,
  body: withId.extend((withdraw ? withdrawScenario : restoreScenario).body?.shape ?? {}),
  perform: async (context, { id }): Promise<Result<null>> => {
    const found = await changing(context, id, !withdraw)
    if (!found.ok) return found
    context.areaPos = found.value.areaPos
    await setWithdrawn(context.tx, id, withdraw ? context.at : null)
    return ok(null)
  },
})
export const withdrawCommand = withdrawing('scenarios.withdraw', true)
export const restoreCommand = withdrawing('scenarios.restore', false)
