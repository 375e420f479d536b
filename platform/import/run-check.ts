import { ok, problem, type Result } from '#base'
import type { Database, Scope } from '#platform/db'
import type { Importer, ReadContext, RowRemark } from './importer.ts'
import { addCounts, NO_COUNTS, severityOf, tally, type AreaChoice, type Fault, type Run, type RunCounts } from './run.ts'
import { FileKeys } from './run-keys.ts'
import { faultMaker, type Layout } from './run-layout.ts'
import { readBatches, type ReadBatch } from './run-read.ts'
import { clearFaults, insertFaults } from './run-store.ts'
import type { TableSource } from './table.ts'

/** How many different ambiguous names are offered for choice; a file with more has another fault. */
const MOST_CHOICES = 500

export interface Preview {
  readonly counts: RunCounts
  readonly choices: readonly AreaChoice[]
}

export interface CheckWork {
  readonly database: Database
  readonly scope: Scope
  readonly importer: Importer
  readonly context: ReadContext
  readonly table: TableSource
  readonly layout: Layout
  readonly run: Run
  /** Says how many rows are done; `true` back stops the check. */
  readonly step: (rows: number) => boolean
}

/**
 * Reads the whole file and asks the registry of every batch what it would refuse. Nothing of it is written but what was
 * said of the rows, which the next check replaces. Nothing comes back when it was stopped.
 */
export const checkFile = async (work: CheckWork): Promise<Result<Preview | undefined>> => {
  const { database, scope, importer, context, table, layout, run, step } = work
  const keys = new FileKeys()
  const choices = new Map<string, Writable<AreaChoice>>()
  let counts = NO_COUNTS
  await database.write(scope, async (tx) => ok(await clearFaults(tx, run.id)))
  for await (const batch of readBatches(importer, context, table, layout)) {
    if (!batch.ok) return batch
    const { faults, remarks } = await previewBatch(work, keys, batch.value)
    await database.write(scope, async (tx) => ok(await insertFaults(tx, run, faults)))
    collectChoices(choices, remarks, context)
    const said = tally(faults)
    counts = addCounts(counts, { rows: batch.value.count, accepted: batch.value.count - said.rejected, ...said })
    if (step(counts.rows)) return ok(undefined)
  }
  return ok({ counts, choices: [...choices.values()].toSorted((a, b) => b.rows - a.rows) })
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Remark = RowRemark & { readonly row: number }

const previewBatch = async (
  { database, scope, importer, context, layout }: CheckWork, keys: FileKeys, batch: ReadBatch,
): Promise<{ faults: Fault[]; remarks: Remark[] }> => {
  const toFault = faultMaker(layout)
  const faults = [...batch.faults]
  const first = batch.rows.filter(({ row, value }) => {
    const earlier = keys.claim(row, importer.keysOf?.(value) ?? [])
    if (!earlier) return true
    const { code, field } = earlier.key
    faults.push(toFault(row, { field, problem: problem(code, { params: { row: earlier.row } }) }, severityOf(code)))
    return false
  })
  if (first.length === 0) return { faults, remarks: [...batch.remarks] }
  const outcome = await database.read(scope, (tx) => importer.check(tx, first, context))
  for (const one of outcome.faults) faults.push(toFault(one.row, one, severityOf(one.problem.code)))
  for (const one of outcome.warnings) faults.push(toFault(one.row, one, 'warning'))
  return { faults, remarks: [...batch.remarks, ...outcome.faults, ...outcome.warnings] }
}

/** Of the areas that a text may mean, those the importing person may write in: no other is an answer. */
const collectChoices = (choices: Map<string, Writable<AreaChoice>>, remarks: readonly Remark[], { areas, permits }: ReadContext): void => {
  for (const { choice } of remarks) {
    if (!choice) continue
    const known = choices.get(choice.option)
    if (known) known.rows++
    if (known || choices.size >= MOST_CHOICES) continue
    const areaIds = choice.areaIds.filter((id) => {
      const area = areas.byId(id)
      return area !== undefined && permits(area.pos, area.posEnd)
    })
    if (areaIds.length > 0) choices.set(choice.option, { option: choice.option, text: choice.text, areaIds, rows: 1 })
  }
}
