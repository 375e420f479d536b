import { createWriteStream, openAsBlob } from 'node:fs'
import { once } from 'node:events'
import { csvLine, SYNTHETIC_HEADER, syntheticCases } from '#demo'
import type { BenchProduct } from './product.ts'
import { timed } from './outcome.ts'
import { COLUMNS, communesOf, DAYS, FROM, SEED } from './season.ts'

/** Writes a line list of so many cases, as an office would send it. */
export const writeCaseFile = async (product: BenchProduct, file: string, count: number): Promise<void> => {
  const communes = await communesOf(product.app.database, product.app.areas.tree())
  const out = createWriteStream(file)
  out.write(csvLine(SYNTHETIC_HEADER.slice(0, COLUMNS)))
  let part: string[] = []
  for (const row of syntheticCases({ communes, count, seed: SEED, from: FROM, days: DAYS })) {
    if (part.push(csvLine(row.slice(0, COLUMNS))) < 5000) continue
    if (!out.write(part.join(''))) await once(out, 'drain')
    part = []
  }
  out.end(part.join(''))
  await once(out, 'finish')
}

/** Imports the file through the product, as the shell does. Unit: seconds. */
export const importCaseFile = async (product: BenchProduct, file: string, count: number, headers: Readonly<Record<string, string>>, sender: string): Promise<{ seconds: number; importId: string }> => {
  const form = new FormData()
  form.append('file', await openAsBlob(file), 'cases.csv')
  const { value: report, seconds } = await timed(async () => {
    const answer = await fetch(new URL(`/api/imports/run?kind=cases&sender=${sender}`, product.url), { method: 'POST', headers, body: form })
    return (await answer.json()) as { accepted: number; rejected: number; import_id: string }
  })
  if (report.accepted + report.rejected !== count || report.accepted < count * 0.99) throw new Error(`import: ${JSON.stringify(report).slice(0, 500)}`)
  return { seconds, importId: report.import_id }
}
