import { ok, type Result } from '#base'
import type { CompiledModel, Plan } from './compile-model.ts'
import { compileAllowed } from './feel-type.ts'
import type { FeelValue, PlainValue } from './feel.ts'
import { cutLine, cutsOf, kindOf, type Piece } from './partition.ts'

/** The nearest value of one input, the others as they are, at which the answer becomes another. */
export interface NearestChange {
  readonly input: string
  readonly direction: 'up' | 'down'
  readonly from: number
  /** The boundary. */
  readonly to: number
  /** Whether the boundary itself already changes the answer; if not, anything beyond it does. */
  readonly inclusive: boolean
  readonly result: PlainValue
}

/** A model that is asked, with values of its inputs. */
export interface Asked {
  readonly compiled: CompiledModel
  readonly inputs: Readonly<Record<string, unknown>>
}

/** Models that count beside the first, and what they answer together; an answer that cannot be told is null. */
export interface Beside {
  readonly models: readonly Asked[]
  readonly together: (answers: readonly PlainValue[]) => PlainValue
}

const ALONE: Beside = { models: [], together: ([answer]) => answer ?? null }

/** A change somebody wants to know of, by its input and direction. */
export type Wanted = (input: string, direction: NearestChange['direction']) => boolean

/** An input of a plan as a line: where its tests cut it, and the pieces its type allows. */
interface Line {
  readonly cuts: readonly number[]
  readonly allows: (value: FeelValue) => boolean
  readonly pieces: readonly Piece[]
}

const lines = new WeakMap<Plan, Map<string, Line | null>>()

/** Null where the pieces cannot be told; undefined where nothing looks at the input. The same for all values, so it is worked out once a plan. */
const lineOf = (plan: Plan, place: number, name: string): Line | null | undefined => {
  const usage = plan.usage.get(name)
  if (!usage) return undefined
  let known = lines.get(plan)
  if (!known) lines.set(plan, (known = new Map()))
  let line = known.get(name)
  if (line === undefined) {
    const type = plan.inputs[place]?.type
    const allows = type?.kind === 'number' ? compileAllowed(type.allowed) : () => true
    const cuts = cutsOf(usage, 'number')
    line = usage.opaque || kindOf(usage) !== 'number' ? null : { cuts, allows, pieces: cutLine('number', cuts).filter((piece) => allows(piece.value)) }
    known.set(name, line)
  }
  return line
}

/**
 * For each numeric input with a value, the nearest change of the answer upwards and downwards, on the partition that the tests make: the
 * pieces of the line are tried from the value outwards, some ten evaluations an input. Inputs that FEEL text looks at are left out, for
 * their pieces cannot be told, and so is everything when there is no answer to change, and changes that are not `wanted`. Inputs of one name are one input in
 * all models. Problems: as `evaluate` of the first.
 * Example: at 73.5 cases with 3 from 50 and 4 from 150 on: up to 150, included; down below 50.
 */
export const nearestChanges = (
  compiled: CompiledModel,
  inputs: Readonly<Record<string, unknown>>,
  decision?: string,
  { models, together }: Beside = ALONE,
  wanted: Wanted = () => true,
): Result<NearestChange[]> => {
  const asked: { readonly compiled: CompiledModel; readonly plan: Plan; readonly values: readonly FeelValue[] }[] = []
  for (const one of [{ compiled, inputs }, ...models]) {
    const plan = one.compiled.plan(decision)
    if (!plan.ok) return plan
    const values: FeelValue[] = []
    for (const input of plan.value.inputs) {
      const read = input.read(one.inputs[input.datum.name])
      if (!read.ok) return read
      values.push(read.value)
    }
    asked.push({ compiled: one.compiled, plan: plan.value, values })
  }
  const placeOf = (plan: Plan, name: string): number => plan.inputs.findIndex(({ datum }) => datum.name === name)
  const answers = (places: readonly number[] = [], value: FeelValue = null): Result<PlainValue>[] =>
    asked.map(({ compiled: model, plan, values }, m) => {
      const place = places[m] ?? -1
      return model.answer(plan, place === -1 ? values : values.with(place, value))
    })
  const joined = (all: readonly Result<PlainValue>[]): PlainValue => together(all.map((answer) => (answer.ok ? answer.value : null)))
  const now = answers()
  if (models.length === 0 && now[0]?.ok === false) return now[0]
  const base = joined(now)
  if (base === null) return ok([])
  const before = JSON.stringify(base)
  const changes: NearestChange[] = []
  for (const name of new Set(asked.flatMap(({ plan }) => plan.inputs.map(({ datum }) => datum.name)))) {
    const ways = (['up', 'down'] as const).filter((direction) => wanted(name, direction))
    if (ways.length === 0) continue
    const places = asked.map(({ plan }) => placeOf(plan, name))
    const having = asked.flatMap(({ plan, values }, m) => {
      const place = places[m] ?? -1
      const line = place === -1 ? undefined : lineOf(plan, place, name)
      return line === undefined ? [] : [{ line, from: values[place] }]
    })
    const from = having[0]?.from
    const cut = having.flatMap(({ line }) => line ?? [])
    if (typeof from !== 'number' || cut.length < having.length) continue
    const [only] = cut
    const pieces = only && cut.length === 1
      ? only.pieces
      : cutLine('number', cut.flatMap(({ cuts }) => cuts)).filter((piece) => cut.every(({ allows }) => allows(piece.value)))
    const firstChange = (outwards: readonly Piece[]): { readonly piece: Piece; readonly result: PlainValue } | undefined => {
      for (const piece of outwards) {
        const answer = joined(answers(places, piece.value))
        if (answer !== null && JSON.stringify(answer) !== before) return { piece, result: answer }
      }
      return undefined
    }
    for (const direction of ways) {
      const found = firstChange(direction === 'up'
        ? pieces.filter((piece) => (piece.at ?? piece.above ?? -Infinity) >= from && piece.at !== from)
        : pieces.toReversed().filter((piece) => (piece.at ?? piece.below ?? Infinity) <= from && piece.at !== from))
      const to = found && (found.piece.at ?? (direction === 'up' ? found.piece.above : found.piece.below))
      if (found && to != null) changes.push({ input: name, direction, from, to, inclusive: found.piece.at !== null, result: found.result })
    }
  }
  return ok(changes)
}
