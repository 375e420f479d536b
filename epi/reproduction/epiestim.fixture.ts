import awkwardJson from './edge-cases.fixture.json' with { type: 'json' }
import publishedJson from './epiestim.fixture.json' with { type: 'json' }

/** A field of R's answer: numbers, null for what it could not compute, lists, or fields again. */
export type Field = number | string | null | readonly Field[] | { readonly [name: string]: Field }

export interface DataSet {
  readonly incidence: readonly number[]
  readonly si_distr_input: readonly number[]
  readonly mean_si: number
  readonly std_si: number
  readonly [section: string]: Field
}

const { discr_si, meta: _meta, ...published } = publishedJson
const { source: _source, imported, uncertain, growth, ...awkward } = awkwardJson

/** The three data sets that EpiEstim brings: Flu1918, Flu2009, Measles1861. */
export const epiestim: Readonly<Record<keyof typeof published, DataSet>> = published
export const discretisedIntervals = discr_si
export { growth, imported, uncertain }

/** All epidemics by name, the awkward ones too. */
export const dataSets: readonly (readonly [string, DataSet])[] = Object.entries<DataSet>({ ...published, ...awkward })

export interface Distance {
  /** How many numbers were compared. */
  compared: number
  /** The largest difference, relative to numbers beyond 1 and absolute below. */
  largest: number
  readonly missing: string[]
}

/** How far an answer is from R's, field by field; `missing` names what one has and the other has not. */
export const distance = (ours: unknown, theirs: Field, path = '', so: Distance = { compared: 0, largest: 0, missing: [] }): Distance => {
  if (typeof theirs === 'object' && theirs !== null) {
    const fields = Object.entries<Field>(theirs)
    if (Array.isArray(theirs) && (!Array.isArray(ours) || ours.length !== theirs.length)) so.missing.push(`${path}.length`)
    else
      for (const [name, value] of fields)
        distance((ours as Readonly<Record<string, unknown>> | undefined)?.[name], value, `${path}.${name}`, so)
    return so
  }
  so.compared++
  if (typeof theirs !== typeof ours || (theirs === null) !== (ours === null)) so.missing.push(path)
  else if (typeof theirs === 'number')
    so.largest = Math.max(so.largest, Math.abs((ours as number) - theirs) / Math.max(1, Math.abs(theirs)))
  return so
}
