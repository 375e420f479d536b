import { ok, problem, refuse, type Problem, type Result } from '#base'
import { compileExpression, compileFunction, typeOf, type Compilation } from './compile-expression.ts'
import {
  anyType,
  compileConform,
  compileInput,
  isTemporalType,
  typesOf,
  type FeelType,
  type InputReader,
  type TypeLookup,
} from './feel-type.ts'
import { asFunction, toPlain, type FeelValue, type PlainValue } from './feel.ts'
import type { Decision, DecisionModel, InputDatum, Knowledge } from './model.ts'
import { noProvenance } from './rulebook.ts'
import type { Evaluator, Frame, Run, Scope, Variable } from './scope.ts'
import type { TraceStep } from './trace.ts'
import { joinUsage, type Usage } from './usage.ts'

/** What an evaluation answers, and every row that led there, in the order they were asked. */
export interface Evaluation {
  readonly result: PlainValue
  readonly trace: readonly TraceStep[]
}

/** An input of a compiled model. */
export interface CompiledInput {
  readonly datum: InputDatum
  readonly type: FeelType
  readonly slot: number
  readonly read: InputReader
}

interface CompiledDecision {
  readonly name: string
  readonly slot: number
  readonly logic: Evaluator
  readonly usage: Usage
  readonly inputs: ReadonlySet<string>
}

/** Everything one question needs, in the order it must be worked out. */
export interface Plan {
  readonly decisions: readonly CompiledDecision[]
  readonly asked: readonly CompiledDecision[]
  readonly inputs: readonly CompiledInput[]
  readonly usage: Usage
}

/** A model ready to be asked, again and again. */
export interface CompiledModel {
  readonly model: DecisionModel
  /** The decisions nothing else requires: what is answered when no decision is named. */
  readonly tops: readonly string[]
  /**
   * Answers a decision by name, or the top decision (several: an object by name). Absent inputs are null; names the model does not
   * know are ignored. Problems: `unknown_decision`, those of inputs (`input_wrong_type`, `input_not_allowed`) and of tables.
   */
  readonly evaluate: (inputs: Readonly<Record<string, unknown>>, decision?: string) => Result<Evaluation>
  /** The result of `evaluate` without the rows it comes from, for many at once of which few are looked into. Problems: the same. Example: `resultOf({ age: 17 }, 'may vote')`. */
  readonly resultOf: (inputs: Readonly<Record<string, unknown>>, decision?: string) => Result<PlainValue>
  /** What must be worked out for a decision. Problem `unknown_decision`. */
  readonly plan: (decision?: string) => Result<Plan>
  /** Answers a plan from values already read, one per input of the plan, without a trace. */
  readonly answer: (plan: Plan, values: readonly FeelValue[]) => Result<PlainValue>
}

/** The decisions, in an order in which each comes after what it requires. Problem `requirement_cycle`. */
export const inOrder = (model: DecisionModel, wanted: readonly Decision[]): Result<Decision[]> => {
  const byId = new Map(model.decisions.map((decision) => [decision.id, decision]))
  const done = new Set<string>()
  const open = new Set<string>()
  const order: Decision[] = []
  const visit = (decision: Decision): Problem | null => {
    if (done.has(decision.id)) return null
    if (open.has(decision.id)) return problem('requirement_cycle', { params: { table: decision.name } })
    open.add(decision.id)
    for (const id of decision.requires) {
      const required = byId.get(id)
      const found = required ? visit(required) : null
      if (found) return found
    }
    open.delete(decision.id)
    done.add(decision.id)
    order.push(decision)
    return null
  }
  for (const decision of wanted) {
    const cycle = visit(decision)
    if (cycle) return refuse(cycle)
  }
  return ok(order)
}

const compileKnowledge = (
  model: DecisionModel,
  compilation: Compilation,
): ReadonlyMap<string, { readonly name: string; readonly variable: Variable }> => {
  const compiled = new Map<string, { name: string; variable: Variable }>()
  const open = new Set<string>()
  const visit = (knowledge: Knowledge): void => {
    if (compiled.has(knowledge.id) || open.has(knowledge.id)) return
    open.add(knowledge.id)
    const scope = new Map<string, Variable>()
    for (const id of knowledge.requires) {
      const required = model.knowledge.find((one) => one.id === id)
      if (required) visit(required)
      const known = compiled.get(id)
      if (known) scope.set(known.name, known.variable)
    }
    const body = knowledge.body ?? { kind: 'literal', text: 'null' }
    const owner = { name: knowledge.name, type: typeOf(knowledge.typeRef, knowledge.name, compilation), provenance: noProvenance }
    const read = compileFunction(knowledge.parameters, body, owner, scope, compilation)
    compiled.set(knowledge.id, { name: knowledge.name, variable: { read, type: anyType, input: null } })
  }
  model.knowledge.forEach(visit)
  return compiled
}

const unknownDecision = (model: DecisionModel, name: string | undefined): Problem =>
  problem('unknown_decision', { params: { decision: name ?? '', known: model.decisions.map((decision) => decision.name).join(', ') } })

/** The type an input is read as. One without a type is a day, a time or a duration where a column asks it as such: JSON has none of them. */
const inputTypeOf = (datum: InputDatum, model: DecisionModel, types: TypeLookup): FeelType => {
  const declared = types(datum.typeRef) ?? anyType
  if (declared.kind !== 'any') return declared
  const asked = model.decisions
    .filter((decision) => decision.requires.includes(datum.id))
    .flatMap(({ logic }) => (logic?.kind === 'table' ? logic.table.inputs : []))
    .filter((clause) => clause.expression === datum.name)
    .flatMap((clause) => types(clause.typeRef) ?? [])
  return asked.find(isTemporalType) ?? anyType
}

/**
 * Compiles a model, or the part of it one decision needs. What can be known to be wrong without evaluating is refused here, all of it
 * at once in `problems`: `cell_unreadable` and `expression_unreadable` (table, row, column), `requirement_cycle`, `unknown_reference`,
 * `unknown_decision`, `unknown_type`, `logic_missing`, `output_missing`, `input_cells_differ`.
 * Example: `compileModel(model).value.evaluate({ age: 17 }, 'may vote')`.
 */
export const compileModel = (model: DecisionModel, only?: string): Result<CompiledModel> => {
  const wanted = only === undefined ? model.decisions : model.decisions.filter((decision) => decision.name === only)
  if (wanted.length === 0) return refuse(unknownDecision(model, only))
  const order = inOrder(model, wanted)
  if (!order.ok) return order

  const types = typesOf(model)
  const problems: Problem[] = []
  const inputs = model.inputs.map((datum, slot): CompiledInput => {
    const type = inputTypeOf(datum, model, types)
    return { datum, type, slot, read: compileInput(datum.name, type) }
  })
  const inputsById = new Map(inputs.map((input) => [input.datum.id, input]))
  const knowledge = compileKnowledge(model, { types, problems: only === undefined ? problems : [], usage: new Map() })
  const byId = new Map<string, CompiledDecision & { readonly type: FeelType }>()

  for (const [index, decision] of order.value.entries()) {
    const slot = inputs.length + index
    const scope = new Map<string, Variable>()
    const needed = new Set<string>()
    for (const id of decision.requires) {
      const input = inputsById.get(id)
      const required = byId.get(id)
      const known = knowledge.get(id)
      if (input) {
        needed.add(input.datum.name)
        scope.set(input.datum.name, { read: (frame) => frame.values[input.slot] ?? null, type: input.type, input: input.datum.name })
      } else if (required) {
        required.inputs.forEach((name) => needed.add(name))
        scope.set(required.name, { read: (frame) => frame.values[required.slot] ?? null, type: required.type, input: null })
      } else if (known) scope.set(known.name, known.variable)
      else problems.push(problem('unknown_reference', { params: { table: decision.name, id } }))
    }
    const usage: Usage = new Map()
    const compilation: Compilation = { types, problems, usage }
    const type = typeOf(decision.typeRef, decision.name, compilation)
    const owner = { name: decision.name, type, provenance: decision.provenance }
    if (!decision.logic) problems.push(problem('logic_missing', { params: { table: decision.name } }))
    const logic = decision.logic ? compileDecision(decision, owner, scope, compilation) : () => null
    byId.set(decision.id, { name: decision.name, slot, logic, usage, inputs: needed, type })
  }
  if (problems.length > 0)
    return refuse(
      problems.length === 1 && problems[0] ? problems[0] : problem('model_faulty', { params: { count: problems.length }, problems }),
    )

  const required = new Set(order.value.flatMap((decision) => decision.requires))
  const tops = order.value.filter((decision) => !required.has(decision.id)).map((decision) => decision.name)
  return ok(makeCompiled(model, inputs, order.value, byId, tops))
}

const compileDecision = (
  decision: Decision,
  owner: Parameters<typeof compileExpression>[1],
  scope: Scope,
  compilation: Compilation,
): Evaluator => {
  const logic = compileExpression(decision.logic ?? { kind: 'literal', text: 'null' }, owner, scope, compilation)
  const conform = compileConform(owner.type)
  if (decision.logic?.kind === 'table') return (frame) => conform(logic(frame))
  return (frame) => {
    const value = conform(logic(frame))
    if (frame.run.trace) {
      const values = [...scope].map(([name, variable]): [string, FeelValue] => [name, variable.read(frame)])
      const inputs = Object.fromEntries(values.filter(([, one]) => !asFunction(one)).map(([name, one]) => [name, toPlain(one)]))
      frame.run.trace.push({
        table: decision.name,
        row: null,
        inputs,
        outputs: { [decision.name]: toPlain(value) },
        ...decision.provenance,
        annotations: {},
      })
    }
    return value
  }
}

const makeCompiled = (
  model: DecisionModel,
  inputs: readonly CompiledInput[],
  order: readonly Decision[],
  byId: ReadonlyMap<string, CompiledDecision>,
  tops: readonly string[],
): CompiledModel => {
  const compiled = order.flatMap((decision) => byId.get(decision.id) ?? [])
  const blank: readonly FeelValue[] = [...inputs, ...compiled].map(() => null)
  const plans = new Map<string | undefined, Plan>()

  const makePlan = (name: string | undefined): Plan | undefined => {
    const names = name === undefined ? tops : [name]
    const asked = compiled.filter((decision) => names.includes(decision.name))
    if (asked.length === 0) return undefined
    const ids = new Set(order.filter((decision) => names.includes(decision.name)).map((decision) => decision.id))
    for (const decision of order.toReversed()) if (ids.has(decision.id)) decision.requires.forEach((id) => ids.add(id))
    const decisions = order.filter((decision) => ids.has(decision.id)).flatMap((decision) => byId.get(decision.id) ?? [])
    const needed = new Set(asked.flatMap((decision) => [...decision.inputs]))
    return {
      decisions,
      asked,
      inputs: inputs.filter((input) => needed.has(input.datum.name)),
      usage: joinUsage(decisions.map((decision) => decision.usage)),
    }
  }

  const plan = (name?: string): Result<Plan> => {
    const known = plans.get(name)
    if (known) return ok(known)
    const made = makePlan(name)
    if (!made) return refuse(unknownDecision(model, name))
    plans.set(name, made)
    return ok(made)
  }

  const work = (asked: Plan, values: FeelValue[], run: Run): FeelValue => {
    const frame: Frame = { values, parent: null, run }
    for (const decision of asked.decisions) values[decision.slot] = decision.logic(frame)
    const [only] = asked.asked
    if (only && asked.asked.length === 1) return values[only.slot]
    return Object.fromEntries(asked.asked.map((decision) => [decision.name, values[decision.slot]]))
  }

  const evaluated = (given: Readonly<Record<string, unknown>>, name: string | undefined, trace: TraceStep[] | null): Result<PlainValue> => {
    const asked = plan(name)
    if (!asked.ok) return asked
    const values = [...blank]
    for (const input of asked.value.inputs) {
      const read = input.read(given[input.datum.name])
      if (!read.ok) return read
      values[input.slot] = read.value
    }
    const run: Run = { trace, problem: null }
    const result = work(asked.value, values, run)
    return run.problem ? refuse(run.problem) : ok(toPlain(result))
  }

  return {
    model,
    tops,
    plan,
    evaluate: (given, name) => {
      const trace: TraceStep[] = []
      const result = evaluated(given, name, trace)
      return result.ok ? ok({ result: result.value, trace }) : result
    },
    resultOf: (given, name) => evaluated(given, name, null),
    answer: (asked, given) => {
      const values = [...blank]
      asked.inputs.forEach((input, i) => {
        values[input.slot] = given[i] ?? null
      })
      const run: Run = { trace: null, problem: null }
      const result = work(asked, values, run)
      return run.problem ? refuse(run.problem) : ok(toPlain(result))
    },
  }
}
