import awkwardJson from './edge-cases.fixture.json' with { type: 'json' }
import publishedJson from './surveillance.fixture.json' with { type: 'json' }

/** A field of R's answer: numbers, null for what it could not compute, lists, or fields again. */
export type Field = number | string | boolean | null | undefined | readonly Field[] | { readonly [name: string]: Field }

const { source: _source, ...awkward } = awkwardJson

/** Salmonella Agona in Germany, 1990–1995, by week: what surveillance brings, and what it answers. */
export const agona = publishedJson['salmonella.agona']

/** All data sets by name: that one, and awkward ones (rare, many, an outbreak, years of silence, zeros outside winter, missing counts). */
export const dataSets: readonly (readonly [string, { readonly observed: readonly (number | null)[] } & { readonly [section: string]: Field }])[] = [
  ['agona', agona], ...Object.entries(awkward),
]

export interface Distance {
  /** How many numbers were compared. */
  compared: number
  /** The largest difference, relative to numbers beyond 1 and absolute below. */
  largest: number
  /** Where one is missing and the other is not. */
  readonly apart: string[]
}

/** Compares what R answered with what stands under the same names in an answer; other names of the answer do not matter. */
export const distance = (expected: Field, actual: Field, path = '', into: Distance = { compared: 0, largest: 0, apart: [] }): Distance => {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) into.apart.push(path)
    else expected.forEach((value: Field, n) => distance(value, actual[n] as Field, `${path}[${n}]`, into))
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [name, value] of Object.entries(expected)) {
      if (typeof actual === 'object' && actual !== null && name in actual) distance(value, (actual as Readonly<Record<string, Field>>)[name], `${path}.${name}`, into)
      else if (!SETTINGS.has(name)) into.apart.push(`${path}.${name}`)
    }
  } else if (typeof expected === 'number' && typeof actual === 'number') {
    into.compared++
    into.largest = Math.max(into.largest, Math.abs(expected - actual) / Math.max(1, Math.abs(expected)))
  } else if ((expected ?? null) !== (actual ?? null)) into.apart.push(path)
  return into
}

/** What a section states for the method and an answer need not repeat. */
const SETTINGS = new Set(['method', 'b', 'w', 'alpha', 'powertrans', 'actY'])
