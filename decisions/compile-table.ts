import { problem, type Problem } from '#base'
import type { Compilation } from './compile-expression.ts'
import { compileRule, outputNames, unreadableCell, type CompiledRule } from './compile-rule.ts'
import { compileExpressionText } from './compile-text.ts'
import { compileAllowed, type FeelType, type TypeLookup } from './feel-type.ts'
import { sameValue, toPlain, type FeelValue } from './feel.ts'
import { aggregate, answersOnce, compareByPriority } from './hit-policy.ts'
import type { DecisionTable, HitPolicy, OutputClause } from './model.ts'
import type { Provenance } from './rulebook.ts'
import { indexRows } from './row-index.ts'
import { fail, type Evaluator, type Frame, type Scope } from './scope.ts'
import { stepsOf } from './trace.ts'
import { constantValue, listedConstants, readCell, type Cell } from './unary-test.ts'
import { noteCell } from './usage.ts'

interface Column {
  readonly key: string
  readonly read: Evaluator
  /** Refuses a value the column does not admit. */
  readonly admits: ((value: FeelValue) => boolean) | null
}

/** A row that held, with its answers. */
interface Hit {
  readonly rule: CompiledRule
  readonly outputs: readonly FeelValue[]
}

/** The values an output lists in order of priority: its own list, else that of its type. */
export const outputValues = (clause: OutputClause, type: FeelType | undefined): Cell => {
  if (clause.values !== null) return readCell(clause.values)
  const inner = type?.kind === 'list' ? type.item : type
  return inner && inner.kind !== 'any' && inner.kind !== 'list' && inner.kind !== 'context' ? inner.allowed : { kind: 'any' }
}

const listsNothing = (type: FeelType): boolean => 'allowed' in type && type.allowed.kind === 'any'

/**
 * The type of each output: its own, or what the type of the whole says of it (an entry of the context that several outputs make);
 * the latter also where its own is the bare kind, since the other may list the values and so their priority.
 */
export const outputTypesOf = (
  table: DecisionTable,
  owner: string,
  type: FeelType | undefined,
  types: TypeLookup,
): (FeelType | undefined)[] => {
  const names = outputNames(table, owner)
  const whole = type?.kind === 'list' ? type.item : type
  return table.outputs.map((clause, i) => {
    const own = clause.typeRef === null ? undefined : types(clause.typeRef)
    const told = names.length === 1 ? type : whole?.kind === 'context' ? whole.fields.get(names[i] ?? '') : undefined
    return own && !(listsNothing(own) && told?.kind === own.kind) ? own : (told ?? own)
  })
}

/** Checks that rows and head have as many cells; the compiled table relies on it. */
const shapeProblems = (table: DecisionTable, owner: string): Problem[] => {
  const found: Problem[] = []
  if (table.outputs.length === 0) found.push(problem('output_missing', { params: { table: owner, row: 0 } }))
  table.rules.forEach((rule, index) => {
    if (rule.gives.length !== table.outputs.length) found.push(problem('output_missing', { params: { table: owner, row: index + 1 } }))
    if (rule.when.length !== table.inputs.length) found.push(problem('input_cells_differ', { params: { table: owner, row: index + 1 } }))
  })
  return found
}

const compileColumns = (table: DecisionTable, owner: string, scope: Scope, compilation: Compilation): Column[] =>
  table.inputs.map((clause, index) => {
    const variable = scope.get(clause.expression)
    if (variable?.input != null)
      for (const rule of table.rules) noteCell(compilation.usage, variable.input, variable.type, readCell(rule.when[index]?.text ?? ''))
    const place = { table: owner, row: 0, column: index + 1 }
    const read = compileExpressionText(clause.expression, scope, compilation, (text) => unreadableCell(place, text), variable !== undefined)
    return { key: clause.expression, read, admits: clause.values === null ? null : compileAllowed(readCell(clause.values)) }
  })

const compileDefaults = (table: DecisionTable, owner: string, scope: Scope, compilation: Compilation): Evaluator[] | null => {
  if (table.outputs.every((clause) => clause.default === null)) return null
  return table.outputs.map((clause, index) => {
    const place = { table: owner, row: 0, column: table.inputs.length + index + 1 }
    return compileExpressionText(clause.default ?? 'null', scope, compilation, (text) => unreadableCell(place, text))
  })
}

const holds = (rule: CompiledRule, values: readonly FeelValue[], frame: Frame): boolean => {
  for (const test of rule.tests) if (!test.holds(values[test.column], frame)) return false
  return true
}

const outputsOf = (rule: CompiledRule, frame: Frame): readonly FeelValue[] =>
  rule.constants ?? rule.outputs.map((evaluate) => evaluate(frame))

/** The row that answers where the index alone can tell: the only one, or the first under F. */
const onlyRow = (indexed: number, policy: HitPolicy): number | undefined => {
  const lowest = indexed & -indexed
  return lowest === indexed || policy === 'F' ? 31 - Math.clz32(lowest) : undefined
}

/** The problem of rows that may not hold together: any two under U, two with different answers under A. */
const conflict = (policy: HitPolicy, owner: string, hits: readonly Hit[]): Problem | null => {
  const [first, ...others] = hits
  if (!first || (policy !== 'U' && policy !== 'A')) return null
  const other = others.find((hit) => policy === 'U' || !hit.outputs.every((value, i) => sameValue(value, first.outputs[i])))
  if (!other) return null
  return problem(policy === 'U' ? 'rules_overlap' : 'rules_disagree', {
    params: { table: owner, row: first.rule.row, other: other.rule.row },
  })
}

/**
 * Compiles a decision table. The rows that hold are found through the index, or from the top where there is none; what they make
 * together is the hit policy's affair. Two rows under U, or two that disagree under A, are a problem and not a null: a silent null
 * would pass for "no data". No row: the default answers, else 0 for C#, an empty list for C, null for the others. Problems of a run:
 * `rules_overlap`, `rules_disagree`, `value_not_listed`, `cell_unreadable`.
 */
export const compileTable = (
  table: DecisionTable,
  owner: string,
  type: FeelType,
  from: Provenance,
  scope: Scope,
  compilation: Compilation,
): Evaluator => {
  const shape = shapeProblems(table, owner)
  compilation.problems.push(...shape)
  if (shape.length > 0) return () => null

  const { hitPolicy } = table
  const columns = compileColumns(table, owner, scope, compilation)
  const rules = table.rules.map((rule, index) => compileRule(rule, index + 1, owner, table, from, scope, compilation))
  const defaults = compileDefaults(table, owner, scope, compilation)
  const index = indexRows(
    table.inputs.map((_, column) => table.rules.map((rule) => readCell(rule.when[column]?.text ?? ''))),
    rules.length,
  )
  const names = outputNames(table, owner)
  const single = names.length === 1
  const once = answersOnce(hitPolicy)
  const outputTypes = outputTypesOf(table, owner, type, compilation.types)
  const byPriority = compareByPriority(
    table.outputs.map((clause, i) => (listedConstants(outputValues(clause, outputTypes[i])) ?? []).map(constantValue)),
  )
  const stepOf = stepsOf(
    owner,
    columns.map((column) => column.key),
    names,
    from,
  )

  const compose = (outputs: readonly FeelValue[]): FeelValue =>
    single ? outputs[0] : Object.fromEntries(names.map((name, i) => [name, outputs[i]]))

  const answer = (hits: readonly Hit[], values: readonly FeelValue[], frame: Frame): FeelValue => {
    const conflicting = conflict(hitPolicy, owner, hits)
    if (conflicting) return fail(frame, conflicting)
    const ranked = hitPolicy === 'P' || hitPolicy === 'O' ? hits.toSorted((a, b) => byPriority(a.outputs, b.outputs)) : hits
    const shown = once ? ranked.slice(0, 1) : ranked
    if (frame.run.trace) for (const hit of shown) frame.run.trace.push(stepOf(hit.rule, values, hit.outputs))
    if (answersOnce(hitPolicy)) return compose(shown[0]?.outputs ?? [])
    if (hitPolicy === 'C' || hitPolicy === 'R' || hitPolicy === 'O') return shown.map((hit) => compose(hit.outputs))
    return compose(
      names.map((_, i) =>
        aggregate(
          hitPolicy,
          hits.map((hit) => hit.outputs[i]),
        ),
      ),
    )
  }

  const answerWithout = (values: readonly FeelValue[], frame: Frame): FeelValue => {
    const outputs = defaults ? defaults.map((evaluate) => evaluate(frame)) : names.map(() => (hitPolicy === 'C#' ? 0 : null))
    frame.run.trace?.push(stepOf(null, values, outputs))
    if (hitPolicy === 'C' && !defaults) return []
    return !single && outputs.every((output) => output === null) ? null : compose(outputs)
  }

  return (frame) => {
    const values: FeelValue[] = []
    for (const column of columns) {
      const value = column.read(frame)
      if (column.admits && value !== null && !column.admits(value))
        return fail(
          frame,
          problem('value_not_listed', { params: { table: owner, row: 0, column: values.length + 1, value: JSON.stringify(toPlain(value)) } }),
        )
      values.push(value)
    }
    const indexed = index?.(values)
    const only = indexed && once ? rules[onlyRow(indexed, hitPolicy) ?? -1] : undefined
    if (only) {
      const outputs = outputsOf(only, frame)
      frame.run.trace?.push(stepOf(only, values, outputs))
      return compose(outputs)
    }
    const hits: Hit[] = []
    for (const rule of rules) {
      if (indexed === undefined ? !holds(rule, values, frame) : (indexed & (1 << (rule.row - 1))) === 0) continue
      hits.push({ rule, outputs: outputsOf(rule, frame) })
      if (hitPolicy === 'F') break
    }
    return hits.length > 0 ? answer(hits, values, frame) : answerWithout(values, frame)
  }
}
