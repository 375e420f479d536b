import { join } from 'node:path'
import { addDays, eachDay } from '#base'
import { csvLine, FIGURES_HEADER, syntheticFigures, type SyntheticCommune } from '#demo'
import { runLevels } from '#levels'
import { EVERYWHERE, sql } from '#platform/db'
import { peakMegabytes, round, timed, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'
import { openBenchProduct } from './product.ts'
import { benchCases, communesOf, DAYS, FROM, PROVINCE, SEED, unit, writeLines } from './season.ts'

const TARGET = 1
const RULEBOOK = 'qd-4800-2021'
const CASES = 60_000
const DISEASE = 'covid-19'

/** A year of figures of every commune: counts of cases for every day, coverage and capacity for every week. */
export function* figuresFile(communes: readonly SyntheticCommune[]): Generator<string> {
  yield csvLine(FIGURES_HEADER)
  for (const row of syntheticFigures(communes, FROM, DAYS, SEED)) yield csvLine(row)
  const counts = new Map<string, { all: number; community: number }>()
  for (const { commune, reported, source } of benchCases(communes, CASES)) {
    const key = `${commune.code} ${reported}`
    const known = counts.get(key) ?? { all: 0, community: 0 }
    counts.set(key, { all: known.all + 1, community: known.community + (source === 'Cộng đồng' ? 1 : 0) })
  }
  for (const { code } of communes) {
    for (const on of eachDay(FROM, addDays(FROM, DAYS - 1))) {
      const { all, community } = counts.get(`${code} ${on}`) ?? { all: 0, community: 0 }
      yield csvLine([code, on, 'cases_new', String(all), 'bench'])
      yield csvLine([code, on, 'cases_community', String(community), 'bench'])
    }
  }
}

/** Levels of every commune for every day of a year under one rulebook, everything it rests on read from PostgreSQL each time. */
export const levels = async ({ rows, log }: BenchOptions): Promise<Outcome> => {
  const product = await openBenchProduct(log)
  try {
    const { app } = product
    const { database, areas } = app
    const communes = await communesOf(database, areas.tree())
    const days = rows === undefined ? DAYS : Math.max(1, Math.ceil(rows / communes.length))
    // The year before the season's last day, so that every window of the rulebook finds its figures.
    const to = addDays(FROM, DAYS - 1)
    const from = addDays(to, 1 - days)
    const file = join(app.config.dataFolder, 'figures.csv')
    await writeLines(file, figuresFile(communes))
    const accepted = await product.importFile('figures', file)
    log(`${accepted} figures`)

    const query = { from, to, areaId: unit(areas.tree(), PROVINCE).id, depth: 'commune', disease: DISEASE, rulebook: RULEBOOK } as const
    const times: number[] = []
    let decided = 0
    for (let n = 0; n < TRIES; n++) {
      const { value: run, seconds } = await timed(() => runLevels(database, areas, query))
      if (!run.ok) throw new Error(JSON.stringify(run.problem))
      if (run.value.assessments.length !== days || run.value.areas.length < communes.length) throw new Error('not every commune and day was assessed')
      decided = run.value.assessments.flat().filter((one) => one.level !== null).length
      times.push(seconds)
    }
    const best = Math.min(...times)

    const bare: { read: number; loop: number }[] = []
    for (let n = 0; n < TRIES; n++) {
      const { value: figures, seconds: read } = await timed(() => database.read(EVERYWHERE, (tx) => tx.rows(sql<Figure>`
        select area_id, day, metric, value, status from figure where disease = ${DISEASE} and day between ${addDays(from, -13)} and ${to}`)))
      const { seconds: loop } = await timed(async () => bareLevels(figures, days))
      bare.push({ read, loop })
    }
    const read = Math.min(...bare.map((one) => one.read))
    const loop = Math.min(...bare.map((one) => one.loop))
    return {
      bench: 'levels', seconds: round(best), target: `< ${TARGET} s`, reached: best < TARGET,
      baseline: { seconds: round(read + loop) },
      product: { seconds: round(best), tries: times.map(round).join(' '), communes: communes.length, days, decided, figures: accepted },
      calibration: { raw_sql_read_seconds: round(read), bare_loop_seconds: round(loop) },
      rows: communes.length * days, peak_rss_mb: peakMegabytes(), versions: versions(product.postgres),
    }
  } finally {
    await product.close()
  }
}

export interface Figure {
  area_id: number
  day: string
  metric: string
  value: number
  status: string
}

/** A rate of a week and four thresholds by hand, with nothing to show for it: no sources, no trace, no missing evidence. */
export const bareLevels = (figures: readonly Figure[], days: number, cuts: readonly [number, number, number] = [20, 50, 150]): number => {
  const byArea = Map.groupBy(figures.filter((figure) => figure.metric === 'cases_community' && figure.status === 'accepted'), (figure) => figure.area_id)
  let sum = 0
  for (const own of byArea.values()) {
    const counts = own.toSorted((a, b) => (a.day < b.day ? -1 : 1)).map((figure) => figure.value)
    for (let d = Math.max(0, counts.length - days); d < counts.length; d++) {
      let week = 0
      for (let back = Math.max(0, d - 6); back <= d; back++) week += counts[back] as number
      sum += week < cuts[0] ? 1 : week < cuts[1] ? 2 : week < cuts[2] ? 3 : 4
    }
  }
  return sum
}
