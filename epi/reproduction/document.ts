import { demand } from '../numerics/demand.ts'
import { seededRandom } from '../numerics/index.ts'
import { DEFAULT_PRIOR, estimateReproduction, type Prior } from './cori.ts'
import { slidingWindows, type DayWindow } from './day-window.ts'
import { overallInfectivity } from './infectivity.ts'
import { discretiseSerialInterval, serialIntervalMoments, serialIntervalWeight } from './serial-interval.ts'
import { estimateCohortReproduction } from './wallinga-teunis.ts'

// The methods of this folder on documents as a shell passes them: fields named as in the results of EpiEstim they are held against
// (days counted from 1), arrays by field instead of rows, null for what cannot be computed.

type Column = readonly (number | null)[]

interface IntervalDocument {
  readonly si_distr: readonly number[]
  readonly si_mean: number
  readonly si_sd: number
}

interface WindowsDocument {
  readonly t_start: readonly number[]
  readonly t_end: readonly number[]
}

export interface ReproductionSection extends WindowsDocument, IntervalDocument {
  readonly mean: Column
  readonly sd: Column
  readonly q025: Column
  readonly q05: Column
  readonly q25: Column
  readonly median: Column
  readonly q75: Column
  readonly q95: Column
  readonly q975: Column
}

export interface ReproductionDocument {
  readonly parametric_weekly?: ReproductionSection
  readonly non_parametric_weekly?: ReproductionSection
  readonly parametric_14d_prior2_2?: ReproductionSection
  readonly parametric_daily?: ReproductionSection
  readonly overall_infectivity?: Column
}

const WEEK = 7
const FORTNIGHT = 14

/**
 * The reproduction number of one series, for the serial interval given by its moments (`mean_si`, `std_si`), by its chances
 * (`si_distr_input`), or both, in windows of 7 days, and for the moments also of 14 days under a prior of mean 2 and standard deviation 2,
 * and of one day. Sections whose input is missing, or whose windows are longer than the series, are left out.
 * Throws RangeError naming the field that is missing or wrong.
 * Example:
 * `estimateReproductionDocument({ incidence: [1, 2, 3, 2, 4, 6, 5, 8], si_distr_input: [0, 0.5, 0.5] }).non_parametric_weekly?.t_end` is
 * `[8]`.
 */
export const estimateReproductionDocument = (input: unknown): ReproductionDocument => {
  const { counts, parametric, given } = readEpidemic(input)
  const section = (
    serialInterval: ArrayLike<number> | undefined,
    length: number,
    prior = DEFAULT_PRIOR,
  ): ReproductionSection | undefined => {
    const windows = slidingWindows(counts.length, length)
    return serialInterval && windows.length > 0 ? reproductionSection(counts, serialInterval, windows, prior) : undefined
  }
  return withoutMissing({
    parametric_weekly: section(parametric, WEEK),
    non_parametric_weekly: section(given, WEEK),
    parametric_14d_prior2_2: section(parametric, FORTNIGHT, { mean: 2, sd: 2 }),
    parametric_daily: section(parametric, 1),
    overall_infectivity: given && overallInfectivity(counts, given).map(orNull),
  })
}

const reproductionSection = (
  counts: readonly number[],
  serialInterval: ArrayLike<number>,
  windows: readonly DayWindow[],
  prior: Prior,
): ReproductionSection => {
  const estimates = estimateReproduction({ local: counts }, { serialInterval, windows, prior })
  const quantile = (n: number): Column => estimates.map((one) => orNull(one?.quantiles[n]))
  return {
    ...windowsDocument(windows),
    mean: estimates.map((one) => orNull(one?.mean)),
    sd: estimates.map((one) => orNull(one?.sd)),
    q025: quantile(0),
    q05: quantile(1),
    q25: quantile(2),
    median: quantile(3),
    q75: quantile(4),
    q95: quantile(5),
    q975: quantile(6),
    ...intervalDocument(padded(serialInterval, counts.length + 1)),
  }
}

export interface CohortSection extends WindowsDocument {
  readonly mean: readonly number[]
  readonly sd: readonly number[]
  readonly q025: readonly number[]
  readonly q975: readonly number[]
  readonly si_distr: readonly number[]
}

export interface CohortDocument {
  readonly wallinga_teunis_parametric?: CohortSection
  readonly wallinga_teunis_non_parametric?: CohortSection
}

/**
 * The cohort reproduction number of one series in windows of 7 days, for the serial interval given by its moments, by its chances, or both.
 * Windows without cases, and those that begin before the first case, are left out as EpiEstim does. Means and standard deviations are
 * exact; limits are simulated (`n_sim` times, 1000 unless given) from the seed.
 * Throws RangeError naming the field that is missing or wrong.
 * Example:
 * `estimateCohortDocument({ incidence: [1, 2, 3, 2, 4, 6, 5, 8], si_distr_input: [0, 0.5, 0.5] }).wallinga_teunis_non_parametric?.t_start`
 * is `[2]`.
 */
export const estimateCohortDocument = (input: unknown, seed = 1): CohortDocument => {
  const { counts, parametric, given, simulations } = readEpidemic(input)
  demand(counts.every(Number.isInteger), 'incidence must be whole numbers: who infected whom is drawn from them')
  const firstCase = counts.findIndex((count) => count > 0)
  const windows = slidingWindows(counts.length, WEEK).filter(({ first }) => first >= firstCase)
  const section = (serialInterval: ArrayLike<number> | undefined): CohortSection | undefined => {
    if (!serialInterval || firstCase < 0 || windows.length === 0) return undefined
    const known = estimateCohortReproduction(counts, { serialInterval, windows, simulations }, seededRandom(seed)).filter(
      (one) => one !== undefined,
    )
    return {
      ...windowsDocument(known),
      mean: known.map((one) => one.mean),
      sd: known.map((one) => one.sd),
      q025: known.map((one) => one.lower),
      q975: known.map((one) => one.upper),
      si_distr: padded(serialInterval, Math.max(counts.length, serialInterval.length) + 1),
    }
  }
  return withoutMissing({ wallinga_teunis_parametric: section(parametric), wallinga_teunis_non_parametric: section(given) })
}

export interface SerialIntervalDocument {
  readonly mu: number
  readonly sigma: number
  readonly k: readonly number[]
  readonly p: readonly number[]
}

/**
 * The chances `p` of serial intervals of `k` days, mean `mu`, standard deviation `sigma`; for a list of such documents, the list of their
 * answers.
 * Throws RangeError naming the field that is missing or wrong.
 * Example: `discretiseSerialIntervalDocument({ mu: 2.6, sigma: 1.5, k: [0, 1] })` has `p` ≈ 0, 0.23317.
 */
export const discretiseSerialIntervalDocument = (input: unknown): SerialIntervalDocument | readonly SerialIntervalDocument[] => {
  if (Array.isArray(input)) return input.map(readInterval)
  return readInterval(input)
}

const readInterval = (input: unknown): SerialIntervalDocument => {
  const fields = readFields(input)
  const mu = readNumber(fields, 'mu')
  const sigma = readNumber(fields, 'sigma')
  const k = readNumbers(fields, 'k')
  return { mu, sigma, k, p: k.map(serialIntervalWeight(mu, sigma)) }
}

interface Epidemic {
  readonly counts: readonly number[]
  /** The serial interval of `mean_si` and `std_si`: the chances of every interval the series can hold. */
  readonly parametric: ArrayLike<number> | undefined
  /** The serial interval of `si_distr_input`. */
  readonly given: ArrayLike<number> | undefined
  readonly simulations: number
}

const readEpidemic = (input: unknown): Epidemic => {
  const fields = readFields(input)
  const counts = readNumbers(fields, 'incidence')
  demand(
    counts.every((count) => count >= 0),
    'incidence must not be negative',
  )
  demand(counts.length > 1, 'incidence must have two days at least')
  const hasMoments = fields['mean_si'] !== undefined && fields['mean_si'] !== null
  const hasChances = fields['si_distr_input'] !== undefined && fields['si_distr_input'] !== null
  demand(hasMoments || hasChances, 'either mean_si with std_si or si_distr_input is needed')
  const simulations = fields['n_sim'] === undefined ? 1000 : readNumber(fields, 'n_sim')
  demand(Number.isInteger(simulations) && simulations > 0, 'n_sim must be a whole number above 0')
  const chances = hasChances ? readNumbers(fields, 'si_distr_input') : undefined
  return {
    counts,
    parametric: hasMoments
      ? discretiseSerialInterval(readNumber(fields, 'mean_si'), readNumber(fields, 'std_si'), counts.length - 1)
      : undefined,
    given: chances,
    simulations,
  }
}

/** With zeros at its end up to a length, if it is shorter. EpiEstim states serial intervals so, one place longer than the series. */
const padded = (weights: ArrayLike<number>, length: number): readonly number[] =>
  Array.from({ length: Math.max(length, weights.length) }, (_, k) => weights[k] ?? 0)

const readFields = (input: unknown): Readonly<Record<string, unknown>> => {
  demand(typeof input === 'object' && input !== null && !Array.isArray(input), 'the document must be an object')
  return input as Readonly<Record<string, unknown>>
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

const readNumber = (fields: Readonly<Record<string, unknown>>, name: string): number => {
  const value = fields[name]
  if (!isNumber(value)) throw new RangeError(`${name} must be a number`)
  return value
}

const readNumbers = (fields: Readonly<Record<string, unknown>>, name: string): readonly number[] => {
  const value = fields[name]
  if (!Array.isArray(value) || !value.every(isNumber)) throw new RangeError(`${name} must be a list of numbers`)
  return value
}

const orNull = (value: number | undefined): number | null => value ?? null

const windowsDocument = (windows: readonly DayWindow[]): WindowsDocument => ({
  t_start: windows.map(({ first }) => first + 1),
  t_end: windows.map(({ last }) => last + 1),
})

const intervalDocument = (serialInterval: readonly number[]): IntervalDocument => {
  const { mean, sd } = serialIntervalMoments(serialInterval)
  return { si_distr: serialInterval, si_mean: mean, si_sd: sd }
}

/** Without the fields that are undefined. */
const withoutMissing = <T extends object>(document: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined)) as T
