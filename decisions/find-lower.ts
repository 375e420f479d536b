import { ok, problem, refuse, type Result } from '#base'
import type { CompiledModel } from './compile-model.ts'
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

/**
 * Looks for a case in which `model` answers a decision with a lower number than `base`, or not at all where `base` does. Complete, not a sample: one value
 * of each cell that the tests of both models together cut an input into is tried, in every combination. Problems: `input_not_enumerable` when FEEL
 * that only the library reads looks at an input, `too_many_combinations`, `unknown_decision`. Example: of a model and itself, nothing.
 */
export const findLower = (base: CompiledModel, model: CompiledModel, decision: string): Result<Lower | undefined> => {
  const [first, second] = [base.plan(decision), model.plan(decision)]
  if (!first.ok) return first
  if (!second.ok) return second
  const plans = [first.value, second.value] as const
  const usage = joinUsage(plans.map((plan) => plan.usage))
  const names = [...new Set(plans.flatMap((plan) => plan.inputs.map((input) => input.datum.name)))]
  const values: (readonly FeelValue[])[] = []
  for (const name of names) {
    const used = usage.get(name)
    const optional = plans.some((plan) => plan.inputs.some((input) => input.datum.name === name && input.datum.evidence?.optional))
    const alternatives = used ? alternativesOf(used) : [null]
    if (!alternatives) return refuse(problem('input_not_enumerable', { field: name, params: { input: name } }))
    values.push(optional && used ? [null, ...alternatives] : alternatives)
  }
  const combinations = values.reduce((product, one) => product * one.length, 1)
  if (combinations > maxCases) return refuse(problem('too_many_combinations', { params: { combinations, limit: maxCases } }))
  const places = plans.map((plan) => plan.inputs.map((input) => names.indexOf(input.datum.name)))
  const turn = names.map(() => 0)
  for (let n = 0; n < combinations; n += 1) {
    const tried = turn.map((at, i) => values[i]?.[at] ?? null)
    const [old, now] = [base, model].map((one, side) => {
      const answered = one.answer(plans[side] as (typeof plans)[number], places[side]?.map((place) => tried[place] as FeelValue) ?? [])
      return answered.ok && typeof answered.value === 'number' ? answered.value : null
    })
    if (old != null && (now == null || now < old))
      return ok({ inputs: Object.fromEntries(names.map((name, i) => [name, toPlain(tried[i])])), than: old, answer: now ?? null })
    for (let i = names.length - 1; i >= 0; i -= 1) {
      turn[i] = ((turn[i] as number) + 1) % (values[i]?.length ?? 1)
      if (turn[i] !== 0) break
    }
  }
  return ok(undefined)
}
