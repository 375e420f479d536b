import { nameKey, ok, problem, refuse, type Problem, type Result } from '#base'

export const METRIC_KINDS = ['daily_count', 'stock', 'cumulative', 'population', 'category'] as const
export type MetricKind = (typeof METRIC_KINDS)[number]

export const METRIC_UNITS = ['person', 'case', 'test', 'dose', 'bed', 'facility', 'item', 'category'] as const
export type MetricUnit = (typeof METRIC_UNITS)[number]

/** What may be counted. */
export interface Metric {
  readonly code: string
  readonly nameVi: string
  readonly nameEn: string
  readonly unit: MetricUnit
  readonly kind: MetricKind
  /** Codes from the lowest to the highest; empty unless the kind is `category`. */
  readonly categories: readonly string[]
  readonly minimum: number | null
  readonly maximum: number | null
  /** Other headings by which a column of a file is recognised. */
  readonly aliases: readonly string[]
  /** A column of the entry grid, and asked for in the list of those who have not reported. */
  readonly askedDaily: boolean
  readonly position: number
}

/** What is needed of a metric to judge a value. */
export type MetricShape = Pick<Metric, 'code' | 'kind' | 'categories' | 'minimum' | 'maximum'>

/** A value as it is written in files and over HTTP: a number, or the code of a category. */
export type GivenValue = number | string

/** Categories as offices write them; the metric's own codes are read too. */
const CATEGORY_WORDS: Readonly<Record<string, readonly string[]>> = {
  low: ['thap', 'kem'], medium: ['trung binh', 'vua'], high: ['cao', 'tot'],
  not_met: ['khong dat', 'chua dat', 'khong', 'not met'], met: ['dat', 'co', 'met'],
}

/**
 * The stored number of a value: itself, or the position of a category's code or word, from 0.
 * Problems: `not_a_number`, `not_whole_number`, `unknown_category`, `value_out_of_range`.
 * Example: for response_capacity `readValue(metric, 'high')` is 2.
 */
export const readValue = (metric: MetricShape, given: GivenValue): Result<number> => {
  if (metric.kind === 'category') {
    const key = nameKey(String(given))
    const position = metric.categories.findIndex((code) => nameKey(code) === key || CATEGORY_WORDS[code]?.includes(key))
    return position >= 0 ? ok(position) : refuse(problem('unknown_category', { params: { value: given, allowed: metric.categories.join(', ') } }))
  }
  if (typeof given === 'string') return refuse(problem('not_a_number', { params: { value: given } }))
  if (!Number.isSafeInteger(given)) return refuse(problem('not_whole_number', { params: { value: given } }))
  if ((metric.minimum !== null && given < metric.minimum) || (metric.maximum !== null && given > metric.maximum)) {
    return refuse(problem('value_out_of_range', { params: { value: given, minimum: metric.minimum ?? '−∞', maximum: metric.maximum ?? '∞' } }))
  }
  return ok(given)
}

/** A stored number as it is given out: the code of a category, else the number. */
export const shownValue = (metric: Pick<Metric, 'kind' | 'categories'>, value: number): GivenValue =>
  metric.kind === 'category' ? (metric.categories[value] ?? value) : value

/** Finds a metric by its code, its Vietnamese or English name, or an alias, tones and case ignored. */
export class MetricNames {
  readonly #byKey = new Map<string, Metric>()
  readonly #byCode: ReadonlyMap<string, Metric>

  /** In the order given. */
  readonly all: readonly Metric[]

  constructor(metrics: readonly Metric[]) {
    this.all = metrics
    this.#byCode = new Map(metrics.map((metric) => [metric.code, metric]))
    for (const metric of metrics) {
      for (const name of [metric.code, metric.nameVi, metric.nameEn, ...metric.aliases]) {
        const key = nameKey(name)
        if (!this.#byKey.has(key)) this.#byKey.set(key, metric)
      }
    }
  }

  byCode(code: string): Metric | undefined {
    return this.#byCode.get(code)
  }

  find(text: string): Metric | undefined {
    return this.#byKey.get(nameKey(text))
  }
}

/**
 * Why a new metric may not be defined: R13. Its code and names must be its own, only a category has categories,
 * and its bounds must leave a value. Problems: `metric_exists`, `metric_name_taken`, `categories_needed`, `categories_not_wanted`, `bounds_crossed`.
 */
export const refuseMetric = (
  wanted: Pick<Metric, 'code' | 'nameVi' | 'nameEn' | 'kind' | 'categories' | 'minimum' | 'maximum'>, known: MetricNames,
): Problem | undefined => {
  if (known.byCode(wanted.code)) return problem('metric_exists', { status: 409, field: 'code', params: { code: wanted.code } })
  for (const field of ['nameVi', 'nameEn'] as const) {
    const taken = known.find(wanted[field])
    if (taken) return problem('metric_name_taken', { status: 409, field, params: { name: wanted[field], code: taken.code } })
  }
  const isCategory = wanted.kind === 'category'
  if (isCategory && new Set(wanted.categories).size < 2) return problem('categories_needed', { field: 'categories' })
  if (!isCategory && wanted.categories.length > 0) return problem('categories_not_wanted', { field: 'categories' })
  if (wanted.minimum !== null && wanted.maximum !== null && wanted.minimum > wanted.maximum) return problem('bounds_crossed', { field: 'maximum' })
  return undefined
}
