import { problem, type Problem } from '#base'
import { outputTypesOf, outputValues } from './compile-table.ts'
import { compileAllowed, type FeelType, type TypeLookup } from './feel-type.ts'
import { toPlain, type FeelValue } from './feel.ts'
import type { DecisionTable, OutputClause } from './model.ts'
import { alternativesOf } from './partition.ts'
import { compileCell, constantsOf, constantValue, listedConstants, readCell, readConstant, type Cell, type Constant } from './unary-test.ts'

/** What is known of a name a table may use. */
export interface Known {
  readonly type: FeelType
  /** Null is a value like others here: the table must have a row for it. */
  readonly optional: boolean
}

const conflicts = (constant: Constant, type: FeelType | undefined): boolean =>
  type !== undefined &&
  constant.kind !== 'null' &&
  ['number', 'string', 'boolean', 'date'].includes(type.kind) &&
  type.kind !== constant.kind

const scalarOf = (type: FeelType | undefined): FeelType | undefined => (type?.kind === 'list' ? type.item : type)

const checkInputTypes = (table: DecisionTable, owner: string, types: readonly (FeelType | undefined)[]): Problem[] =>
  table.rules.flatMap((rule, index) =>
    rule.when.flatMap((entry, column) => {
      const type = types[column]
      const wrong = constantsOf(readCell(entry.text)).some((constant) => conflicts(constant, type))
      const params = { table: owner, row: index + 1, column: column + 1, text: entry.text, type: type?.kind ?? '' }
      return wrong ? [problem('wrong_type', { params })] : []
    }),
  )

const checkOutput = (table: DecisionTable, owner: string, clause: OutputClause, column: number, type: FeelType | undefined): Problem[] => {
  const allows = compileAllowed(outputValues(clause, type))
  const place = { table: owner, column: table.inputs.length + column + 1 }
  return table.rules.flatMap((rule, index) => {
    const text = rule.gives[column]?.text ?? ''
    const constant = readConstant(text)
    if (!constant || constant.kind === 'null') return []
    if (conflicts(constant, scalarOf(type)))
      return [problem('wrong_type', { params: { ...place, row: index + 1, text, type: scalarOf(type)?.kind ?? '' } })]
    return allows(constantValue(constant)) ? [] : [problem('output_not_listed', { params: { ...place, row: index + 1, text } })]
  })
}

const checkPriorities = (table: DecisionTable, owner: string, types: readonly (FeelType | undefined)[]): Problem[] => {
  if (table.hitPolicy !== 'P' && table.hitPolicy !== 'O') return []
  const ranked = table.outputs.some((clause, i) => listedConstants(outputValues(clause, types[i])) !== undefined)
  return ranked ? [] : [problem('priority_missing', { params: { table: owner } })]
}

/** One thing a table asks, with all the columns that ask it: columns of the same expression cannot differ. */
interface Question {
  readonly expression: string
  readonly columns: readonly number[]
  readonly values: readonly FeelValue[]
}

const questionsOf = (
  table: DecisionTable,
  types: readonly (FeelType | undefined)[],
  known: ReadonlyMap<string, Known>,
): Question[] | undefined => {
  const questions: Question[] = []
  for (const expression of new Set(table.inputs.map((clause) => clause.expression))) {
    const columns = table.inputs.flatMap((clause, i) => (clause.expression === expression ? [i] : []))
    const cells = columns.flatMap((column) => table.rules.map((rule) => readCell(rule.when[column]?.text ?? '')))
    const admits: Cell[] = columns.map((column) => readCell(table.inputs[column]?.values ?? ''))
    const type = types[columns[0] ?? 0] ?? { kind: 'any' }
    if (cells.some((cell) => cell.kind === 'feel')) return undefined
    const usage = { type, cells: [...cells, ...admits].filter((cell) => cell.kind === 'tests'), opaque: false }
    const values = alternativesOf(usage)
    if (!values) return undefined
    const tests = admits.map(compileAllowed)
    const admitted = values.filter((value) => tests.every((admitsValue) => admitsValue(value)))
    questions.push({
      expression,
      columns,
      values: known.get(expression)?.optional && usage.cells.length > 0 ? [null, ...admitted] : admitted,
    })
  }
  return questions
}

const matchersOf = (table: DecisionTable): ((row: number, column: number, value: FeelValue) => boolean) => {
  const matchers = table.rules.map((rule) =>
    rule.when.map((entry) => {
      const cell = readCell(entry.text)
      return cell.kind === 'tests' ? compileCell(cell) : () => true
    }),
  )
  return (row, column, value) => matchers[row]?.[column]?.(value) ?? true
}

/** Two rows hold together when every question has a value both admit. */
const checkOverlaps = (table: DecisionTable, owner: string, questions: readonly Question[]): Problem[] => {
  if (table.hitPolicy !== 'U' && table.hitPolicy !== 'A') return []
  const matches = matchersOf(table)
  const holds = (row: number, question: Question, value: FeelValue): boolean =>
    question.columns.every((column) => matches(row, column, value))
  const disagree = (a: number, b: number): boolean =>
    (table.rules[a]?.gives ?? []).some((entry, i) => entry.text !== table.rules[b]?.gives[i]?.text)
  const found: Problem[] = []
  for (let a = 0; a < table.rules.length; a += 1)
    for (let b = a + 1; b < table.rules.length; b += 1) {
      const together = questions.every((question) =>
        question.values.some((value) => holds(a, question, value) && holds(b, question, value)),
      )
      if (!together || (table.hitPolicy === 'A' && !disagree(a, b))) continue
      found.push(
        problem(table.hitPolicy === 'U' ? 'rules_overlap' : 'rules_disagree', { params: { table: owner, row: a + 1, other: b + 1 } }),
      )
    }
  return found
}

/** Values no row holds for, or nothing. Rows still holding are carried from question to question; a set met before is not tried again. */
const findGap = (table: DecisionTable, questions: readonly Question[]): string | undefined => {
  const matches = matchersOf(table)
  const covered = new Set<string>()
  const visit = (depth: number, rows: readonly number[], chosen: readonly string[]): string | undefined => {
    if (rows.length === 0) return chosen.join(', ')
    const question = questions[depth]
    if (!question) return undefined
    const key = `${depth}:${rows.join()}`
    if (covered.has(key)) return undefined
    for (const value of question.values) {
      const still = rows.filter((row) => question.columns.every((column) => matches(row, column, value)))
      const gap = visit(depth + 1, still, [...chosen, `${question.expression} = ${JSON.stringify(toPlain(value))}`])
      if (gap !== undefined) return gap
    }
    covered.add(key)
    return undefined
  }
  return visit(
    0,
    table.rules.map((_, row) => row),
    [],
  )
}

const checkGaps = (table: DecisionTable, owner: string, questions: readonly Question[]): Problem[] => {
  const mayBeEmpty = table.hitPolicy.startsWith('C') || table.outputs.some((clause) => clause.default !== null)
  const gap = mayBeEmpty || table.rules.length === 0 ? undefined : findGap(table, questions)
  return gap === undefined ? [] : [problem('rules_gap', { params: { table: owner, values: gap } })]
}

/**
 * Judges one table: constants of the wrong type, outputs outside their list, P and O without a list, rows that hold together under U
 * (or disagree under A), values no row holds for. Overlaps and gaps are exact where all cells are constants, comparisons and ranges, and
 * not judged where FEEL text stands.
 */
export const checkTable = (
  table: DecisionTable,
  owner: string,
  type: FeelType | undefined,
  types: TypeLookup,
  known: ReadonlyMap<string, Known>,
): Problem[] => {
  const inputTypes = table.inputs.map((clause) => {
    const named = known.get(clause.expression)?.type
    return named && named.kind !== 'any' ? named : types(clause.typeRef)
  })
  const outputTypes = outputTypesOf(table, owner, type, types)
  const counts = table.hitPolicy === 'C#' ? table.outputs.map(() => undefined) : outputTypes
  const questions = questionsOf(table, inputTypes, known)
  return [
    ...checkInputTypes(table, owner, inputTypes),
    ...table.outputs.flatMap((clause, i) => checkOutput(table, owner, clause, i, counts[i])),
    ...checkPriorities(table, owner, outputTypes),
    ...(questions ? [...checkOverlaps(table, owner, questions), ...checkGaps(table, owner, questions)] : []),
  ]
}
