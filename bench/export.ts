import { createWriteStream, statSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pgCopy from 'pg-copy-streams'
import { peakMegabytes, round, timed, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'
import { openProvince } from './province.ts'
import { PROVINCE } from './season.ts'

const TARGET = 0.5
const ROWS = 1_000_000

/** The columns of the list export, as they lie in the table. */
const COLUMNS = `number, national_number, sender, sender_number, full_name, birth_on, birth_year, sex, national_id, phone, ethnicity, occupation, province_id, district_id,
  area_id, permanent_address, current_address, workplace, onset_on, sample_on, result_on, reported_on, admitted_on, admitted_to, diagnosis, test_type, detection_source,
  severity, outcome, outcome_on, vaccine_dose_count, infector_number, exposure_note, reporter, reporter_unit`

const megabytes = (): number => Math.round(process.memoryUsage().rss / 2 ** 20)

/** Every case as CSV over HTTP, signed in, under row security, areas and choices in words, against `COPY` of the same columns as its owner. */
export const exporting = async ({ rows = ROWS, log }: BenchOptions): Promise<Outcome> => {
  const product = await openProvince(rows, log)
  try {
    const { app, url } = product
    const owner = await product.pool(1, 'owner')
    const headers = await product.signIn('epidemiologist', [PROVINCE])

    /** Reads an answer to its end; how much came, and the most memory held over what was held before. Lines are not counted while the time is taken: the baseline counts none. */
    const fetched = async (path: string, seen: (chunk: Buffer) => void = () => {}): Promise<{ bytes: number; grown: number }> => {
      const before = megabytes()
      let most = before
      let bytes = 0
      const [response] = (await once(get(new URL(path, url), { headers }), 'response')) as [IncomingMessage]
      if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`)
      const timer = setInterval(() => (most = Math.max(most, megabytes())), 50)
      await pipeline(response, new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          bytes += chunk.length
          seen(chunk)
          done()
        },
      }))
      clearInterval(timer)
      return { bytes, grown: most - before }
    }
    const best = { csv: Infinity, xlsx: Infinity, copy: Infinity, file: Infinity }
    const grown = { csv: 0, xlsx: 0 }
    let lines = 0
    const { bytes } = await fetched('/api/cases/export.csv', (chunk) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++
    })
    if (lines !== rows + 1) throw new Error(`${lines} lines`)
    for (let n = 0; n < TRIES; n++) {
      const copy = await timed(async () => {
        const client = await owner.connect()
        try {
          await pipeline(client.query(pgCopy.to(`copy (select ${COLUMNS} from case_record order by reported_on desc, id desc) to stdout (format csv, header)`)), new Writable({ write: (_chunk, _encoding, done) => done() }))
        } finally {
          client.release()
        }
      })
      best.copy = Math.min(best.copy, copy.seconds)
      const csv = await timed(() => fetched('/api/cases/export.csv'))
      if (csv.value.bytes !== bytes) throw new Error(`${csv.value.bytes} bytes, once ${bytes}`)
      best.csv = Math.min(best.csv, csv.seconds)
      grown.csv = Math.max(grown.csv, csv.value.grown)
    }
    const xlsx = await timed(() => fetched('/api/cases/export.xlsx'))
    best.xlsx = xlsx.seconds
    grown.xlsx = xlsx.value.grown
    // What writing as much to the disk takes.
    const zeros = Buffer.alloc(65_536)
    const target = join(app.config.dataFolder, 'zeros')
    const written = await timed(() => pipeline(async function* () {
      for (let left = bytes; left > 0; left -= zeros.length) yield zeros
    }, new Transform({ transform: (chunk: Buffer, _encoding, done) => done(null, chunk) }), createWriteStream(target)))
    best.file = written.seconds
    const ratio = round(best.copy / best.csv)
    return {
      bench: 'export', ratio, target: `ratio ≥ ${TARGET}; memory constant`, reached: ratio >= TARGET && grown.csv < 150 && grown.xlsx < 250,
      baseline: { copy_s: round(best.copy) },
      product: { csv_s: round(best.csv), csv_mb: Math.round(bytes / 2 ** 20), csv_memory_grown_mb: grown.csv, xlsx_s: round(best.xlsx), xlsx_mb: Math.round(xlsx.value.bytes / 2 ** 20), xlsx_memory_grown_mb: grown.xlsx },
      calibration: { writing_as_much_to_disk_s: round(best.file), bytes_on_disk_mb: Math.round(statSync(target).size / 2 ** 20) }, rows, peak_rss_mb: peakMegabytes(), versions: versions(product.postgres),
    }
  } finally {
    await product.close()
  }
}
