import { parseDate, type PlainDate } from '#base'
import { dayText, dayValue, type FeelValue } from './feel.ts'

/** A constant a cell can hold without the FEEL library. */
export type Constant =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'date'; readonly value: PlainDate }
  | { readonly kind: 'null'; readonly value: null }

/** What can be put in order, so that a line of it can be cut into intervals. */
export type Ordered = Extract<Constant, { kind: 'number' | 'date' }>

/** One test of the many a cell lists. A null bound is open on that side. */
export type UnaryTest =
  | { readonly kind: 'equal'; readonly to: Constant }
  | { readonly kind: 'unequal'; readonly to: Constant }
  | {
      readonly kind: 'within'
      readonly low: Ordered | null
      readonly lowIncluded: boolean
      readonly high: Ordered | null
      readonly highIncluded: boolean
    }

/** A cell understood: anything goes; one of the tests, or none of them; or FEEL that only the library reads. */
export type Cell =
  | { readonly kind: 'any' }
  | { readonly kind: 'tests'; readonly negated: boolean; readonly tests: readonly UnaryTest[] }
  | { readonly kind: 'feel'; readonly text: string }

const numberShape = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/
const dateShape = /^(?:date\s*\(\s*"([^"]*)"\s*\)|@"(\d{4}-\d{2}-\d{2})")$/

/** Reads a constant, or undefined when the text is something else. Example: `readConstant('-1.5')?.value === -1.5`. */
export const readConstant = (text: string): Constant | undefined => {
  if (numberShape.test(text)) return { kind: 'number', value: Number(text) }
  if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true' }
  if (text === 'null') return { kind: 'null', value: null }
  if (/^"[^"\\]*"$/.test(text)) return { kind: 'string', value: text.slice(1, -1) }
  const written = dateShape.exec(text)
  const day = written ? parseDate(written[1] ?? written[2] ?? '') : undefined
  return day?.ok ? { kind: 'date', value: day.value } : undefined
}

/** The FEEL value of a constant. */
export const constantValue = (constant: Constant): FeelValue => (constant.kind === 'date' ? dayValue(constant.value) : constant.value)

const readOrdered = (text: string): Ordered | undefined => {
  const constant = readConstant(text.trim())
  return constant?.kind === 'number' || constant?.kind === 'date' ? constant : undefined
}

const readRange = (text: string): UnaryTest | undefined => {
  const written = /^([[(\]])(.+?)\.\.(.+)([\])[])$/.exec(text)
  const low = readOrdered(written?.[2] ?? '')
  const high = readOrdered(written?.[3] ?? '')
  if (!written || !low || !high || low.kind !== high.kind || low.value > high.value) return undefined
  return { kind: 'within', low, lowIncluded: written[1] === '[', high, highIncluded: written[4] === ']' }
}

const readTest = (text: string): UnaryTest | undefined => {
  const compared = /^(<=|>=|!=|<|>|=)\s*(.+)$/.exec(text)
  if (!compared) {
    const constant = readConstant(text)
    return constant ? { kind: 'equal', to: constant } : readRange(text)
  }
  const operator = compared[1] ?? ''
  const operand = compared[2] ?? ''
  if (operator === '=' || operator === '!=') {
    const constant = readConstant(operand)
    return constant && { kind: operator === '=' ? 'equal' : 'unequal', to: constant }
  }
  const bound = readOrdered(operand)
  if (!bound) return undefined
  const included = operator.length === 2
  return operator.startsWith('<')
    ? { kind: 'within', low: null, lowIncluded: false, high: bound, highIncluded: included }
    : { kind: 'within', low: bound, lowIncluded: included, high: null, highIncluded: false }
}

/** Cuts at the commas outside strings. A comma inside a call cuts too; its halves read as no test, and the cell goes to the library. */
const splitList = (text: string): string[] => {
  const parts: string[] = []
  let quoted = false
  let start = 0
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '"') quoted = !quoted
    if (text[i] === ',' && !quoted) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim())
}

/**
 * Reads a cell: `-` or nothing, constants, comparisons, ranges, lists of these, `not(…)`. Whatever else FEEL can say is kept as text
 * for the library. DMN 1.5 clause 7.3.3, rules 7 to 18 of the grammar in 10.3.1.2. Example: `readCell('[20..50)').kind === 'tests'`.
 */
export const readCell = (written: string): Cell => {
  const text = written.trim()
  if (text === '-' || text === '') return { kind: 'any' }
  const negated = /^not\s*\((.*)\)$/s.exec(text)
  const inner = negated?.[1] ?? text
  const tests: UnaryTest[] = []
  for (const part of splitList(inner)) {
    const test = readTest(part)
    if (!test) return { kind: 'feel', text }
    tests.push(test)
  }
  return { kind: 'tests', negated: negated !== null, tests }
}

export type Matcher = (value: FeelValue) => boolean

const equalTo = (to: Constant): Matcher => {
  if (to.kind === 'date') return (value) => dayText(value) === to.value
  const constant = to.value
  return (value) => value === constant
}

const compileTest = (test: UnaryTest): Matcher => {
  if (test.kind === 'equal') return equalTo(test.to)
  if (test.kind === 'unequal') {
    const same = equalTo(test.to)
    const { kind } = test.to
    // FEEL compares null with anything, but values of two types with neither = nor !=.
    return (value) =>
      !same(value) && (value === null || kind === 'null' || (kind === 'date' ? dayText(value) !== undefined : typeof value === kind))
  }
  const { low, lowIncluded, high, highIncluded } = test
  if ((low ?? high)?.kind === 'date') {
    const from = low?.value ?? ''
    const to = high?.value ?? '~'
    return (value) => {
      const day = dayText(value)
      return day !== undefined && (lowIncluded ? day >= from : day > from) && (highIncluded ? day <= to : day < to)
    }
  }
  const from = low === null ? -Infinity : Number(low.value)
  const to = high === null ? Infinity : Number(high.value)
  return (value) => typeof value === 'number' && (lowIncluded ? value >= from : value > from) && (highIncluded ? value <= to : value < to)
}

/**
 * Compiles a cell to a closure. It answers as the FEEL library does, null and values of another type included (a property test
 * compares the two), except that a list is not searched: whoever may meet a list asks the library.
 */
export const compileCell = (cell: Extract<Cell, { kind: 'tests' }>): Matcher => {
  const matchers = cell.tests.map(compileTest)
  const [only] = matchers
  const some: Matcher = matchers.length === 1 && only ? only : (value) => matchers.some((matches) => matches(value))
  return cell.negated ? (value) => !some(value) : some
}

/** The constants a cell's tests name: where its partition cuts. */
export const constantsOf = (cell: Cell): Constant[] =>
  cell.kind === 'tests'
    ? cell.tests.flatMap((test) => (test.kind === 'within' ? [test.low, test.high].filter((bound) => bound !== null) : [test.to]))
    : []

/** The values a cell admits when it is a plain list of constants, in its order; undefined when it is not. */
export const listedConstants = (cell: Cell): Constant[] | undefined =>
  cell.kind === 'tests' && !cell.negated && cell.tests.every((test) => test.kind === 'equal') ? constantsOf(cell) : undefined
