import { hash } from 'node:crypto'
import { isId, ok, problem, refuse, type Id, type Instant, type Permission, type PlainDate, type Problem, type Result } from '#base'
import { permits, scopeOf, type Actor } from '#platform/access'
import { appendAudit, DRAWN, findAudit, type AuditRecord } from '#platform/audit'
import type { AreaTree } from '#platform/areas'
import { newId, now, today, type Clock } from '#platform/clock'
import { EVERYWHERE, type Database, type Tx } from '#platform/db'
import { IndicatorChanges } from '#platform/indicators'
import { changesOf, Touched, type Live } from '#platform/live'
import type { z } from 'zod'

/** What the rules of a command may use. */
export interface CommandContext {
  readonly tx: Tx
  /** Unless true, the rules may write what they expect to hold, with statements that fail where it does not: they are run again and ask. */
  readonly asks: boolean
  readonly actor: Actor
  readonly commandId: Id
  readonly at: Instant
  readonly today: PlainDate
  readonly areas: AreaTree
  /** Counts this command changes; written by the engine as its last statement. */
  readonly indicators: IndicatorChanges
  /** Areas of a topic those who watch are told of, where the area of the audit says too little or too much. */
  readonly touched: Touched
  /** Whether the actor holds the command's permission over these positions. */
  readonly permits: (lo: number, hi?: number) => boolean
  /** Position of the area acted on, for the audit; 0 until a rule says so. */
  areaPos: number
  /** What comes in place of a field of the answer that is `DRAWN`: the text a statement of this command draws. */
  drawn?: Promise<string>
}

/** A change of state: its name, who may ask for it, the shape of its body, and its rules. */
export interface Command<S extends z.ZodType = z.ZodType, R = unknown> {
  readonly name: string
  readonly permission: Permission
  readonly body: S
  readonly perform: (context: CommandContext, body: z.output<S>) => Promise<Result<R>>
}

/** States a command, keeping the types of its body and answer. */
export const command = <S extends z.ZodType, R>(definition: Command<S, R>): Command<S, R> => definition

/** What the door needs of the running product. */
export interface Door {
  readonly database: Database
  readonly areas: { readonly tree: () => AreaTree }
  readonly clock: Clock
  readonly live?: Live
}

export interface Call {
  readonly actor: Actor
  /** UUIDv7 made by the caller; the key of idempotency. */
  readonly id?: Id | undefined
  readonly body: unknown
}

/** Idempotency is promised for this long. Unit: days. */
export const IDEMPOTENCY_DAYS = 30

/**
 * The one door for writes: validate → authorise → one transaction {rules, SQL, audit, indicators last} → result.
 * The same id with the same body and actor gives the same answer once more; with another it is refused (`command_conflict`).
 * Problems: `invalid_input`, `forbidden`, `command_conflict`, and those of the command.
 */
export const perform = async <S extends z.ZodType, R>(door: Door, definition: Command<S, R>, call: Call): Promise<Result<R>> => {
  const commandId = call.id ?? newId(door.clock)
  if (!isId(commandId)) return refuse(problem('invalid_input', { status: 400, field: 'id' }))
  const body = definition.body.safeParse(call.body)
  if (!body.success) return refuse(invalidInput(body.error.issues))
  const scope = scopeOf(call.actor, definition.permission)
  if (!scope) return refuse(FORBIDDEN)
  const digest = bodyDigest(definition.name, call.actor.id, call.body)
  let last: CommandContext | undefined
  const written = door.database.write(scope, async (tx, asks) => {
    const at = now(door.clock)
    const context: CommandContext = {
      tx, asks, at, commandId, actor: call.actor, today: today(door.clock), areas: door.areas.tree(), areaPos: 0,
      indicators: new IndicatorChanges(), touched: new Touched(),
      permits: (lo, hi = lo) => permits(call.actor, definition.permission, lo, hi),
    }
    const result = await definition.perform(context, body.data)
    // It fails with its transaction, and nobody waits for it before that ends.
    context.drawn?.catch(() => undefined)
    if (!result.ok) return result
    appendAudit(tx, {
      commandId, name: definition.name, actor: call.actor.id, areaPos: context.areaPos, bodySha256: digest, result: result.value, recordedAt: at,
    })
    context.indicators.write(tx, { at, commandId })
    last = context
    return result
  })
  const performed = written.then(async (outcome) => {
    if (!outcome.ok || !last) return outcome
    door.live?.tell(commandId, changesOf(last.areas, definition.name, last))
    return last.drawn ? ok(withDrawn(outcome.value, await last.drawn)) : outcome
  })
  // An id the server has just made cannot have been used before.
  if (call.id === undefined) return performed
  const [outcome] = await Promise.allSettled([performed])
  if (outcome.status === 'fulfilled' && outcome.value.ok) return outcome.value
  // A command that comes again is refused by what it did the first time, or fails at its key in the audit, and nothing of it is kept:
  // asking after the fact costs only those who ask twice.
  const earlier = await door.database.read(EVERYWHERE, (tx) => findAudit(tx, commandId))
  return earlier ? answerAgain(earlier, digest) : performed
}

/** The answer as the audit has it: one of its fields is drawn. */
const withDrawn = <R>(value: R, drawn: string): R =>
  Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, one === DRAWN ? drawn : one])) as R

const FORBIDDEN: Problem = problem('forbidden', { status: 403 })
const CONFLICT: Problem = problem('command_conflict', { status: 409 })

const answerAgain = <R>(earlier: AuditRecord, digest: Buffer): Result<R> =>
  earlier.bodySha256.equals(digest) ? ok(earlier.result as R) : refuse(CONFLICT)

/** SHA-256 over name, actor and body, keys of objects in order, so that the same request always gives the same digest. */
const bodyDigest = (name: string, actor: string, body: unknown): Buffer =>
  hash('sha256', `${name}\n${actor}\n${JSON.stringify(inKeyOrder(body)) ?? 'null'}`, 'buffer')

const inKeyOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inKeyOrder)
  const ordered: Record<string, unknown> = {}
  for (const key of Object.keys(value).toSorted()) ordered[key] = inKeyOrder((value as Record<string, unknown>)[key])
  return ordered
}

/** Every fault zod found, each at its field. */
export const invalidInput = (issues: readonly z.core.$ZodIssue[]): Problem => {
  const problems = issues.map((issue): Problem => {
    const field = issue.path.join('/')
    // A schema may name its own problem code as the message (`refine(…, 'onset_after_report')`).
    const named = issue.code === 'custom' && /^[a-z][a-z0-9_]+$/.test(issue.message)
    return problem(named ? issue.message : INPUT_CODES[issue.code] ?? 'invalid_value', { field })
  })
  return problem('invalid_input', { status: 422, problems })
}

const INPUT_CODES: Readonly<Record<string, string>> = {
  invalid_type: 'invalid_type', too_small: 'too_small', too_big: 'too_big', invalid_value: 'invalid_choice', unrecognized_keys: 'unknown_field',
}
