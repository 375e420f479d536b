import { ok, problem, refuse, type Result } from '#base'
import type { CompiledModel, Plan } from './compile-model.ts'
import { toPlain, type FeelValue, type PlainValue } from './feel.ts'
import { alternativesOf } from './partition.ts'
import { joinUsage } from './usage.ts'

/** A case in which one model answers a lower number than another, or none. */
export interface Lower {
  readonly inputs: Readonly<Record<string, PlainValue>>
  readonly than: number
  /** Null: no answer. */
  readonly answer: number | null
}

/** Beyond this many cases nothing is proven. Some three seconds of work. */
export const maxCases = 400_000

/** An input and one value of each of its cells. */
interface Line {
  readonly name: string
  readonly values: readonly FeelValue[]
}

type Values = Map<string, FeelValue>

/** Every combination of values, in `into`, which is the same map each time. */
function* combinations(lines: readonly Line[], into: Values, at = 0): Generator<Values> {
  const line = lines[at]
  if (!line) yield into
  else
    for (const value of line.values) {
      into.set(line.name, value)
      yield* combinations(lines, into, at + 1)
    }
}

const count = (lines: readonly Line[]): number => lines.reduce((product, line) => product * line.values.length, 1)

const answerOf = (model: CompiledModel, plan: Plan, values: Values): number | null => {
  const answered = model.answer(plan, plan.inputs.map((input) => values.get(input.datum.name) ?? null))
  return answered.ok && typeof answered.value === 'number' ? answered.value : null
}

/**
 * Looks for a case in which `model` answers a decision with a lower number than `base`, or not at all where `base` does. Complete, not a sample: one value
 * of each cell that the tests of both models together cut an input into is tried, in every combination of the inputs both ask; what only one of them
 * asks is taken at its worst. Problems: `input_not_enumerable` when FEEL that only the library reads looks at an input, `too_many_combinations`,
 * `unknown_decision`. Example: of a model and itself, nothing.
 */
export const findLower = (base: CompiledModel, model: CompiledModel, decision: string): Result<Lower | undefined> => {
  const [first, second] = [base.plan(decision), model.plan(decision)]
  if (!first.ok) return first
  if (!second.ok) return second
  const plans = [first.value, second.value] as const
  const usage = joinUsage(plans.map((plan) => plan.usage))
  const lines = new Map<string, Line>()
  for (const input of plans.flatMap((plan) => plan.inputs)) {
    const { name, evidence } = input.datum
    const used = usage.get(name)
    const values = used ? alternativesOf(used) : [null]
    if (!values) return refuse(problem('input_not_enumerable', { field: name, params: { input: name } }))
    const known = lines.get(name)?.values ?? values
    lines.set(name, { name, values: evidence?.optional && !known.includes(null) ? [null, ...known] : known })
  }
  const asks = (plan: Plan, { name }: Line): boolean => plan.inputs.some((input) => input.datum.name === name)
  const all = [...lines.values()]
  const shared = all.filter((line) => plans.every((plan) => asks(plan, line)))
  const [ownOfBase, ownOfModel] = plans.map((plan) => all.filter((line) => asks(plan, line) && !shared.includes(line))) as [Line[], Line[]]
  const cases = count(shared) * (count(ownOfBase) + count(ownOfModel))
  if (cases > maxCases) return refuse(problem('too_many_combinations', { params: { combinations: cases, limit: maxCases } }))

  const plainOf = (values: Values): Record<string, PlainValue> => Object.fromEntries([...values].map(([name, value]) => [name, toPlain(value)]))
  for (const values of combinations(shared, new Map())) {
    let highest: { readonly answer: number; readonly inputs: Record<string, PlainValue> } | undefined
    for (const tried of combinations(ownOfBase, new Map(values))) {
      const answer = answerOf(base, plans[0], tried)
      if (answer !== null && (!highest || answer > highest.answer)) highest = { answer, inputs: plainOf(tried) }
    }
    if (!highest) continue
    for (const tried of combinations(ownOfModel, new Map(values))) {
      const answer = answerOf(model, plans[1], tried)
      if (answer === null || answer < highest.answer) return ok({ inputs: { ...highest.inputs, ...plainOf(tried) }, than: highest.answer, answer })
    }
  }
  return ok(undefined)
}
