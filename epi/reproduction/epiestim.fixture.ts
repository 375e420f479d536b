import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A field of R's answer: a number, a column with null for what it could not compute, or fields again. */
export type Field = number | readonly (number | null)[] | { readonly [name: string]: Field }

export interface DataSet {
  readonly incidence: readonly number[]
  readonly si_distr_input: readonly number[]
  readonly mean_si: number
  readonly std_si: number
  readonly [section: string]: Field
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T

/** The three data sets that EpiEstim brings (Flu1918, Flu2009, Measles1861), and discretised serial intervals. */
export const epiestim = read<
  Readonly<Record<'Flu1918' | 'Flu2009' | 'Measles1861', DataSet>> & {
    readonly discr_si: readonly {
      readonly mu: number
      readonly sigma: number
      readonly k: readonly number[]
      readonly p: readonly number[]
    }[]
  }
>('epiestim.fixture.json')

type EdgeCase =
  | 'eight_days'
  | 'late_start_and_gaps'
  | 'lone_case_after_months'
  | 'interval_longer_than_series'
  | 'whole_mean_interval'
  | 'many_cases'
export const edgeCases = read<
  Readonly<Record<EdgeCase, DataSet>> & {
    readonly imported: {
      readonly local: readonly number[]
      readonly imported: readonly number[]
      readonly si_distr_input: readonly number[]
      readonly expected: Readonly<Record<string, readonly number[]>>
    }
    readonly uncertain: Readonly<Record<'incidence' | 't_start' | 't_end' | 'mean' | 'sd' | 'q025' | 'median' | 'q975', readonly number[]>>
    readonly growth: {
      readonly counts: readonly number[]
      readonly per_day: number
      readonly lower: number
      readonly upper: number
      readonly dispersion: number
    }
  }
>('edge-cases.fixture.json')

const { discr_si: _intervals, meta: _meta, ...published } = epiestim as typeof epiestim & { readonly meta: unknown }
const {
  source: _source,
  imported: _imported,
  uncertain: _uncertain,
  growth: _growth,
  ...awkward
} = edgeCases as typeof edgeCases & { readonly source: unknown }
/** All epidemics by name. */
export const dataSets: readonly (readonly [string, DataSet])[] = Object.entries<DataSet>({ ...published, ...awkward })

export interface Distance {
  /** How many numbers were compared. */
  compared: number
  /** The largest difference, relative to numbers beyond 1 and absolute below. */
  largest: number
  readonly missing: string[]
}

/** How far an answer is from R's, field by field; `missing` names what one has and the other has not. */
export const distance = (
  ours: unknown,
  theirs: Field | null,
  path = '',
  so: Distance = { compared: 0, largest: 0, missing: [] },
): Distance => {
  if (typeof theirs === 'number') {
    so.compared++
    if (typeof ours !== 'number') so.missing.push(path)
    else so.largest = Math.max(so.largest, Math.abs(ours - theirs) / Math.max(1, Math.abs(theirs)))
  } else if (theirs === null) {
    so.compared++
    if (ours !== null) so.missing.push(path)
  } else if (Array.isArray(theirs)) {
    if (!Array.isArray(ours) || ours.length !== theirs.length) so.missing.push(`${path}.length`)
    else theirs.forEach((value, i) => distance(ours[i], value, `${path}[${i}]`, so))
  } else {
    for (const [name, value] of Object.entries(theirs))
      distance((ours as Readonly<Record<string, unknown>> | undefined)?.[name], value, `${path}.${name}`, so)
  }
  return so
}
