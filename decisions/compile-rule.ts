import { problem, type Problem } from '#base'
import type { Compilation } from './compile-expression.ts'
import { compileExpressionText } from './compile-text.ts'
import { evaluateText, isReadable, testText, type FeelValue } from './feel.ts'
import type { DecisionTable, Entry, OutputClause, Rule } from './model.ts'
import { inheritProvenance, weakest, type Provenance } from './rulebook.ts'
import { compileContext, fail, isCertain, sampleContext, type Evaluator, type Frame, type Scope } from './scope.ts'
import { plainRecord, type TracedRow } from './trace.ts'
import { compileCell, constantValue, readCell, readConstant } from './unary-test.ts'
import { noteText } from './usage.ts'

/** A row as it is tried. */
export interface CompiledRule extends TracedRow {
  readonly tests: readonly { readonly column: number; readonly holds: (value: FeelValue, frame: Frame) => boolean }[]
  readonly outputs: readonly Evaluator[]
  /** The outputs where all of them are constants. */
  readonly constants: readonly FeelValue[] | null
}

/** Where a text stands, for problems. Rows and columns count from 1; row 0 is the head of the table. */
export interface Place {
  readonly table: string
  readonly row: number
  readonly column: number
}

export const unreadableCell = (place: Place, text: string): Problem => problem('cell_unreadable', { params: { ...place, text } })

/** Name of an output in results and traces: its own, else its label, else its place; a single column may be nameless. */
export const outputName = (clause: OutputClause, index: number, owner: string, count: number): string =>
  clause.name || (count === 1 ? owner : clause.label || `output ${index + 1}`)

export const outputNames = (table: DecisionTable, owner: string): string[] =>
  table.outputs.map((clause, index) => outputName(clause, index, owner, table.outputs.length))

const compileWhen = (
  entry: Entry,
  place: Place,
  scope: Scope,
  compilation: Compilation,
): ((value: FeelValue, frame: Frame) => boolean) | null => {
  const { text } = entry
  const cell = readCell(text)
  if (cell.kind === 'any') return null
  const contextOf = compileContext(text, scope)
  const ask = (value: FeelValue, context: Record<string, FeelValue>, frame: Frame): boolean => {
    const answer = testText(text, value, context)
    if (answer === undefined) fail(frame, unreadableCell(place, text))
    return answer ?? false
  }
  if (cell.kind === 'feel') {
    const samples = sampleContext(text, scope)
    if (!isReadable(text, samples, 'tests') && isCertain(text, scope)) compilation.problems.push(unreadableCell(place, text))
    noteText(compilation.usage, text, scope)
    // What asks nothing of `?` is a value to compare with. The library takes a true one for a test that holds, whatever the boolean tested.
    const isValue = !text.includes('?') && isReadable(text, samples, 'expression')
    return (value, frame) => {
      const context = contextOf(frame)
      const other = isValue && typeof value === 'boolean' ? evaluateText(text, context)?.value : undefined
      return typeof other === 'boolean' ? other === value : ask(value, context, frame)
    }
  }
  const matches = compileCell(cell)
  return (value, frame) => (Array.isArray(value) ? ask(value, contextOf(frame), frame) : matches(value))
}

/** What a row says of its origin: as sure as its least sure cell, with the first clause and source that it, its cells or its table name. */
export const ruleProvenance = (rule: Rule, from: Provenance): Provenance => {
  const origins = [rule.provenance, ...rule.when.map((entry) => entry.provenance), ...rule.gives.map((entry) => entry.provenance)]
  const own: Provenance = {
    confidence: weakest(origins),
    clause: origins.find((origin) => origin.clause !== null)?.clause ?? null,
    source: origins.find((origin) => origin.source !== null)?.source ?? null,
  }
  return inheritProvenance(own, from)
}

/** Compiles row `row` (from 1). `from` is what the table says of its origin, for rows that say nothing. */
export const compileRule = (
  rule: Rule,
  row: number,
  owner: string,
  table: DecisionTable,
  from: Provenance,
  scope: Scope,
  compilation: Compilation,
): CompiledRule => {
  const tests = rule.when.flatMap((entry, column) => {
    const holds = compileWhen(entry, { table: owner, row, column: column + 1 }, scope, compilation)
    return holds ? [{ column, holds }] : []
  })
  const outputs = rule.gives.map((entry, index) => {
    const place = { table: owner, row, column: table.inputs.length + index + 1 }
    return compileExpressionText(entry.text, scope, compilation, (text) => unreadableCell(place, text))
  })
  const fixed = rule.gives.map((entry) => readConstant(entry.text))
  const constants = fixed.every((constant) => constant !== undefined) ? fixed.map(constantValue) : null
  return {
    row,
    tests,
    outputs,
    constants,
    answered: constants && plainRecord(outputNames(table, owner), constants),
    provenance: ruleProvenance(rule, from),
    annotations: Object.fromEntries(
      table.annotations.map((name, index) => [name, rule.annotations[index] ?? '']).filter(([, text]) => text !== ''),
    ),
  }
}
