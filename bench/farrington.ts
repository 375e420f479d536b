import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { farringtonFlexible, sampleNegativeBinomial, seededRandom, type FarringtonWarning } from '#epi'
import { peakMegabytes, round, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'

const TARGET = 100
const SERIES = 100
const WEEKS = 520
const TESTED = 208
/** surveillance needs minutes for them all: it is measured on so many, spread evenly from the rarest disease to the commonest. */
const R_SERIES = 5
const SEED = 20_210_427
const LARGEST_DIFFERENCE = 1e-6
/** The setting of Noufaily et al. (2013); farrington.R has the same. */
const NOUFAILY = { b: 5, w: 3, noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 1, weightsThreshold: 2.58, alpha: 0.01, thresholdMethod: 'nbPlugin' } as const

/** Ten years of notifiable diseases, from a case a month to hundreds a week, with season, trend, spread and outbreaks. */
const syntheticSeries = (count: number): readonly (readonly number[])[] => {
  const random = seededRandom(SEED)
  return Array.from({ length: count }, (_, n) => {
    const level = 0.25 * 1200 ** (n / count)
    const [phase, height, trend] = [random.uniform() * 2 * Math.PI, 0.2 + random.uniform(), (random.uniform() - 0.5) * 0.2]
    const outbreaks = Array.from({ length: 5 }, () => ({ from: random.uniform() * WEEKS, times: 2 + 4 * random.uniform() }))
    return Array.from({ length: WEEKS }, (_week, t) => {
      const raised = outbreaks.reduce((factor, { from, times }) => (t >= from && t < from + 4 ? factor * times : factor), 1)
      return sampleNegativeBinomial(random, level * raised * Math.exp(height * Math.sin(phase + (2 * Math.PI * t) / 52) + (trend * t) / 52), 8)
    })
  })
}

const weeks = Array.from({ length: TESTED }, (_, n) => WEEKS - TESTED + n)
const test = (series: readonly (readonly number[])[]): readonly (readonly FarringtonWarning[])[] => series.map((counts) => farringtonFlexible(counts, { ...NOUFAILY, weeks }))

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Best CPU time of all threads together, after one run to warm up. */
const measured = (work: () => unknown): number => {
  work()
  return Math.min(...Array.from({ length: TRIES }, () => {
    const begun = cpuSeconds()
    work()
    return cpuSeconds() - begun
  }))
}

interface RResult {
  readonly version: string
  readonly seconds: number
  /** By series: bounds, NaN where there were too few cases, and alarms. */
  readonly rows: readonly (readonly number[])[]
}

/** Nothing where R or the package is absent. */
const inR = (series: readonly (readonly number[])[]): RResult | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-farrington-'))
  try {
    const file = join(folder, 'series.csv')
    writeFileSync(file, `${[[TESTED], ...series].map((row) => row.join(',')).join('\n')}\n`)
    const { status, stdout } = spawnSync('Rscript', [join(import.meta.dirname, 'farrington.R'), file], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    if (status !== 0) return undefined
    const [version = '', seconds = '', ...rows] = stdout.trimEnd().split('\n')
    return {
      version: version.split(' ')[1] as string,
      seconds: Math.min(...seconds.trim().split(' ').slice(1).map(Number)),
      rows: rows.map((row) => row.trim().split(/ +/).map(Number)),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The largest difference of a bound, relative beyond 1. Fails where one alarm or one missing bound differs. */
const largestDifference = (ours: readonly (readonly FarringtonWarning[])[], { rows }: RResult): number => {
  let largest = 0
  ours.forEach((warnings, n) => warnings.forEach(({ week, enough, upper, alarm }, place) => {
    const bound = rows[n]?.[place] ?? Number.NaN
    if (enough === Number.isNaN(bound) || alarm !== (rows[n]?.[TESTED + place] === 1)) throw new Error(`series ${n}, week ${week}: R has bound ${bound}, the product ${upper}, alarm ${alarm}`)
    if (enough) largest = Math.max(largest, Math.abs((upper as number) - bound) / Math.max(1, Math.abs(bound)))
  }))
  if (largest > LARGEST_DIFFERENCE) throw new Error(`a bound differs by ${largest}`)
  return largest
}

/** Four years of weekly warnings of many diseases, each week with a fit of its own, against R's surveillance. CPU time of all cores on both sides. */
export const farrington = async ({ rows = SERIES, log }: BenchOptions): Promise<Outcome> => {
  const series = syntheticSeries(rows)
  const few = Array.from({ length: Math.min(R_SERIES, rows) }, (_, n) => series[Math.floor(((n + 0.5) * rows) / Math.min(R_SERIES, rows))] as readonly number[])
  const seconds = measured(() => test(series))
  const secondsOfFew = measured(() => test(few))
  log(`${rows} series in ${round(seconds)} s of CPU; surveillance begins with ${few.length} of them`)
  const r = inR(few)
  const perSeries = (seconds / rows) * 1000
  const perSeriesInR = r && (r.seconds / few.length) * 1000
  const ratio = perSeriesInR && perSeriesInR / perSeries
  const answers = test(series)
  return {
    bench: 'farrington',
    ...(ratio ? { ratio: round(ratio) } : {}),
    target: `≥ ${TARGET} × surveillance`, reached: ratio !== undefined && ratio >= TARGET,
    baseline: r && perSeriesInR
      ? { surveillance: r.version, series: few.length, cpu_seconds: round(r.seconds), cpu_ms_per_series: round(perSeriesInR), cpu_seconds_of_all_extrapolated: round((perSeriesInR * rows) / 1000) }
      : { absent: 'R is absent: apt-get install r-cran-surveillance' },
    product: {
      series: rows, weeks: WEEKS, tested: TESTED, cpu_seconds: round(seconds), cpu_ms_per_series: round(perSeries), alarms: answers.flat().filter(({ alarm }) => alarm).length,
      ...(r ? { alarms_that_differ: 0, largest_difference_of_a_bound: Number(largestDifference(test(few), r).toExponential(1)), ratio_on_the_series_of_r_alone: round(r.seconds / secondsOfFew) } : {}),
    },
    calibration: { cpu_ms_per_series_of_those_alone: round((secondsOfFew / few.length) * 1000) },
    rows, peak_rss_mb: peakMegabytes(), versions: versions('none'),
  }
}
