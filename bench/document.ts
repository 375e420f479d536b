import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem, type } from 'node:os'
import { join, relative } from 'node:path'
import { today } from '#platform/clock'
import { figureOf, type Outcome } from './outcome.ts'

const HOME = join(import.meta.dirname, '..')
const FILE = join(HOME, 'docs/benchmarks.md')

const WHAT: Readonly<Record<string, string>> = {
  import: 'A file of cases through the product (read, validated, deduplicated, persons, audit, indicators), against `COPY` of the same rows into an identical table with the same indexes and constraints. Ratio: seconds of `COPY` ÷ seconds of the product. Memory: of a process that fills one installation, the most of three.',
  list: 'The first and following pages of the case list over HTTP, signed in, for users of a commune, a district, three communes in two districts, and the province; 20 filters, sorts and searches, 210 calls for each user in three rounds. p95 of the slowest user; ratio: to the same pages in SQL written by hand, as the owner.',
  levels: 'The level of every commune for every day of a year under one rulebook, everything read from PostgreSQL.',
  rerun: 'A season of every commune under the rulebook in force and under an amended one, which days and communes differ and why, over HTTP, everything read from PostgreSQL each time; best of three. Baseline: the same rows read and four thresholds applied twice by a bare loop.',
  command: '`POST /api/cases` from 16 clients that keep their connections, signed in, under row security, with audit, idempotency and indicators, every commit on the disk, against bare Fastify with one `INSERT` of the same columns into an identical table. Ratio: requests a second.',
  rt: 'The time-varying reproduction number (Cori) of a year of a thousand series in windows of a week, mean, standard deviation and seven quantiles, against `estimate_R` of EpiEstim on the first forty of the same series with the same serial interval. Ratio: CPU time a series, all cores together, on both sides; the results differ by no more than is stated.',
  farrington: 'Farrington’s method as Noufaily et al. advise it on ten years of a hundred diseases, the last four years tested, each week with a fit of its own, against `farringtonFlexible` of surveillance on five of the same series from the rarest to the commonest. Ratio: CPU time a series, all cores together, on both sides, that of R extrapolated from those five; no alarm and no bound may differ by more than 1e-6.',
  scan: 'Kulldorff’s space–time scan over the communes of Kiên Giang (their boundaries, their people, made-up cases of two months): all circles up to half of the people × the last 1 … 30 days, ranked among 999 random data sets. Calibration: the same cylinders one by one with their logarithms.',
  export: 'Every case as CSV over HTTP (signed in, under row security, areas and choices in words, in the order of the list), against `COPY` of the same columns as their owner; the same as XLSX once. Memory: how much this process grew while it answered.',
  fresh: 'A case or a figure sent by one account until another’s open first screen shows the new number and the level that follows: commit, notice over server-sent events, the numbers read anew, drawn in Chromium (without one: until they are read). Baseline: the write alone.',
  screen: 'The first screen of a province on 60 days nobody has looked at (twelve more, before them, are not counted), each time after a figure was committed so that nothing read before stands, its second request (what waits) beside it; the same after a case was committed; then in Chromium, nothing in its cache, its processor four times slower, until the numbers stand there and a key is answered, best of three. Baseline: the same rows in SQL written by hand, as the owner.',
  bulk: 'Ten thousand cases over the whole season given an outcome, its day and another source over HTTP (rules, images before, audit, counts), then given back; best of three. Baseline: the same images, rows and sums in SQL written by hand, as the owner, without rules, audit or answer.',
  skill: 'Forecasts of weekly cases, 1 to 4 weeks ahead, 23 quantiles, from every Sunday of the provincial series of 2021 (provinces with 100 cases so far and 20 in two weeks; only what was known by then), against the baseline of the forecast hubs. Tuned on every second province by code, reported on the others and on the nation: mean weighted interval score divided by the baseline’s, of counts and of their logs. Tables by horizon, model and phase are in docs/epi/forecasting.md.',
  scenario: 'A thousand runs of an epidemic by age with chance (nine ages, doses and their waning, contacts by setting, tracing, beds of three tiers) over 180 days, from the parameters to the bands of every day and the dates on which capacities are crossed, in two threads that are kept; best of three.',
}

interface Entry {
  readonly row: string
  readonly section: string
}

/** What the page says of each bench already: one that was not run now keeps its figure, and the day it was measured. */
const written = (page: string): Map<string, Entry> =>
  new Map([...page.matchAll(/^\| `(\w+)` \|.*$/gm)].map(([row, name = '']) => [name, { row, section: new RegExp(`^## ${name}\n[^]*?(?=^## |(?![^]))`, 'm').exec(page)?.[0].trimEnd() ?? '' }]))

const cell = (all: Outcome['product']): string =>
  Object.entries(all).map(([name, value]) => `${name.replaceAll('_', ' ')} ${typeof value === 'object' ? Object.entries(value).map((pair) => pair.join(' ')).join(', ') : value}`).join('<br>')

const entryOf = (one: Outcome): Entry => ({
  row: `| \`${one.bench}\` | **${figureOf(one)}** | ${one.target} | ${one.reached ? 'yes' : 'no'} | ${one.rows} | ${one.peak_rss_mb} MB | ${today()} |`,
  section: `## ${one.bench}
${WHAT[one.bench] ?? ''}

| product | baseline | calibration |
|---|---|---|
| ${cell(one.product)} | ${cell(one.baseline)} | ${cell(one.calibration)} |`,
})

/** Writes the page of the figures reached; it is never edited by hand. Its path. */
export const writeBenchmarks = (outcomes: readonly Outcome[]): string => {
  const [processor] = cpus()
  const { node = '', postgres = '', luytre = '' } = outcomes[0]?.versions ?? {}
  const entries = written(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '')
  for (const one of outcomes) entries.set(one.bench, entryOf(one))
  const all = Object.keys(WHAT).flatMap((name) => entries.get(name) ?? [])
  const page = `# Benchmarks

Written by \`npm run -s bench -- all [NAME …]\`; not edited by hand. ${type()}, ${cpus().length} cores (${processor?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB.
Node ${node}, PostgreSQL ${postgres} (embedded, the product's settings, fsync on), Lũy Tre ${luytre}. Best of three; product and baseline in one run.

| bench | figure | target | reached | rows | memory | measured |
|---|---|---|---|---|---|---|
${all.map(({ row }) => row).join('\n')}

${all.map(({ section }) => section).join('\n\n')}
`
  writeFileSync(FILE, page)
  return relative(HOME, FILE)
}
