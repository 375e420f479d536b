import { dayNumber, fromDayNumber } from '#base'
import type { FeelType } from './feel-type.ts'
import { dayText, dayValue, type FeelValue } from './feel.ts'
import {
  compileCell,
  constantsOf,
  constantValue,
  listedConstants,
  type Cell,
  type Constant,
  type Matcher,
  type Ordered,
} from './unary-test.ts'
import type { InputUsage } from './usage.ts'

/** What is known of a missing number: it lies between these, both included. A sum of five days out of seven is a `min` of the week. */
export interface Bound {
  readonly min?: number
  readonly max?: number
}

/** A piece of the line: one of its cuts, or the open stretch between two. */
export interface Piece {
  readonly value: FeelValue
  /** The cut itself, or null for a stretch. */
  readonly at: number | null
  /** The cuts around a stretch; null where the line is open. */
  readonly above: number | null
  readonly below: number | null
}

const orderedNumber = (constant: Ordered): number => (constant.kind === 'number' ? constant.value : dayNumber(constant.value))

/**
 * Cuts the line of numbers (or days) at the given points: below the first, each point, each stretch between, above the last.
 * On a line of days the stretch between neighbouring days is empty and left out.
 */
export const cutLine = (kind: 'number' | 'date', points: readonly number[]): Piece[] => {
  const cuts = [...new Set(points)].toSorted((a, b) => a - b)
  const value = (n: number): FeelValue => (kind === 'number' ? n : dayValue(fromDayNumber(n)))
  const [first] = cuts
  if (first === undefined) return [{ value: value(0), at: null, above: null, below: null }]
  const pieces: Piece[] = [{ value: value(first - 1), at: null, above: null, below: first }]
  cuts.forEach((cut, i) => {
    pieces.push({ value: value(cut), at: cut, above: null, below: null })
    const next = cuts[i + 1]
    const between = next === undefined ? cut + 1 : kind === 'number' ? (cut + next) / 2 : cut + 1
    if (next === undefined || between < next) pieces.push({ value: value(between), at: null, above: cut, below: next ?? null })
  })
  return pieces
}

const allowedOf = (type: FeelType): Cell =>
  type.kind === 'any' || type.kind === 'list' || type.kind === 'context' ? { kind: 'any' } : type.allowed

/** The points at which a line input is cut: the constants of its tests and of its type. */
export const cutsOf = (usage: InputUsage, kind: 'number' | 'date'): number[] =>
  [...usage.cells, allowedOf(usage.type)]
    .flatMap(constantsOf)
    .filter((constant): constant is Ordered => constant.kind === kind)
    .map(orderedNumber)

const matcherOf = (cell: Cell): Matcher => (cell.kind === 'tests' ? compileCell(cell) : () => true)

/** The kind of values an input takes: its type's, else that of the constants it is compared with; undefined when they are mixed. */
export const kindOf = (usage: InputUsage): Constant['kind'] | undefined => {
  const { kind } = usage.type
  if (kind === 'number' || kind === 'string' || kind === 'boolean' || kind === 'date') return kind
  const kinds = new Set(
    usage.cells
      .flatMap(constantsOf)
      .map((constant) => constant.kind)
      .filter((one) => one !== 'null'),
  )
  return kind === 'any' && kinds.size === 1 ? [...kinds][0] : undefined
}

const candidates = (usage: InputUsage, bound: Bound): FeelValue[] | undefined => {
  const listed = listedConstants(allowedOf(usage.type))
  if (listed) return listed.map(constantValue)
  const kind = kindOf(usage)
  if (kind === 'boolean') return [true, false]
  if (usage.opaque || kind === undefined || kind === 'null') return undefined
  if (kind === 'string') {
    const named = usage.cells.flatMap(constantsOf).flatMap((constant) => (constant.kind === 'string' ? [constant.value] : []))
    return [...new Set(named), named.reduce((other, name) => (name === other ? `${other}*` : other), '(other)')]
  }
  const ends = [bound.min, bound.max].filter((end) => end !== undefined)
  return cutLine(kind, [...cutsOf(usage, kind), ...(kind === 'number' ? ends : [])]).map((piece) => piece.value)
}

/** The answers of all tests on an input, as text: values with the same answers lie in the same cell of the partition. */
export const cellSignature = (usage: InputUsage): ((value: FeelValue) => string) => {
  const matchers = usage.cells.map(matcherOf)
  if (usage.opaque) return (value) => dayText(value) ?? JSON.stringify(value) ?? ''
  return (value) => {
    let signature = ''
    for (const matches of matchers) signature += matches(value) ? '1' : '0'
    return signature
  }
}

/**
 * One value of each cell that the tests cut an input's values into, ends of intervals and gaps included, never null. What the type
 * or the bound excludes is left out. Undefined when the cells cannot be told: FEEL only the library reads looks at the input, and
 * its type does not list its values.
 */
export const alternativesOf = (usage: InputUsage, bound: Bound = {}): FeelValue[] | undefined => {
  if (usage.cells.length === 0 && !usage.opaque) return [null]
  const allows = matcherOf(allowedOf(usage.type))
  const within = (value: FeelValue): boolean =>
    typeof value !== 'number' || (value >= (bound.min ?? -Infinity) && value <= (bound.max ?? Infinity))
  const signature = cellSignature(usage)
  const cells = new Map<string, FeelValue>()
  const values = candidates(usage, bound)?.filter((value) => allows(value) && within(value))
  for (const value of values ?? []) if (!cells.has(signature(value))) cells.set(signature(value), value)
  return values && [...cells.values()]
}
