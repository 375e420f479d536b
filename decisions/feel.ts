import {
  dateAndTime,
  duration,
  evaluate,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelFunction,
  FeelRange,
  FeelTime,
  parseDate as parseFeelDate,
  parseExpression,
  parseUnaryTests,
  time,
  unaryTest,
  type ParseContext,
} from 'feelin'
import { parseDate } from '#base'

/**
 * The one place that speaks to the FEEL library: text evaluated with names in reach, FEEL values made and turned into plain ones.
 * It manages some thousand tests a second, so what is common is compiled elsewhere and only the rest comes here.
 */

/** What FEEL calculates with: text, numbers, booleans, null, lists, contexts, and the library's own dates, times and durations. */
export type FeelValue = unknown

/** What goes in and comes out: JSON. Days, times and durations are ISO 8601 text, null stays null. */
export type PlainValue = string | number | boolean | null | readonly PlainValue[] | { readonly [name: string]: PlainValue }

/** Evaluates an expression; undefined when the library can make nothing of its text. */
export const evaluateText = (text: string, context: Record<string, FeelValue>): { readonly value: FeelValue } | undefined => {
  try {
    return { value: evaluate(text, context).value ?? null }
  } catch {
    return undefined
  }
}

/** Tests a value against the text of a cell; undefined when the library can make nothing of it. */
export const testText = (text: string, value: FeelValue, context: Record<string, FeelValue>): boolean | undefined => {
  try {
    return unaryTest(text, { ...context, '?': value }).value === true
  } catch {
    return undefined
  }
}

/** Whether a text is FEEL, with these names in reach (FEEL names may hold blanks and signs, so they decide how a text reads). */
export const isReadable = (text: string, context: ParseContext, as: 'expression' | 'tests'): boolean => {
  const tree = as === 'expression' ? parseExpression(text, context, undefined) : parseUnaryTests(text, { '?': null, ...context }, undefined)
  let readable = true
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) readable = false
    },
  })
  return readable
}

/** Names a text uses that nothing defines, found by evaluating it on sample values. */
export const unknownNames = (text: string, context: Record<string, FeelValue>, as: 'expression' | 'tests'): string[] => {
  try {
    const { warnings } = as === 'expression' ? evaluate(text, context) : unaryTest(text, { '?': null, ...context })
    return warnings
      .filter((warning) => warning.type === 'NO_VARIABLE_FOUND')
      .map((warning) => text.slice(warning.position.from, warning.position.to))
  } catch {
    return []
  }
}

/** A FEEL function made of one of ours, called by position or by name. */
export const makeFunction = (parameters: readonly string[], call: (...values: FeelValue[]) => FeelValue): FeelValue =>
  new FeelFunction(call, [...parameters])

/** The function a FEEL value is, or undefined. */
export const asFunction = (
  value: FeelValue,
): { readonly parameters: readonly string[]; readonly call: (...values: FeelValue[]) => FeelValue } | undefined =>
  value instanceof FeelFunction ? { parameters: value.parameterNames, call: (...values) => value.fn(...values) } : undefined

const days = new Map<string, FeelValue>()

/** The FEEL date of an ISO day, or null. Kept in a table, because a bench asks for the same year of days again and again. */
export const dayValue = (text: string): FeelValue => {
  const known = days.get(text)
  if (known !== undefined) return known
  const made = parseDate(text).ok ? parseFeelDate(text) : null
  if (days.size > 20_000) days.clear()
  days.set(text, made)
  return made
}

/** The ISO text of a FEEL date, or undefined for any other value. ISO text sorts as the days do. */
export const dayText = (value: FeelValue): string | undefined => (value instanceof FeelDate ? value.iso : undefined)

export type TemporalKind = 'date' | 'time' | 'dateTime' | 'duration'

/** Reads ISO text as a FEEL value of the kind, or null. */
export const temporalValue = (kind: TemporalKind, text: string): FeelValue => {
  switch (kind) {
    case 'date':
      return dayValue(text)
    case 'time':
      return time(text)
    case 'dateTime':
      return dateAndTime(text)
    default:
      return duration(text)
  }
}

/** Which temporal kind a value is, or undefined. */
export const temporalKind = (value: FeelValue): TemporalKind | undefined => {
  if (value instanceof FeelDate) return 'date'
  if (value instanceof FeelTime) return 'time'
  if (value instanceof FeelDateTime) return 'dateTime'
  return value instanceof FeelDuration ? 'duration' : undefined
}

const isTemporal = (value: object): value is FeelDate | FeelTime | FeelDateTime | FeelDuration => temporalKind(value) !== undefined

/** A FEEL value as JSON: temporal values and ranges become their text, a function has none and becomes null. */
export const toPlain = (value: FeelValue): PlainValue => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null) return null
  if (isTemporal(value)) return value.iso
  if (value instanceof FeelRange) return value.toString()
  if (value instanceof FeelFunction) return null
  if (Array.isArray(value)) return value.map(toPlain)
  const plain: Record<string, PlainValue> = {}
  for (const [name, inner] of Object.entries(value)) plain[name] = toPlain(inner)
  return plain
}

/** Whether two FEEL values are the same, by what they look like as JSON. */
export const sameValue = (a: FeelValue, b: FeelValue): boolean => a === b || JSON.stringify(toPlain(a)) === JSON.stringify(toPlain(b))
