import { writeFileSync } from 'node:fs'
import { cpus, totalmem, type } from 'node:os'
import { join, relative } from 'node:path'
import { today } from '#platform/clock'
import { figureOf, type Outcome } from './outcome.ts'

const HOME = join(import.meta.dirname, '..')
const FILE = join(HOME, 'docs/benchmarks.md')

const WHAT: Readonly<Record<string, string>> = {
  import: 'A file of cases through the product (read, validated, deduplicated, persons, audit, indicators), against `COPY` of the same rows into an identical table with the same indexes and constraints. Ratio: seconds of `COPY` ÷ seconds of the product.',
  list: 'The first and following pages of the case list over HTTP, signed in, for users of a commune, a district, three communes in two districts, and the province; 20 filters, sorts and searches, 200 calls for each user. p95 of the slowest user; ratio: to the same pages in SQL written by hand, as the owner.',
  levels: 'The level of every commune for every day of a year under one rulebook, everything read from PostgreSQL.',
  command: '`POST /api/cases` from 16 clients that keep their connections, signed in, under row security, with audit, idempotency and indicators, every commit on the disk, against bare Fastify with one `INSERT` of the same columns into an identical table. Ratio: requests a second.',
  rt: 'The time-varying reproduction number (Cori) of a year of a thousand series in windows of a week, mean, standard deviation and seven quantiles, against `estimate_R` of EpiEstim on the first forty of the same series with the same serial interval. Ratio: CPU time a series, all cores together, on both sides; the results differ by no more than is stated.',
}

/** Writes the page of the figures reached; it is never edited by hand. Its path. */
export const writeBenchmarks = (outcomes: readonly Outcome[]): string => {
  const [processor] = cpus()
  const { node = '', postgres = '', luytre = '' } = outcomes[0]?.versions ?? {}
  const cell = (all: Outcome['product']): string =>
    Object.entries(all).map(([name, value]) => `${name.replaceAll('_', ' ')} ${typeof value === 'object' ? Object.entries(value).map((pair) => pair.join(' ')).join(', ') : value}`).join('<br>')
  const page = `# Benchmarks

Written by \`npm run -s bench -- all\` on ${today()}; not edited by hand. ${type()}, ${cpus().length} cores (${processor?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB.
Node ${node}, PostgreSQL ${postgres} (embedded, the product's settings, fsync on), Lũy Tre ${luytre}. Best of three; product and baseline in one run.

| bench | figure | target | reached | rows | memory |
|---|---|---|---|---|---|
${outcomes.map((one) => `| \`${one.bench}\` | **${figureOf(one)}** | ${one.target} | ${one.reached ? 'yes' : 'no'} | ${one.rows} | ${one.peak_rss_mb} MB |`).join('\n')}

${outcomes.map((one) => `## ${one.bench}
${WHAT[one.bench] ?? ''}

| product | baseline | calibration |
|---|---|---|
| ${cell(one.product)} | ${cell(one.baseline)} | ${cell(one.calibration)} |
`).join('\n')}`
  writeFileSync(FILE, page)
  return relative(HOME, FILE)
}
