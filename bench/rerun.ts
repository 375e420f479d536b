import { join } from 'node:path'
import { addDays, type AnswerOf } from '#base'
import { EVERYWHERE, sql } from '#platform/db'
import type { compareLevels } from '#levels/contract'
import { allRulebooks, findRulebook } from '#rulebooks'
import { writeModel, type DecisionModel } from '#decisions'
import { bareLevels, figuresFile, type Figure } from './levels.ts'
import { peakMegabytes, round, timed, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'
import { openBenchProduct } from './product.ts'
import { communesOf, DAYS, FROM, PROVINCE, writeLines } from './season.ts'

const TARGET = 2
const RULEBOOK = 'qd-4800-2021'
const DISEASE = 'covid-19'
/** The longest wave of the reference province's season. Unit: days. */
const SEASON = 304

/** The rulebook with the cut between class 1 and 2 of new community cases at 15 instead of 20. */
const amended = (model: DecisionModel): string => {
  const file = writeModel(model)
  if (!file.ok) throw new Error(JSON.stringify(file.problem))
  const [from, to] = [file.value, file.value.replace('<text>[0..20)</text>', '<text>[0..15)</text>').replace('<text>[20..50)</text>', '<text>[15..50)</text>')]
  if (from === to) throw new Error('nothing was amended')
  return to
}

/** A season under two rulebooks with their difference, as the screen asks for it. */
export const rerun = async ({ rows, log }: BenchOptions): Promise<Outcome> => {
  const product = await openBenchProduct(log)
  try {
    const { app, url } = product
    const { database, areas } = app
    const communes = await communesOf(database, areas.tree())
    const days = rows === undefined ? SEASON : Math.max(1, Math.ceil(rows / communes.length))
    const to = addDays(FROM, DAYS - 1)
    const from = addDays(to, 1 - days)
    const file = join(app.config.dataFolder, 'figures.csv')
    await writeLines(file, figuresFile(communes))
    log(`${await product.importFile('figures', file)} figures`)
    const book = findRulebook(await allRulebooks(database), RULEBOOK)
    if (!book) throw new Error(`no rulebook ${RULEBOOK}`)
    const headers = { 'content-type': 'application/json', ...(await product.signIn('epidemiologist', [PROVINCE])) }
    const body = JSON.stringify({ from, to, area: PROVINCE, a: { rulebook: RULEBOOK }, b: { dmn: amended(book.model) } })

    const times: number[] = []
    let found: AnswerOf<typeof compareLevels> | undefined
    let bytes = 0
    for (let n = 0; n < TRIES; n++) {
      const { value, seconds } = await timed(async () => {
        const response = await fetch(new URL('/api/levels/compare', url), { method: 'POST', headers, body })
        const text = await response.text()
        if (!response.ok) throw new Error(text)
        return text
      })
      found = JSON.parse(value) as AnswerOf<typeof compareLevels>
      bytes = value.length
      if (found.days.length !== days || found.areas < communes.length) throw new Error('not every commune and day was compared')
      if (rows === undefined && found.changes.length === 0) throw new Error('the amended rulebook changes nothing')
      times.push(seconds)
    }
    const best = Math.min(...times)

    const bare: { read: number; loop: number }[] = []
    for (let n = 0; n < TRIES; n++) {
      const { value: figures, seconds: read } = await timed(() => database.read(EVERYWHERE, (tx) => tx.rows(sql<Figure>`
        select area_id, day, metric, value, status from figure where disease = ${DISEASE} and day between ${addDays(from, -13)} and ${to}`)))
      const { seconds: loop } = await timed(async () => bareLevels(figures, days) - bareLevels(figures, days, [15, 50, 150]))
      bare.push({ read, loop })
    }
    const read = Math.min(...bare.map((one) => one.read))
    const loop = Math.min(...bare.map((one) => one.loop))
    return {
      bench: 'rerun', seconds: round(best), target: `< ${TARGET} s`, reached: best < TARGET,
      baseline: { seconds: round(read + loop) },
      product: {
        seconds: round(best), tries: times.map(round).join(' '), communes: communes.length, days, stretches: found?.changes.length ?? 0,
        changed_commune_days: found?.counts.reduce((sum, { up, down, open }) => sum + up + down + open, 0) ?? 0, answer_kilobytes: Math.round(bytes / 1024),
      },
      calibration: { raw_sql_read_seconds: round(read), bare_loop_seconds: round(loop) },
      rows: communes.length * days * 2, peak_rss_mb: peakMegabytes(), versions: versions(product.postgres),
    }
  } finally {
    await product.close()
  }
}
