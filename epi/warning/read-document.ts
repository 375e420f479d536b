// Reads documents as a shell passes them: whatever does not fit is refused with the path of the field.

export type Fields = Readonly<Record<string, unknown>>

const refuse = (path: string, sentence: string): never => {
  throw new RangeError(`${path} ${sentence}`)
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export const readFields = (value: unknown, path: string): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : refuse(path, 'must be an object')

/** The sections of an object that is a set of named settings; undefined where it is missing. */
export const readSections = (fields: Fields, name: string): readonly (readonly [string, Fields])[] | undefined =>
  fields[name] === undefined ? undefined : Object.entries(readFields(fields[name], name)).map(([key, value]) => [key, readFields(value, `${name}.${key}`)])

/** A number that may be missing. */
export const readNumber = (fields: Fields, name: string, path: string): number | undefined => {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  return isNumber(value) ? value : refuse(`${path}${name}`, 'must be a number')
}

export const readBoolean = (fields: Fields, name: string, path: string): boolean | undefined => {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'boolean' ? value : refuse(`${path}${name}`, 'must be true or false')
}

export const readNumbers = (fields: Fields, name: string, path: string): readonly number[] | undefined => {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  return Array.isArray(value) && value.every(isNumber) ? value : refuse(`${path}${name}`, 'must be a list of numbers')
}

/** One of the words that are allowed, which may be missing. */
export const readWord = <T extends string>(fields: Fields, name: string, path: string, words: readonly T[]): T | undefined => {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  return words.find((word) => word === value) ?? refuse(`${path}${name}`, `must be one of ${words.join(', ')}`)
}

/** Weeks counted from 1, as places counted from 0. */
export const readRange = (fields: Fields, path: string): readonly number[] | undefined => readNumbers(fields, 'range', path)?.map((week) => week - 1)

export interface Series {
  readonly fields: Fields
  readonly counts: readonly (number | undefined)[]
  /** Weeks of a year. */
  readonly freq: number
}

/** What all data sets have: `observed`, null where a count is missing, and `freq`. */
export const readSeries = (input: unknown): Series => {
  const fields = readFields(input, 'the document')
  const { observed } = fields
  const counts = Array.isArray(observed) && observed.every((value) => value === null || (isNumber(value) && value >= 0))
    ? observed.map((value: number | null) => value ?? undefined)
    : refuse('observed', 'must be a list of counts, null where one is missing')
  const freq = readNumber(fields, 'freq', '') ?? 52
  if (!Number.isInteger(freq) || freq < 1) refuse('freq', 'must be a whole number above 0')
  return { fields, counts, freq }
}
