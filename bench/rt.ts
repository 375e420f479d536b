import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  discretiseSerialInterval,
  estimateReproductions,
  REPRODUCTION_QUANTILES,
  samplePoisson,
  seededRandom,
  slidingWindows,
  type Incidence,
  type ReproductionTable,
} from '#epi'
import { peakMegabytes, round, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'

const TARGET = 100
const SERIES = 1000
const DAYS = 365
const WEEK = 7
/** EpiEstim needs minutes for them all: it is measured on the first of them. */
const R_SERIES = 40
const SEED = 20_210_427
/** Of the order of COVID-19's in 2020. Unit: days. */
const INTERVAL = { mean: 5.2, sd: 2.8 }

/** Waves of communes, districts and provinces: from a case now and then to hundreds a day. */
const syntheticSeries = (count: number): readonly Incidence[] => {
  const random = seededRandom(SEED)
  return Array.from({ length: count }, () => {
    const level = 0.3 * 2000 ** random.uniform()
    const [phase, height, trend] = [random.uniform() * 2 * Math.PI, 1 + 1.5 * random.uniform(), (random.uniform() - 0.5) * 0.01]
    return {
      local: Float64Array.from({ length: DAYS }, (_, t) =>
        samplePoisson(random, level * Math.exp(height * Math.sin(phase + t / 25) + trend * t)),
      ),
    }
  })
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Best CPU time of all threads together, and what was computed. */
const measured = (work: () => ReproductionTable): { readonly seconds: number; readonly value: ReproductionTable } => {
  let value = work()
  let seconds = Infinity
  for (let n = 0; n < TRIES; n++) {
    const begun = cpuSeconds()
    value = work()
    seconds = Math.min(seconds, cpuSeconds() - begun)
  }
  return { seconds, value }
}

interface RResult {
  readonly version: string
  readonly seconds: number
  /** Nine numbers an estimate. */
  readonly estimates: readonly (readonly number[])[]
}

/** Nothing where R or the package is absent. */
const inR = (series: readonly Incidence[], serialInterval: Float64Array): RResult | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-rt-'))
  try {
    const file = join(folder, 'series.csv')
    writeFileSync(file, `${[serialInterval, ...series.map(({ local }) => local)].map((row) => Array.from(row).join(',')).join('\n')}\n`)
    const { status, stdout } = spawnSync('Rscript', [join(import.meta.dirname, 'rt.R'), file], { encoding: 'utf8', maxBuffer: 2 ** 30 })
    if (status !== 0) return undefined
    const [version = '', seconds = '', ...rows] = stdout.trimEnd().split('\n')
    return {
      version: version.split(' ')[1] as string,
      seconds: Math.min(...seconds.trim().split(' ').slice(1).map(Number)),
      estimates: rows.map((row) => row.split(' ').map(Number)),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The largest relative difference of any mean, standard deviation or quantile from R's. */
const largestDifference = ({ mean, sd, quantiles }: ReproductionTable, { estimates }: RResult): number => {
  const count = REPRODUCTION_QUANTILES.length
  if (estimates.length !== mean.length) throw new Error(`R estimated ${estimates.length} windows, the product ${mean.length}`)
  return Math.max(
    ...estimates.map((theirs, place) => {
      const ours = [mean[place], sd[place], ...quantiles.subarray(place * count, (place + 1) * count)]
      return Math.max(...theirs.map((value, n) => Math.abs((ours[n] as number) / value - 1)))
    }),
  )
}

/**
 * The time-varying reproduction number of a year of many series, seven quantiles each, against EpiEstim. CPU time of all cores on both
 * sides.
 */
export const rt = async ({ rows = SERIES, log }: BenchOptions): Promise<Outcome> => {
  const series = syntheticSeries(rows)
  const few = series.slice(0, R_SERIES)
  const windows = slidingWindows(DAYS, WEEK)
  const serialInterval = discretiseSerialInterval(INTERVAL.mean, INTERVAL.sd, DAYS - 1)
  const all = measured(() => estimateReproductions(series, { serialInterval, windows }))
  const same = measured(() => estimateReproductions(few, { serialInterval, windows }))
  log(`${rows} series in ${round(all.seconds)} s of CPU; EpiEstim begins`)
  const r = inR(few, serialInterval)
  const perSeries = (all.seconds / rows) * 1000
  const perSeriesInR = r && (r.seconds / few.length) * 1000
  const ratio = perSeriesInR && perSeriesInR / perSeries
  const difference = r && largestDifference(same.value, r)
  return {
    bench: 'rt',
    ...(ratio ? { ratio: round(ratio) } : {}),
    target: `≥ ${TARGET} × EpiEstim`,
    reached: ratio !== undefined && ratio >= TARGET,
    baseline:
      r && perSeriesInR && difference !== undefined
        ? { epiestim: r.version, series: few.length, cpu_seconds: round(r.seconds), cpu_ms_per_series: round(perSeriesInR) }
        : { absent: 'R is absent: apt-get install r-cran-epiestim' },
    product: {
      series: rows,
      days: DAYS,
      windows: windows.length,
      cpu_seconds: round(all.seconds),
      cpu_ms_per_series: round(perSeries),
      ...(r && difference !== undefined
        ? {
            largest_relative_difference: Number(difference.toExponential(1)),
            ratio_on_the_series_of_r_alone: round(r.seconds / same.seconds),
          }
        : {}),
    },
    calibration: { cpu_ms_per_series_of_those_alone: round((same.seconds / few.length) * 1000) },
    rows,
    peak_rss_mb: peakMegabytes(),
    versions: versions('none'),
  }
}
