import { problem, type Problem } from '#base'
import { checkTable, type Known } from './check-table.ts'
import { compileModel } from './compile-model.ts'
import { anyType, sampleOf, typesOf, type FeelType, type TypeLookup } from './feel-type.ts'
import { isReadable, makeFunction, unknownNames, type FeelValue } from './feel.ts'
import type { DecisionModel, DecisionTable, Expression } from './model.ts'
import { readCell, readConstant } from './unary-test.ts'

/** A FEEL text of a model and where it stands. */
interface Text {
  readonly text: string
  readonly as: 'expression' | 'tests'
  readonly row: number
  readonly column: number
}

const tableTexts = (table: DecisionTable): Text[] => [
  ...table.inputs.map((clause, i): Text => ({ text: clause.expression, as: 'expression', row: 0, column: i + 1 })),
  ...table.rules.flatMap((rule, row) => [
    ...rule.when.map((entry, i): Text => ({ text: entry.text, as: 'tests', row: row + 1, column: i + 1 })),
    ...rule.gives.map((entry, i): Text => ({ text: entry.text, as: 'expression', row: row + 1, column: rule.when.length + i + 1 })),
  ]),
]

const isPlain = ({ text, as }: Text, known: ReadonlyMap<string, Known>): boolean =>
  text === '' || (as === 'tests' ? readCell(text).kind !== 'feel' : readConstant(text) !== undefined || known.has(text))

/** Texts that use a name the decision does not require, or that ask the clock: the same inputs must give the same answer on any day. */
const checkTexts = (
  texts: readonly Text[],
  owner: string,
  known: ReadonlyMap<string, Known>,
  functions: Readonly<Record<string, FeelValue>>,
): Problem[] => {
  const samples = { ...Object.fromEntries([...known].map(([name, one]) => [name, sampleOf(one.type)])), ...functions }
  return texts
    .filter((one) => !isPlain(one, known))
    .flatMap(({ text, as, row, column }) => {
      const place = { table: owner, row, column, text }
      if (/\b(?:today|now)\s*\(/.test(text)) return [problem('clock_used', { params: place })]
      if (!isReadable(text, samples, as)) return []
      return unknownNames(text, samples, as).map((name) => problem('unknown_name', { params: { ...place, name } }))
    })
}

const checkLogic = (
  logic: Expression,
  owner: string,
  type: FeelType,
  types: TypeLookup,
  known: ReadonlyMap<string, Known>,
  functions: Readonly<Record<string, FeelValue>>,
): Problem[] => {
  if (logic.kind === 'literal') return checkTexts([{ text: logic.text, as: 'expression', row: 0, column: 0 }], owner, known, functions)
  if (logic.kind !== 'table') return []
  return [...checkTable(logic.table, owner, type, types, known), ...checkTexts(tableTexts(logic.table), owner, known, functions)]
}

const repeated = (names: readonly string[]): string[] => [...new Set(names.filter((name, i) => names.indexOf(name) !== i))]

/** Whether a problem only deserves a look: a table may leave a gap on purpose. */
export const isWarning = (found: Problem): boolean => found.code === 'rules_gap'

/**
 * Judges a model without evaluating it: everything `compileModel` refuses, repeated ids and names, and for each table what `checkTable`
 * and the names in its texts tell. An empty list: nothing to say. Problems name table, row (1-based, 0 the head) and column.
 * Example: `checkModel(model).filter((found) => !isWarning(found)).length === 0` for every shipped rulebook.
 */
export const checkModel = (model: DecisionModel): Problem[] => {
  const compiled = compileModel(model)
  const refused = compiled.ok ? [] : (compiled.problem.problems ?? [compiled.problem])
  const names = [...model.inputs, ...model.decisions, ...model.knowledge].map((one) => one.name)
  const types = typesOf(model)
  const functions = new Map(
    model.knowledge.map((one) => [
      one.id,
      {
        name: one.name,
        value: makeFunction(
          one.parameters.map((p) => p.name),
          () => null,
        ),
      },
    ]),
  )

  const judged = model.decisions.flatMap((decision) => {
    const known = new Map<string, Known>()
    const called: Record<string, FeelValue> = {}
    for (const id of decision.requires) {
      const input = model.inputs.find((one) => one.id === id)
      const required = model.decisions.find((one) => one.id === id)
      const knowledge = functions.get(id)
      if (input) known.set(input.name, { type: types(input.typeRef) ?? anyType, optional: input.evidence?.optional ?? false })
      if (required) known.set(required.name, { type: types(required.typeRef) ?? anyType, optional: false })
      if (knowledge) called[knowledge.name] = knowledge.value
    }
    return decision.logic ? checkLogic(decision.logic, decision.name, types(decision.typeRef) ?? anyType, types, known, called) : []
  })
  const knowledge = model.knowledge.flatMap((one) => {
    if (one.body?.kind !== 'table') return []
    const known = new Map(
      one.parameters.map((parameter) => [parameter.name, { type: types(parameter.typeRef) ?? anyType, optional: false }]),
    )
    return checkTable(one.body.table, one.name, undefined, types, known)
  })
  const untyped = model.inputs
    .filter((input) => types(input.typeRef) === undefined)
    .map((input) => problem('unknown_type', { params: { table: input.name, type: input.typeRef ?? '' } }))
  return [
    ...model.repeatedIds.map((id) => problem('duplicate_id', { params: { id } })),
    ...repeated(names).map((name) => problem('duplicate_name', { params: { name } })),
    ...untyped,
    ...refused,
    ...judged,
    ...knowledge,
  ]
}
