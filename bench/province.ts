import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { csvLine, FIGURES_HEADER, syntheticFigures } from '#demo'
import { environmentWith } from '#platform/config'
import { openBenchProduct, type BenchProduct, type BenchProductOptions } from './product.ts'
import { caseLines, communesOf, DAYS, FROM, SEED, writeLines } from './season.ts'

/** A province at work: a year of coverage and capacity of every commune as figures, its cases in the registry. */
const loadProvince = async ({ app, importFile }: BenchProduct, cases: number, log: (line: string) => void): Promise<void> => {
  const communes = await communesOf(app.database, app.areas.tree())
  const figures = join(app.config.dataFolder, 'figures.csv')
  await writeLines(figures, (function* () {
    yield csvLine(FIGURES_HEADER)
    for (const row of syntheticFigures(communes, FROM, DAYS, SEED)) yield csvLine(row)
  })())
  log(`${await importFile('figures', figures)} figures`)
  const file = join(app.config.dataFolder, 'cases.csv')
  await writeLines(file, caseLines(communes, cases))
  log(`${await importFile('cases', file)} cases`)
}

/** The product with such a province. Loading a million cases takes minutes, so the benches of one run each start on a copy of what the first of them loaded. */
export const openProvince = async (cases: number, log: (line: string) => void, options: BenchProductOptions = {}): Promise<BenchProduct> => {
  const shared = environmentWith()['LUYTRE_BENCH_SHARED']
  const kept = shared === undefined ? undefined : join(shared, `province-${cases}`)
  if (kept === undefined || !existsSync(kept)) {
    const product = await openBenchProduct(log, options)
    await loadProvince(product, cases, log)
    const owner = await product.pool(1, 'owner')
    // What autovacuum does within the minute.
    await owner.query('vacuum analyze')
    if (kept === undefined) return product
    await product.close(kept)
  }
  return openBenchProduct(log, { ...options, from: kept })
}
