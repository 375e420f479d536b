import type { Problem, Result } from '#base'
import type { Actor } from '#platform/access'
import { perform, type Door } from '#platform/commands'
import type { Importer, ReadContext } from './importer.ts'
import { batchCommandId, type Run, type RunCounts } from './run.ts'
import { importStopped, type RunCommands } from './run-commands.ts'
import type { Layout } from './run-layout.ts'
import { readBatches, type ReadBatch } from './run-read.ts'
import type { TableSource } from './table.ts'

export interface CommitWork {
  readonly door: Door
  readonly actor: Actor
  readonly importer: Importer
  readonly commands: RunCommands
  readonly context: ReadContext
  readonly table: TableSource
  readonly layout: Layout
  readonly run: Run
  /** Says how many rows of this batch are in; `true` back stops after it. */
  readonly step: (rows: number) => Promise<boolean>
}

/** How the writing of a file ended; `stopped` when the engine was told to, `taken_over` when the run is no longer running. */
export type CommitEnd = 'complete' | 'stopped' | 'taken_over' | { readonly failed: Problem }

/**
 * Writes a file batch by batch, each one command through the door. While a batch is being written the next one is read:
 * two batches are in memory, one connection is used. Batches that are in already are passed over.
 */
export const commitFile = async (work: CommitWork): Promise<CommitEnd> => {
  let writing: Promise<Written> = Promise.resolve({ end: undefined })
  for await (const batch of readBatches(work.importer, work.context, work.table, work.layout, work.run.batches)) {
    const { end } = await arrived(writing)
    if (end) return end
    if (!batch.ok) return { failed: batch.problem }
    writing = caught(writeBatch(work, batch.value))
  }
  const { end } = await arrived(writing)
  return end ?? 'complete'
}

interface Written {
  readonly end: CommitEnd | undefined
  /** An exception is a bug or a lost database; it must not be thrown while nobody waits. */
  readonly thrown?: { readonly error: unknown }
}

const caught = (writing: Promise<CommitEnd | undefined>): Promise<Written> =>
  writing.then((end) => ({ end }), (error: unknown) => ({ end: undefined, thrown: { error } }))

const arrived = async (writing: Promise<Written>): Promise<Written> => {
  const written = await writing
  if (written.thrown) throw written.thrown.error
  return written
}

const writeBatch = async (work: CommitWork, read: ReadBatch): Promise<CommitEnd | undefined> => {
  const { door, actor, commands, layout, context, run } = work
  const done: Result<RunCounts> = await perform(door, commands.batch(read, layout, context), {
    actor,
    id: batchCommandId(run.id, read.number),
    body: { importId: run.id, batch: read.number, firstRow: read.firstRow, lastRow: read.lastRow, rows: read.count, sha256: read.digest },
  })
  if (!done.ok) return done.problem.code === importStopped.code ? 'taken_over' : { failed: done.problem }
  return (await work.step(read.count)) ? 'stopped' : undefined
}
