import { join } from 'node:path'
import { csvLine, FIGURES_HEADER, syntheticFigures } from '#demo'
import type { BenchProduct } from './product.ts'
import { caseLines, communesOf, DAYS, FROM, SEED, writeLines } from './season.ts'

/** A province at work: a year of coverage and capacity of every commune as figures, its cases in the registry. */
export const loadProvince = async ({ app, importFile }: BenchProduct, cases: number, log: (line: string) => void): Promise<void> => {
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
