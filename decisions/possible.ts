import { ok, problem, refuse, type Problem, type Result } from '#base'
import type { CompiledModel, Plan } from './compile-model.ts'
import { toPlain, type FeelValue, type PlainValue } from './feel.ts'
import { alternativesOf, cellSignature, type Bound } from './partition.ts'

/** The answers that missing evidence leaves open. */
export type Possible =
  | {
      readonly kind: 'possible'
      /** Every answer that can come, numbers in order. One only: the missing evidence cannot change it. */
      readonly results: readonly PlainValue[]
      /**
       * For each result, values of the missing inputs that lead to it: one of their cell, not an estimate. Given to `evaluate` with
       * the known inputs they show the rows that decide.
       */
      readonly examples: readonly Readonly<Record<string, PlainValue>>[]
      /** Inputs without a value, optional ones too. */
      readonly missing: readonly string[]
      /** Those that can change the answer, the others as they may be. Optional ones are passed as null, so never among them. */
      readonly decisive: readonly string[]
      readonly combinations: number
    }
  | { readonly kind: 'undetermined'; readonly reason: Problem; readonly missing: readonly string[] }

/** Beyond this many combinations the answer is "undetermined". */
export const maxCombinations = 10_000

/** A missing input: its place in the plan and one value of each of its cells. */
interface Open {
  readonly place: number
  readonly name: string
  readonly values: readonly FeelValue[]
}

/** What an enumeration found: results with the number of a combination that gives them, and the open inputs that matter. */
interface Enumerated {
  readonly results: readonly { readonly value: PlainValue; readonly combination: number }[]
  readonly decisive: readonly number[]
  readonly combinations: number
}

/** What a plan's inputs need again and again: the cell a value lies in, and a value of each cell when nothing bounds them. */
interface Prepared {
  readonly inputs: readonly (
    | { readonly signatureOf: (value: FeelValue) => string; readonly alternatives: readonly FeelValue[] | undefined }
    | undefined
  )[]
  /** Answers by the cells the inputs lie in: 144 communes on a day share a handful of them. */
  readonly answered: Map<string, Result<Enumerated>>
}

const maxRemembered = 50_000
const prepared = new WeakMap<Plan, Prepared>()

const prepare = (plan: Plan): Prepared => {
  const known = prepared.get(plan)
  if (known) return known
  const inputs = plan.inputs.map((input) => {
    const usage = plan.usage.get(input.datum.name)
    return usage && { signatureOf: cellSignature(usage), alternatives: alternativesOf(usage) }
  })
  const made = { inputs, answered: new Map<string, Result<Enumerated>>() }
  prepared.set(plan, made)
  return made
}

const compareResults = (a: PlainValue, b: PlainValue): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : JSON.stringify(a) < JSON.stringify(b) ? -1 : 1

/** How many combinations pass before each open input turns to its next value, the last turning fastest. */
const stridesOf = (open: readonly Open[]): number[] =>
  open.map((_, i) => open.slice(i + 1).reduce((product, one) => product * one.values.length, 1))

const valueAt = (one: Open, stride: number, combination: number): FeelValue =>
  one.values[Math.floor(combination / stride) % one.values.length]

const enumerate = (compiled: CompiledModel, plan: Plan, values: readonly FeelValue[], open: readonly Open[]): Result<Enumerated> => {
  const combinations = open.reduce((product, one) => product * one.values.length, 1)
  if (combinations > maxCombinations) return refuse(problem('too_many_combinations', { params: { combinations, limit: maxCombinations } }))
  const strides = stridesOf(open)
  const keys: string[] = []
  const results = new Map<string, { value: PlainValue; combination: number }>()
  const tried = [...values]
  for (let combination = 0; combination < combinations; combination += 1) {
    open.forEach((one, i) => {
      tried[one.place] = valueAt(one, strides[i] ?? 1, combination)
    })
    const answer = compiled.answer(plan, tried)
    if (!answer.ok) return answer
    const key = JSON.stringify(answer.value)
    keys.push(key)
    if (!results.has(key)) results.set(key, { value: answer.value, combination })
  }
  // An input matters when some combination answers otherwise than the same one with that input's first value.
  const decisive = open.flatMap((one, i) => {
    const stride = strides[i] ?? 1
    return keys.some((key, n) => keys[n - (Math.floor(n / stride) % one.values.length) * stride] !== key) ? [i] : []
  })
  return ok({ results: [...results.values()].toSorted((a, b) => compareResults(a.value, b.value)), decisive, combinations })
}

/**
 * The answers that can come when some inputs are missing: one value of each cell of the partition made by the tests on each of
 * them is tried, in every combination, within the `bounds` known. Null inputs that the model calls optional are passed as they are.
 * `undetermined`, with the reason, beyond 10 000 combinations (`too_many_combinations`), when an input's cells cannot be told
 * (`input_not_enumerable`) or admit no value (`bounds_exclude_all`), and when an evaluation fails. Problems: as `evaluate`, for the
 * inputs given. Example: with the vaccination share missing, `results` is `[2, 3]` and `decisive` names it.
 */
export const possible = (
  compiled: CompiledModel,
  known: Readonly<Record<string, unknown>>,
  { decision, bounds = {} }: { readonly decision?: string; readonly bounds?: Readonly<Record<string, Bound>> } = {},
): Result<Possible> => {
  const planned = compiled.plan(decision)
  if (!planned.ok) return planned
  const plan = planned.value
  const { inputs, answered } = prepare(plan)
  const values: FeelValue[] = []
  const missing: string[] = []
  const open: Open[] = []
  let untold: Problem | undefined
  let cells = ''
  for (const [place, input] of plan.inputs.entries()) {
    const { name, evidence } = input.datum
    const read = input.read(known[name])
    if (!read.ok) return read
    values.push(read.value)
    if (read.value === null) missing.push(name)
    const usage = plan.usage.get(name)
    const one = inputs[place]
    if (!usage || !one) continue
    if (read.value !== null) cells += `|${one.signatureOf(read.value)}`
    else if (evidence?.optional) cells += '|-'
    else {
      const bound = bounds[name]
      const alternatives = bound ? alternativesOf(usage, bound) : one.alternatives
      if (!alternatives?.length)
        untold ??= problem(alternatives ? 'bounds_exclude_all' : 'input_not_enumerable', { field: name, params: { input: name } })
      open.push({ place, name, values: alternatives ?? [] })
      cells += `|?${alternatives?.map(one.signatureOf).join()}`
    }
  }
  if (untold) return ok({ kind: 'undetermined', reason: untold, missing })
  const remembered = answered.get(cells)
  const found = remembered ?? enumerate(compiled, plan, values, open)
  if (answered.size > maxRemembered) answered.clear()
  if (!remembered) answered.set(cells, found)
  if (!found.ok) return ok({ kind: 'undetermined', reason: found.problem, missing })
  const { results, decisive, combinations } = found.value
  const strides = stridesOf(open)
  const exampleOf = (combination: number): Record<string, PlainValue> =>
    Object.fromEntries(open.map((one, i) => [one.name, toPlain(valueAt(one, strides[i] ?? 1, combination))]))
  return ok({
    kind: 'possible',
    missing,
    combinations,
    results: results.map((result) => result.value),
    examples: results.map((result) => exampleOf(result.combination)),
    decisive: decisive.flatMap((i) => open[i]?.name ?? []),
  })
}
