import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { ImportTried, ImportTry } from './import-try.ts'
import { round, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'

const TARGET = 0.3
/** Unit: megabytes. */
const MEMORY = 600
const ROWS = 1_000_000

/** A line list through the product, against COPY of the same rows: everything starts from an empty installation and a new process each time. */
export const importing = async ({ rows = ROWS, log }: BenchOptions): Promise<Outcome> => {
  const tries: ImportTried[] = []
  for (let n = 0; n < TRIES; n++) {
    const one = await tried({ rows, byHand: n === 0 })
    tries.push(one)
    log(`product ${round(one.product)} s, COPY ${round(one.copy)} s, ${one.memory} MB`)
  }
  const best = (name: 'product' | 'copy'): number => Math.min(...tries.map((one) => one[name]))
  const ratio = best('copy') / best('product')
  const peak = Math.max(...tries.map(({ memory }) => memory))
  const told = (name: 'product' | 'copy') => ({ seconds: round(best(name)), rows_per_second: Math.round(rows / best(name)) })
  return {
    bench: 'import', ratio: round(ratio), target: `≥ ${TARGET}, memory ≤ ${MEMORY} MB`, reached: ratio >= TARGET && peak <= MEMORY,
    baseline: told('copy'), product: { ...told('product'), connections: 1 }, calibration: { set_based_sql_seconds: round(tries[0]?.set ?? Number.NaN) },
    rows, peak_rss_mb: peak, versions: versions(tries[0]?.postgres ?? ''),
  }
}

const tried = async (order: ImportTry): Promise<ImportTried> => {
  const child = fork(`${import.meta.dirname}/import-try.ts`, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  let answer: ImportTried | undefined
  child.once('message', (told) => {
    answer = told as ImportTried
  })
  const ended = once(child, 'exit')
  child.send(order)
  await ended
  if (!answer) throw new Error('the import ended without an answer')
  return answer
}
