import { ok, problem, refuse, type Result } from '#base'
import { temporalKind, temporalValue, testText, type FeelValue, type TemporalKind } from './feel.ts'
import type { DecisionModel, ItemDefinition } from './model.ts'
import { compileCell, readCell, type Cell, type Matcher } from './unary-test.ts'

/** A type resolved: a scalar with its allowed values, a list, a context, or anything. */
export type FeelType =
  | { readonly kind: 'any' }
  | { readonly kind: 'number' | 'string' | 'boolean' | TemporalKind; readonly allowed: Cell }
  | { readonly kind: 'list'; readonly item: FeelType }
  | { readonly kind: 'context'; readonly fields: ReadonlyMap<string, FeelType> }

export const anyType: FeelType = { kind: 'any' }

type ScalarKind = Exclude<FeelType['kind'], 'any' | 'list' | 'context'>

/** Names of the built-in types, those of DMN 1.1 and of one widespread editor among them. */
const builtIn: ReadonlyMap<string, ScalarKind> = new Map([
  ...['number', 'integer', 'long', 'double'].map((name) => [name, 'number'] as const),
  ['string', 'string'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['time', 'time'],
  ...['dateTime', 'date and time'].map((name) => [name, 'dateTime'] as const),
  ...['days and time duration', 'years and months duration', 'dayTimeDuration', 'yearMonthDuration'].map((name) => [name, 'duration'] as const),
])

/** The local name of a type reference: `feel:number`, `{…}number` and `number` are one. */
const localName = (typeRef: string): string => typeRef.slice(Math.max(typeRef.lastIndexOf(':'), typeRef.lastIndexOf('}')) + 1).trim()

/** Resolves a type reference; undefined when the model does not define it. A null reference is `anyType`. */
export type TypeLookup = (typeRef: string | null) => FeelType | undefined

const depthLimit = 12

/** Makes the look-up for a model. A definition that contains itself is `anyType` beyond twelve levels. */
export const typesOf = (model: DecisionModel): TypeLookup => {
  const find = (typeRef: string | null, depth: number): FeelType | undefined => {
    if (typeRef === null) return anyType
    const name = localName(typeRef)
    if (name === 'Any' || name === 'any' || name === '') return anyType
    const scalar = builtIn.get(name)
    if (scalar) return { kind: scalar, allowed: { kind: 'any' } }
    const defined = model.types.find((type) => type.name === name)
    if (!defined) return undefined
    return depth > depthLimit ? anyType : resolve(defined, depth)
  }
  const resolve = (definition: ItemDefinition, depth: number): FeelType | undefined => {
    const single = definition.components.length > 0 ? contextOf(definition, depth) : find(definition.typeRef, depth + 1)
    if (!single) return undefined
    const limited = limit(single, definition.allowedValues)
    return definition.isCollection ? { kind: 'list', item: limited } : limited
  }
  const contextOf = (definition: ItemDefinition, depth: number): FeelType => ({
    kind: 'context',
    fields: new Map(definition.components.map((component) => [component.name, resolve(component, depth + 1) ?? anyType])),
  })
  return (typeRef) => find(typeRef, 0)
}

const limit = (type: FeelType, allowedValues: string | null): FeelType =>
  allowedValues === null || type.kind === 'any' || type.kind === 'list' || type.kind === 'context'
    ? type
    : { kind: type.kind, allowed: readCell(allowedValues) }

const numberText = /^\s*-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/

/** The FEEL value of an input of a scalar type; undefined when it is not of that type. */
const scalarValue = (kind: ScalarKind, value: unknown): FeelValue => {
  switch (kind) {
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return value
      return typeof value === 'string' && numberText.test(value) ? Number(value) : undefined
    case 'string':
      return typeof value === 'string' ? value : undefined
    case 'boolean':
      if (value === 'true' || value === 'false') return value === 'true'
      return typeof value === 'boolean' ? value : undefined
    default:
      return typeof value === 'string' ? (temporalValue(kind, value) ?? undefined) : undefined
  }
}

/** The test a value must pass to belong to a type; text only the library reads is asked of the library. */
export const compileAllowed = (allowed: Cell): Matcher => {
  if (allowed.kind === 'any') return () => true
  return allowed.kind === 'tests' ? compileCell(allowed) : (value) => testText(allowed.text, value, {}) !== false
}

/** Turns an input given as JSON into FEEL values. */
export type InputReader = (value: unknown) => Result<FeelValue>

/** Whether JSON is an object with names. */
export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Compiles the reader of one input: numbers may come as text, days come as ISO text; null and absence are null, whatever the
 * type. Problems: `input_wrong_type`, `input_not_allowed`, each with the input's name.
 */
export const compileInput = (name: string, type: FeelType): InputReader => {
  const wrongType = (value: unknown): Result<FeelValue> =>
    refuse(problem('input_wrong_type', { field: name, params: { input: name, type: type.kind, value: JSON.stringify(value) ?? '' } }))
  switch (type.kind) {
    case 'any':
      return (value) => ok(value ?? null)
    case 'list': {
      const readItem = compileInput(name, type.item)
      return (value) => (value === null || value === undefined ? ok(null) : readEach(Array.isArray(value) ? value : [value], readItem))
    }
    case 'context': {
      const readers = new Map([...type.fields].map(([field, inner]) => [field, compileInput(`${name}.${field}`, inner)]))
      return (value) => {
        if (value === null || value === undefined) return ok(null)
        return isRecord(value) ? readFields(value, readers) : wrongType(value)
      }
    }
    default: {
      const allows = compileAllowed(type.allowed)
      return (value) => {
        if (value === null || value === undefined) return ok(null)
        const read = scalarValue(type.kind, value)
        if (read === undefined) return wrongType(value)
        return allows(read)
          ? ok(read)
          : refuse(problem('input_not_allowed', { field: name, params: { input: name, value: JSON.stringify(value) ?? '' } }))
      }
    }
  }
}

const readEach = (values: readonly unknown[], readItem: InputReader): Result<FeelValue> => {
  const items: FeelValue[] = []
  for (const value of values) {
    const item = readItem(value)
    if (!item.ok) return item
    items.push(item.value)
  }
  return ok(items)
}

const readFields = (value: Record<string, unknown>, readers: ReadonlyMap<string, InputReader>): Result<FeelValue> => {
  const context: Record<string, FeelValue> = {}
  for (const [field, inner] of Object.entries(value)) {
    const read = (readers.get(field) ?? ok)(inner)
    if (!read.ok) return read
    context[field] = read.value
  }
  return ok(context)
}

/** Whether values of the type have no form of their own in JSON. */
export const isTemporalType = ({ kind }: FeelType): boolean =>
  kind === 'date' || kind === 'time' || kind === 'dateTime' || kind === 'duration'

const isContext = (value: FeelValue): value is Record<string, FeelValue> => isRecord(value) && temporalKind(value) === undefined

/**
 * Fits a result to the type it is declared with (DMN 1.5 clause 10.3.2.9.4): a list of one for a single value and back, otherwise
 * null when it, an item of it or an entry of it does not conform. A context is let through as a number, text or boolean, because
 * tables with several outputs are often declared by the type of one.
 */
export const compileConform = (type: FeelType): ((value: FeelValue) => FeelValue) => {
  switch (type.kind) {
    case 'any':
      return (value) => value
    case 'list': {
      const fit = compileConform(type.item)
      return (value) => {
        if (value === null) return null
        const items: readonly FeelValue[] = Array.isArray(value) ? value : [value]
        const fitted = items.map(fit)
        return fitted.some((item, i) => item === null && items[i] !== null) ? null : fitted
      }
    }
    case 'context': {
      const fields = [...type.fields].map(([name, inner]) => ({ name, fit: compileConform(inner) }))
      const fit = (value: FeelValue): FeelValue => {
        if (Array.isArray(value)) return value.length === 1 ? fit(value[0]) : null
        if (!isContext(value)) return null
        const fitted = { ...value }
        for (const field of fields) {
          const given = value[field.name]
          if (given === undefined) return null
          fitted[field.name] = field.fit(given)
          if (fitted[field.name] === null && given !== null) return null
        }
        return fitted
      }
      return fit
    }
    default: {
      const { kind } = type
      const conforms = isTemporalType(type)
        ? (value: FeelValue): boolean => temporalKind(value) === kind
        : (value: FeelValue): boolean => typeof value === kind || isContext(value)
      const fit = (value: FeelValue): FeelValue => {
        if (value === null || conforms(value)) return value
        return Array.isArray(value) && value.length === 1 ? fit(value[0]) : null
      }
      return fit
    }
  }
}

/** A value of the type, so that FEEL text can be parsed before there are any: names inside contexts decide how it reads. */
export const sampleOf = (type: FeelType): FeelValue => {
  switch (type.kind) {
    case 'list':
      return [sampleOf(type.item)]
    case 'context':
      return Object.fromEntries([...type.fields].map(([field, inner]) => [field, sampleOf(inner)]))
    default:
      return null
  }
}
