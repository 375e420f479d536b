import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Figures = Readonly<Record<string, number | string | Readonly<Record<string, number>>>>

/** What a bench found. The last line printed is this object. */
export interface Outcome {
  readonly bench: string
  /** The figure the bench is about: product against baseline (more is better), or a time (less is better). */
  readonly ratio?: number
  readonly p95_ms?: number
  readonly seconds?: number
  /** The figures in a phrase, where it is about more than one. */
  readonly figure?: string
  readonly target: string
  readonly reached: boolean
  readonly baseline: Figures
  readonly product: Figures
  /** The same work in hand-written SQL or bare Node: what could be had at best. */
  readonly calibration: Figures
  readonly rows: number
  /** Most memory this process, which is the product's, ever held. */
  readonly peak_rss_mb: number
  readonly versions: { readonly node: string; readonly postgres: string; readonly luytre: string }
}

export interface BenchOptions {
  /** How much work; each bench has its own measure of it. */
  readonly rows: number | undefined
  readonly log: (line: string) => void
}

/** Every measurement is made so often, and the best of them counts: what disturbs a machine only ever slows it. */
export const TRIES = 3

export const peakMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

const HOME = join(import.meta.dirname, '..')

export const versions = (postgres: string): Outcome['versions'] => ({
  node: process.versions.node, postgres, luytre: (JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { version: string }).version,
})

/** Three significant digits: nobody believes more of a stopwatch. */
export const round = (value: number): number => Number(value.toPrecision(3))

/** The value that the given share of them does not exceed. Example: `percentile([1, 2, 3, 4], 0.5) === 2`. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN

/** Runs work and tells how long it took. Unit: seconds. */
export const timed = async <T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> => {
  const begun = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - begun) / 1000 }
}

/** For people. */
export const summary = (outcome: Outcome): string => {
  const { bench, target, reached, baseline, product, calibration, rows, peak_rss_mb, versions: at } = outcome
  const figures = (all: Figures): string => Object.entries(all).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(' · ')
  return [
    `${bench}: ${figureOf(outcome)} — ${reached ? 'reached' : 'NOT reached'} (${target})`,
    `  product      ${figures(product)}`, `  baseline     ${figures(baseline)}`, `  calibration  ${figures(calibration)}`,
    `  ${rows} rows · ${peak_rss_mb} MB at most · Node ${at.node} · PostgreSQL ${at.postgres} · Lũy Tre ${at.luytre}`,
  ].join('\n')
}

export const figureOf = ({ figure, ratio, p95_ms, seconds }: Outcome): string =>
  [...(figure === undefined ? [] : [figure]), ...(ratio === undefined ? [] : [`ratio ${ratio}`]), ...(p95_ms === undefined ? [] : [`p95 ${p95_ms} ms`]), ...(seconds === undefined ? [] : [`${seconds} s`])].join(', ')
