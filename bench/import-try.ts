// One import of the bench `import`, in a process of its own: an office opens one installation, and memory is told of a whole process.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { SyntheticCommune } from '#demo'
import { sql, type Tx } from '#platform/db'
import { peakMegabytes, timed } from './outcome.ts'
import { openBenchProduct, type BenchProduct } from './product.ts'
import { caseLines, communesOf, writeLines } from './season.ts'

export interface ImportTry {
  readonly rows: number
  /** Writes the same by hand as well: once is enough to see what could be had at best. */
  readonly byHand: boolean
}

/** Seconds, and the most memory the process had up to the end of the import. Unit: megabytes. */
export interface ImportTried {
  readonly product: number
  readonly copy: number
  readonly set: number | undefined
  readonly memory: number
  readonly postgres: string
}

const fill = async ({ app, importFile, postgres }: BenchProduct, { rows, byHand }: ImportTry): Promise<ImportTried> => {
  const { database, areas, config } = app
  const file = join(config.dataFolder, 'cases.csv')
  const writer = fork(import.meta.filename)
  writer.send({ file, rows, communes: await communesOf(database, areas.tree()) } satisfies FileOrder)
  await once(writer, 'exit')
  const settle = (): Promise<unknown> => database.owner((tx) => tx.run(sql`checkpoint`))
  await settle()
  const product = await timed(async () => {
    const accepted = await importFile('cases', file)
    if (accepted !== rows) throw new Error(`${accepted} of ${rows} rows`)
  })
  const memory = peakMegabytes()

  // The rows as they are in the registry now, ready to be copied: nothing is left for COPY to work out.
  const copied = join(config.dataFolder, 'cases.copy')
  const columns = await database.owner(copyable)
  await database.owner(async (tx) => pipeline(await tx.copyOut(`copy (select ${columns} from case_record) to stdout`), createWriteStream(copied)))
  await database.owner((tx) => tx.run(sql`create table bare_case (like case_record including all) with (fillfactor = 80)`))
  await settle()
  const copy = await timed(() => database.owner(async (tx) => pipeline(createReadStream(copied), await tx.copyIn(`copy bare_case (${columns}) from stdin`))))
  await settle()
  const set = byHand ? await timed(() => database.owner((tx) => bySet(tx, copied, columns))) : undefined
  return { product: product.seconds, copy: copy.seconds, set: set?.seconds, memory, postgres }
}

/** Columns of a case that are not generated. */
const copyable = async (tx: Tx): Promise<string> =>
  (await tx.first(sql<{ columns: string }>`
    select string_agg(attname, ', ' order by attnum) as columns from pg_attribute
    where attrelid = 'case_record'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`))?.columns ?? ''

/** The same writing by hand, all rows at once: persons, cases, deltas and their sums, with nothing to read, judge or refuse. */
const bySet = async (tx: Tx, file: string, columns: string): Promise<void> => {
  const run = (statement: string): Promise<number> => tx.run(sql.raw(statement))
  await run('create table by_hand_case (like case_record including all) with (fillfactor = 80)')
  await run('create table by_hand_person (like person including all) with (fillfactor = 80)')
  await run('create table by_hand_delta (like indicator_delta including all)')
  await run('create table by_hand_sum (like indicator_sum including all) with (fillfactor = 80)')
  await run(`create temporary table staged on commit drop as select ${columns} from case_record with no data`)
  await pipeline(createReadStream(file), await tx.copyIn(`copy staged (${columns}) from stdin`))
  await run(`insert into by_hand_person (id, full_name, name_key, birth_on, birth_year, sex, national_id, phone, area_id, area_pos, import_id, recorded_at, changed_at)
    select person_id, full_name, name_key, birth_on, birth_year, sex, national_id, phone, area_id, area_pos, import_id, recorded_at, changed_at from staged`)
  await run(`insert into by_hand_case (${columns}) select ${columns} from staged`)
  await run(`insert into by_hand_delta (area_id, area_pos, day, disease, metric, delta, recorded_at, command_id)
    select area_id, area_pos, reported_on, disease, metric, count(*), max(recorded_at), command_id
    from staged cross join lateral (values ('cases_new', true), ('cases_community', detection_source = 'community')) as m (metric, counts)
    where counts group by area_id, area_pos, reported_on, disease, metric, command_id`)
  await run(`insert into by_hand_sum (disease, metric, area_id, day, area_pos, value, changed_at)
    select disease, metric, area_id, day, area_pos, sum(delta), max(recorded_at) from by_hand_delta group by disease, metric, area_id, day, area_pos`)
}

/** The line list to import, written by yet another process: what that takes is not the product's. */
interface FileOrder {
  readonly file: string
  readonly rows: number
  readonly communes: readonly SyntheticCommune[]
}

process.once('message', (order: ImportTry | FileOrder) => {
  void (async () => {
    if ('file' in order) {
      await writeLines(order.file, caseLines(order.communes, order.rows))
      return process.disconnect()
    }
    const product = await openBenchProduct((line) => console.error(line))
    try {
      process.send?.(await fill(product, order))
    } finally {
      await product.close()
      process.disconnect()
    }
  })()
})
