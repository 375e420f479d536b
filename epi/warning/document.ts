import { cusum, type CusumTransform } from './cusum.ts'
import { ears, type EarsMethod } from './ears.ts'
import { farringtonFlexible, farringtonOriginal, type FarringtonOptions, type FarringtonWarning, type PowerTransform, type ThresholdMethod } from './farrington.ts'
import { glr } from './glr.ts'
import { readBoolean, readFields, readNumber, readNumbers, readRange, readSections, readSeries, readWord, type Fields, type Series } from './read-document.ts'
import type { Counts } from './series.ts'

// The methods of this folder on documents as a shell passes them: one data set with the settings of each method, fields named as in the results of R's surveillance they are held
// against, weeks counted from 1, alarms as 0 and 1, null for what cannot be computed. Where that package departs from the papers, so do these.

type Column = readonly (number | null)[]

interface ResultDocument {
  readonly range: readonly number[]
  readonly upperbound: Column
  readonly alarm: Column
}

export type EarsDocument = Readonly<Record<string, ResultDocument & { readonly alpha: number; readonly baseline: number; readonly minSigma: number }>>

const EARS_METHODS: readonly EarsMethod[] = ['C1', 'C2', 'C3']

/**
 * EARS on a data set `{ observed, freq, ears: { C1: { alpha, baseline, minSigma, range } … } }`. A section's name begins with its method and may hold settings it does not state
 * itself (`C2_b28_minSigma1`). Without `ears`: C1, C2 and C3 as they are by default.
 * Throws RangeError naming the field that is missing or wrong.
 * Example: `earsDocument({ observed: [1, 3, 1, 3, 1, 3, 2, 9], ears: { C1: {} } }).ears.C1` has range 8, upperbound 5.0902 and alarm 1.
 */
export const earsDocument = (input: unknown): { readonly ears: EarsDocument } => {
  const { fields, counts } = readSeries(input)
  const sections = readSections(fields, 'ears') ?? withoutSettings(EARS_METHODS)
  return {
    ears: Object.fromEntries(sections.map(([name, section]) => {
      const path = `ears.${name}.`
      const method = readWord({ method: section['method'] ?? name.slice(0, 2) }, 'method', path, EARS_METHODS) as EarsMethod
      const alpha = readNumber(section, 'alpha', path) ?? (method === 'C3' ? 0.025 : 0.001)
      const baseline = readNumber(section, 'baseline', path) ?? Number(/_b(\d+)/.exec(name)?.[1] ?? 7)
      const minSigma = readNumber(section, 'minSigma', path) ?? Number(/_minSigma([\d.]+)/.exec(name)?.[1] ?? 0)
      const warnings = ears(counts, { method, alpha, baseline, minSigma, weeks: readRange(section, path), convention: 'surveillance' })
      return [name, { ...resultOf(warnings), alpha, baseline, minSigma }]
    })),
  }
}

interface FarringtonSection extends ResultDocument {
  readonly control: Fields
  readonly expected: Column
  readonly score: Column
  readonly pvalue: Column
  readonly trend: readonly number[]
  readonly trendVector: Column
  readonly phi: Column
}

export interface FarringtonDocument {
  readonly farringtonFlexible: Readonly<Record<string, FarringtonSection>>
  readonly farrington_original: ResultDocument
}

const THRESHOLDS: readonly ThresholdMethod[] = ['delta', 'nbPlugin', 'muan']
const POWERS: readonly PowerTransform[] = ['2/3', '1/2', 'none']

const NOUFAILY = { b: 4, w: 3, alpha: 0.01, noPeriods: 10, pastWeeksNotIncluded: 26, weightsThreshold: 2.58, pThresholdTrend: 1, thresholdMethod: 'nbPlugin' }
const DEFAULT_SECTIONS: Readonly<Record<string, Fields>> = {
  nb10: NOUFAILY,
  delta: { ...NOUFAILY, thresholdMethod: 'delta' },
  muan: { ...NOUFAILY, thresholdMethod: 'muan' },
  noPeriods1_original: { ...NOUFAILY, noPeriods: 1, pastWeeksNotIncluded: 3, weightsThreshold: 1, pThresholdTrend: 0.05, thresholdMethod: 'delta' },
  notrend: { ...NOUFAILY, trend: false },
}

/**
 * Farrington's method on a data set `{ observed, freq, farringtonFlexible: { name: { control } … }, farrington_original: { range, b, w, alpha … } }`. Settings a control does not state
 * have the defaults of R's package; `farrington_original` is run with b = 4, w = 3, alpha = 0.01 unless it says otherwise. Without `farringtonFlexible`: Noufaily's setting with the
 * three thresholds and without trend, and the original one.
 *
 * As in that package, `expected` and `upperbound` are null, for the original method 0, where the past weeks had too few cases; `score` is (y − μ)/(U − μ), with ln μ in place of μ for
 * the methods `nbPlugin` and `muan`.
 * Throws RangeError naming the field that is missing or wrong.
 * Example: see `farringtonFlexible`.
 */
export const farringtonDocument = (input: unknown): FarringtonDocument => {
  const series = readSeries(input)
  const sections = readSections(series.fields, 'farringtonFlexible')?.map(([name, section]) => {
    const path = `farringtonFlexible.${name}.`
    return [name, { range: section['range'], ...readFields(section['control'] ?? {}, `${path}control`) }, `${path}control.`] as const
  }) ?? Object.entries(DEFAULT_SECTIONS).map(([name, control]) => [name, control, `farringtonFlexible.${name}.control.`] as const)
  const original = readFields(series.fields['farrington_original'] ?? {}, 'farrington_original')
  return {
    farringtonFlexible: Object.fromEntries(sections.map(([name, control, path]) => [name, flexibleSection(series, control, path)])),
    farrington_original: originalSection(series, original),
  }
}

const commonOptions = (control: Fields, freq: number, path: string): FarringtonOptions => {
  const limit54 = readNumbers(control, 'limit54', path)
  if (limit54 && limit54.length !== 2) throw new RangeError(`${path}limit54 must be a number of cases and a number of weeks`)
  return {
    freq, limit54: limit54 && [limit54[0] as number, limit54[1] as number], weeks: readRange(control, path),
    reweight: readBoolean(control, 'reweight', path), trend: readBoolean(control, 'trend', path), powertrans: readWord(control, 'powertrans', path, POWERS),
  }
}

const flexibleSection = ({ counts, freq }: Series, control: Fields, path: string): FarringtonSection => {
  if (readBoolean(control, 'populationOffset', path)) throw new RangeError(`${path}populationOffset is not supported`)
  const thresholdMethod = readWord(control, 'thresholdMethod', path, THRESHOLDS) ?? 'delta'
  const number = (name: string): number | undefined => readNumber(control, name, path)
  const warnings = farringtonFlexible(counts, {
    ...commonOptions(control, freq, path), thresholdMethod, convention: 'surveillance', b: number('b'), w: number('w'), alpha: number('alpha'), noPeriods: number('noPeriods'),
    pastWeeksNotIncluded: number('pastWeeksNotIncluded'), weightsThreshold: number('weightsThreshold'), pThresholdTrend: number('pThresholdTrend'),
  })
  const ifEnough = (warning: FarringtonWarning, value: number | undefined): number | null => (warning.enough ? orNull(value) : null)
  const scoreOf = ({ week, expected, upper }: FarringtonWarning): number | null => {
    const count = counts[week]
    if (count === undefined || expected === undefined || upper === undefined) return null
    const middle = thresholdMethod === 'delta' ? expected : Math.log(expected)
    return orNull((count - middle) / (upper - middle))
  }
  return {
    control, ...resultOf(warnings),
    expected: warnings.map((one) => ifEnough(one, one.expected)),
    upperbound: warnings.map((one) => ifEnough(one, one.upper)),
    score: warnings.map(scoreOf),
    pvalue: warnings.map(({ pValue }) => orNull(pValue)),
    trend: warnings.map(({ slope }) => (slope === undefined ? 0 : 1)),
    trendVector: warnings.map(({ slope }) => orNull(slope)),
    phi: warnings.map(({ dispersion }) => orNull(dispersion)),
  }
}

const originalSection = ({ counts, freq }: Series, section: Fields): ResultDocument => {
  const path = 'farrington_original.'
  const number = (name: string, otherwise: number): number => readNumber(section, name, path) ?? otherwise
  const warnings = farringtonOriginal(counts, { ...commonOptions(section, freq, path), b: number('b', 4), w: number('w', 3), alpha: number('alpha', 0.01) })
  return { ...resultOf(warnings), upperbound: warnings.map(({ enough, upper }) => (enough ? orNull(upper) : 0)) }
}

interface CusumSection extends ResultDocument {
  readonly k: number
  readonly h: number
  readonly trans: CusumTransform
  readonly m: number | readonly number[] | null
  readonly alpha?: number
  readonly cusum: Column
}

const TRANSFORMS: readonly CusumTransform[] = ['standard', 'rossi', 'anscombe', 'pearsonNegBin', 'anscombeNegBin']

/**
 * CUSUM on a data set `{ observed, freq, cusum: { name: { k, h, trans, m, alpha, range } … } }`; `trans` is the section's name unless stated, `m` (one number, or one for each week) the
 * mean before the range. Without `cusum`: the transforms standard, rossi and anscombe. Without a range: all weeks after the first year. `cusum` of the answer is the sum itself.
 * Throws RangeError naming the field that is missing or wrong.
 * Example: `cusumDocument({ observed: [4, 8, 8], cusum: { standard: { m: 4, k: 1, h: 2, range: [1, 2, 3] } } }).cusum.standard` has cusum 0, 1, 2 and alarm 0, 0, 1.
 */
export const cusumDocument = (input: unknown): { readonly cusum: Readonly<Record<string, CusumSection>> } => {
  const { fields, counts, freq } = readSeries(input)
  const sections = readSections(fields, 'cusum') ?? withoutSettings(TRANSFORMS.slice(0, 3))
  return {
    cusum: Object.fromEntries(sections.map(([name, section]) => {
      const path = `cusum.${name}.`
      const trans = readWord({ trans: section['trans'] ?? name }, 'trans', path, TRANSFORMS) as CusumTransform
      const k = readNumber(section, 'k', path) ?? 1.04
      const h = readNumber(section, 'h', path) ?? 2.26
      const m = Array.isArray(section['m']) ? readNumbers(section, 'm', path) : readNumber(section, 'm', path)
      const weeks = readRange(section, path) ?? afterFirstYear(counts, freq)
      const alpha = readNumber(section, 'alpha', path)
      const warnings = cusum(counts, { k, h, transform: trans, expected: m, alpha, weeks })
      return [name, { ...resultOf(warnings), k, h, trans, ...(alpha === undefined ? {} : { alpha }), m: m ?? orNull(warnings[0]?.expected), cusum: warnings.map(({ statistic }) => orNull(statistic)) }]
    })),
  }
}

interface GlrSection extends ResultDocument {
  readonly mu0: readonly number[]
  readonly 'c.ARL': number
  readonly alpha?: number
  readonly theta?: number
}

export interface GlrDocument {
  readonly glrpois?: GlrSection
  readonly glrnb?: GlrSection
  readonly glrnb_theta?: GlrSection
}

const GLR_SECTIONS: Readonly<Record<string, Fields>> = { glrpois: {}, glrnb: { alpha: 0.1 }, glrnb_theta: { alpha: 0.1, theta: Math.LN2 } }

/**
 * Likelihood-ratio charts on a data set `{ observed, freq, glrpois: { mu0, 'c.ARL', range }, glrnb: { …, alpha }, glrnb_theta: { …, alpha, theta } }`. `mu0` is the mean before the range
 * unless given, as one number or one for each week. Sections that are missing are left out; if all are, they are run with alpha = 0.1, theta = ln 2 on all weeks after the first
 * year. `upperbound` of the answer is the statistic (ret = "value" of R's package).
 * Throws RangeError naming the field that is missing or wrong.
 * Example: `glrDocument({ observed: [1, 4], glrpois: { mu0: 1, range: [1, 2] } }).glrpois` has upperbound 0, 2.545 and alarm 0, 0.
 */
export const glrDocument = (input: unknown): GlrDocument => {
  const { fields, counts, freq } = readSeries(input)
  const given = Object.keys(GLR_SECTIONS).filter((name) => fields[name] !== undefined)
  const names = given.length > 0 ? given : Object.keys(GLR_SECTIONS)
  return Object.fromEntries(names.map((name) => {
    const section = readFields(fields[name] ?? GLR_SECTIONS[name], name)
    const path = `${name}.`
    const weeks = readRange(section, path) ?? afterFirstYear(counts, freq)
    const mean = Array.isArray(section['mu0']) ? readNumbers(section, 'mu0', path) : (readNumber(section, 'mu0', path) ?? meanBefore(counts, weeks[0] ?? 0))
    const mu0 = typeof mean === 'number' ? weeks.map(() => mean) : (mean ?? [])
    const alpha = readNumber(section, 'alpha', path)
    const theta = readNumber(section, 'theta', path)
    const threshold = readNumber(section, 'c.ARL', path) ?? 5
    const warnings = glr(counts, { weeks, expected: mu0, alpha, theta, threshold })
    return [name, {
      mu0, 'c.ARL': threshold, ...(alpha === undefined ? {} : { alpha }), ...(theta === undefined ? {} : { theta }),
      range: warnings.map(({ week }) => week + 1), upperbound: warnings.map(({ statistic }) => orNull(statistic)), alarm: warnings.map(({ alarm }) => flag(alarm)),
    }]
  }))
}

const withoutSettings = (names: readonly string[]): readonly (readonly [string, Fields])[] => names.map((name) => [name, {}])

const afterFirstYear = (counts: Counts, freq: number): readonly number[] => counts.map((_, week) => week).slice(freq)

const meanBefore = (counts: Counts, week: number): number => {
  const before = counts.slice(0, week).filter((count) => count !== undefined)
  return before.reduce((sum, count) => sum + count, 0) / before.length
}

const orNull = (value: number | undefined): number | null => (value === undefined || !Number.isFinite(value) ? null : value)

const flag = (alarm: boolean | undefined): number | null => (alarm === undefined ? null : Number(alarm))

const resultOf = (warnings: readonly { readonly week: number; readonly upper: number | undefined; readonly alarm: boolean | undefined }[]): ResultDocument => ({
  range: warnings.map(({ week }) => week + 1), upperbound: warnings.map(({ upper }) => orNull(upper)), alarm: warnings.map(({ alarm }) => flag(alarm)),
})
