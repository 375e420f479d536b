import { problem, type Problem } from '#base'
import { compileTable } from './compile-table.ts'
import { compileExpressionText } from './compile-text.ts'
import { anyType, compileConform, type FeelType, type TypeLookup } from './feel-type.ts'
import { asFunction, makeFunction, type FeelValue } from './feel.ts'
import type { Expression, Named } from './model.ts'
import type { Provenance } from './rulebook.ts'
import { fail, nest, type Evaluator, type Frame, type Scope } from './scope.ts'
import type { Usage } from './usage.ts'

/** What compiling one decision needs and finds. */
export interface Compilation {
  readonly types: TypeLookup
  readonly problems: Problem[]
  readonly usage: Usage
}

/** The logic's owner: the decision or business knowledge that problems and traces name, and the type it answers in. */
export interface Owner {
  readonly name: string
  readonly type: FeelType
  readonly provenance: Provenance
}

/** Resolves a type, or notes that the model does not define it. */
export const typeOf = (typeRef: string | null, owner: string, compilation: Compilation): FeelType => {
  const type = compilation.types(typeRef)
  if (!type) compilation.problems.push(problem('unknown_type', { params: { table: owner, type: typeRef ?? '' } }))
  return type ?? anyType
}

/** Compiles decision logic of any kind to a closure. */
export const compileExpression = (expression: Expression, owner: Owner, scope: Scope, compilation: Compilation): Evaluator => {
  const unreadable = (text: string): Problem => problem('expression_unreadable', { params: { table: owner.name, text } })
  const inner = (one: Expression, type: FeelType = anyType, within: Scope = scope): Evaluator =>
    compileExpression(one, { ...owner, type }, within, compilation)
  switch (expression.kind) {
    case 'literal':
      return compileExpressionText(expression.text, scope, compilation, unreadable)
    case 'table':
      return compileTable(expression.table, owner.name, owner.type, owner.provenance, scope, compilation)
    case 'list': {
      const items = expression.items.map((item) => inner(item))
      return (frame) => items.map((item) => item(frame))
    }
    case 'relation': {
      const rows = expression.rows.map((row) => row.map((cell) => inner(cell)))
      return (frame) => rows.map((row) => Object.fromEntries(expression.columns.map((name, i) => [name, row[i]?.(frame) ?? null])))
    }
    case 'conditional': {
      const test = inner(expression.test)
      const yes = inner(expression.yes)
      const no = inner(expression.no)
      return (frame) => (test(frame) === true ? yes(frame) : no(frame))
    }
    case 'context':
      return compileContextBox(expression, owner, scope, compilation)
    case 'function':
      return compileFunction(expression.parameters, expression.body, owner, scope, compilation)
    case 'invocation': {
      const called = compileExpressionText(expression.called, scope, compilation, unreadable)
      const bindings = expression.bindings.map((binding) => ({ name: binding.name, value: inner(binding.value) }))
      return (frame) => {
        const target = asFunction(called(frame))
        if (!target) return fail(frame, problem('not_a_function', { params: { table: owner.name, text: expression.called } }))
        const given = new Map(bindings.map((binding) => [binding.name, binding.value(frame)]))
        return target.call(...target.parameters.map((parameter) => given.get(parameter) ?? null))
      }
    }
    default:
      return (frame) => fail(frame, problem('logic_unsupported', { params: { table: owner.name, element: expression.element } }))
  }
}

const compileContextBox = (
  expression: Extract<Expression, { kind: 'context' }>,
  owner: Owner,
  scope: Scope,
  compilation: Compilation,
): Evaluator => {
  const names = expression.entries.map((entry) => ({ name: entry.name, type: typeOf(entry.typeRef, owner.name, compilation) }))
  const entries = expression.entries.map((entry, i) => {
    // An entry sees those before it.
    const type = names[i]?.type ?? anyType
    const value = compileExpression(entry.value, { ...owner, type }, nest(scope, names.slice(0, i)), compilation)
    return { name: entry.name, value, conform: compileConform(type) }
  })
  const result = expression.result ? compileExpression(expression.result, owner, nest(scope, names), compilation) : null
  return (frame) => {
    const values: FeelValue[] = []
    const within: Frame = { values, parent: frame, run: frame.run }
    for (const entry of entries) values.push(entry.conform(entry.value(within)))
    return result ? result(within) : Object.fromEntries(entries.map((entry, i) => [entry.name, values[i]]))
  }
}

/** Compiles a function: what it evaluates to is a FEEL function that calls back into the compiled body. */
export const compileFunction = (
  parameters: readonly Named[],
  body: Expression,
  owner: Owner,
  scope: Scope,
  compilation: Compilation,
): Evaluator => {
  const typed = parameters.map((parameter) => ({ name: parameter.name, type: typeOf(parameter.typeRef, owner.name, compilation) }))
  const conforms = typed.map((parameter) => compileConform(parameter.type))
  const names = parameters.map((parameter) => parameter.name)
  const conformResult = compileConform(owner.type)
  const compiled = compileExpression(body, owner, nest(scope, typed), compilation)
  return (frame) =>
    makeFunction(names, (...given) => {
      const values = conforms.map((conform, i) => conform(given[i] ?? null))
      return conformResult(compiled({ values, parent: frame, run: frame.run }))
    })
}
