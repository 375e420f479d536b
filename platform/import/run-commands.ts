import { z } from 'zod'
import { day, ok, problem, refuse, type Id, type Problem, type Result } from '#base'
import { rangesOf } from '#platform/access'
import type { Areas } from '#platform/areas'
import { command, type CommandContext } from '#platform/commands'
import { ENCODINGS } from './decode.ts'
import type { Importer, ReadContext } from './importer.ts'
import { addCounts, mayArrange, mayCommit, mayUndo, NO_COUNTS, severityOf, tally, type Fault, type Run, type RunCounts } from './run.ts'
import { faultMaker, type Layout } from './run-layout.ts'
import type { ReadBatch } from './run-read.ts'
import { arrangeRun, changeRun, clearFaults, insertFaults, insertRun, lockRun, rememberMapping, unknownImport } from './run-store.ts'

const importId = z.uuid()
const options = z.record(z.string().max(300), z.string().max(300))
const mapping = z.record(z.string().max(200), z.int().min(0).max(20_000))
const count = z.int().min(0)
const counts = z.object({ rows: count, accepted: count, rejected: count, duplicates: count, warnings: count })
const encoding = z.enum(ENCODINGS).nullable()
const sheet = z.string().max(200).nullable()
const why = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
const sender = z.string().trim().max(120).transform((name) => name.replace(/\s+/g, ' '))

export const arrangement = z.object({
  sender, encoding, sheet, mapping: mapping.nullable(), options,
})

/** Before every reform: the province as it was set up, under whose position everyone of it finds the import. */
const EARLIEST = day('0001-01-01')

const changedMeanwhile = problem('import_changed', { status: 409 })
/** Not an error of anyone: it was cancelled, or another process went on with it. */
export const importStopped = problem('import_stopped', { status: 409 })

/** The run, locked for the rest of the transaction; only who may write wherever its importer could may go on with it. */
const take = async (context: CommandContext, id: Id): Promise<Result<Run>> => {
  const run = await lockRun(context.tx, id)
  if (!run) return refuse(unknownImport)
  if (!run.ranges.every(({ lo, hi }) => context.permits(lo, hi))) return refuse(problem('forbidden', { status: 403 }))
  context.areaPos = run.areaPos
  return ok(run)
}

/** The commands that move a run of one kind; rows of a batch travel beside the body, which carries their digest. */
export const runCommands = (importer: Importer, areas: Pick<Areas, 'root'>) => {
  const { kind, permission } = importer

  const upload = command({
    name: 'imports.upload', permission,
    body: z.object({ importId, sender, encoding, sheet, fileName: z.string().max(300), sha256: z.string().length(64), bytes: count, options }),
    perform: async (context, body): Promise<Result<{ id: Id }>> => {
      const root = areas.root(EARLIEST)
      const own = context.actor.grants.find(({ role }) => permission.roles.includes(role))
      const areaPos = context.permits(root.pos, root.posEnd) ? root.pos : own && context.areas.byId(own.areaId)?.pos
      if (areaPos === undefined) return refuse(problem('forbidden', { status: 403 }))
      context.areaPos = areaPos
      await insertRun(context.tx, {
        id: body.importId, kind, sender: body.sender, fileName: body.fileName, sha256: body.sha256, bytes: body.bytes, encoding: body.encoding, sheet: body.sheet,
        mapping: null, options: body.options, choices: [], status: 'uploaded', counts: NO_COUNTS, batches: 0, rowReached: null, problem: null, areaPos, ranges: rangesOf(context.actor, permission),
        createdBy: context.actor.id, createdByName: context.actor.name, createdAt: context.at, changedAt: context.at, finishedAt: null, undoneAt: null,
      })
      return ok({ id: body.importId })
    },
  })

  const arrange = command({
    name: 'imports.arrange', permission, body: arrangement.extend({ importId }),
    perform: async (context, { importId, ...to }): Promise<Result<null>> => {
      const run = await take(context, importId)
      if (!run.ok) return run
      if (!mayArrange(run.value)) return refuse(problem('import_under_way', { status: 409 }))
      await arrangeRun(context.tx, importId, to, context.at)
      return ok(null)
    },
  })

  const settleCheck = command({
    name: 'imports.check', permission,
    body: z.object({
      importId, seen: z.string(), counts,
      choices: z.array(z.object({ option: z.string(), text: z.string(), areaIds: z.array(z.int()), rows: count })),
    }),
    perform: async (context, { importId, seen, counts, choices }): Promise<Result<null>> => {
      const run = await take(context, importId)
      if (!run.ok) return run
      if (run.value.changedAt !== seen || !mayArrange(run.value)) return refuse(changedMeanwhile)
      await changeRun(context.tx, importId, { status: 'checked', at: context.at, counts, choices })
      return ok(null)
    },
  })

  const begin = command({
    name: 'imports.begin', permission, body: z.object({ importId, seen: z.string(), mapping, fingerprint: z.string() }),
    perform: async (context, { importId, seen, mapping, fingerprint }): Promise<Result<{ begun: boolean }>> => {
      const taken = await take(context, importId)
      if (!taken.ok) return taken
      const run = taken.value
      if (run.status === 'undone') return refuse(problem('import_undone', { status: 409 }))
      // The second of two clicks: what it asks for is happening, or has happened.
      if (!mayCommit(run)) return ok({ begun: false })
      if (run.changedAt !== seen) return refuse(changedMeanwhile)
      if (run.batches === 0) await clearFaults(context.tx, importId)
      await changeRun(context.tx, importId, {
        status: 'running', at: context.at, mapping, problem: null, ...(run.batches === 0 ? { counts: NO_COUNTS } : {}),
      })
      await rememberMapping(context.tx, run, fingerprint, mapping, context.actor.id, context.at)
      return ok({ begun: true })
    },
  })

  /** One batch: the rows of it, what was said of them and how far the run has come, in one transaction. */
  const batch = (read: ReadBatch, layout: Layout, reading: ReadContext) =>
    command({
      name: `imports.${kind}`, permission, body: z.object({ importId, batch: count, firstRow: count, lastRow: count, rows: count, sha256: z.string() }),
      perform: async (context, { importId }): Promise<Result<RunCounts>> => {
        const taken = await take(context, importId)
        if (!taken.ok) return taken
        const run = taken.value
        if (run.status !== 'running' || run.batches !== read.number) return refuse(importStopped)
        const written = read.rows.length > 0 ? await importer.write(context, read.rows, reading, importId) : ok({ accepted: 0, faults: [], warnings: [] })
        if (!written.ok) return written
        const toFault = faultMaker(layout)
        const faults: Fault[] = [
          ...read.faults,
          ...written.value.faults.map((one) => toFault(one.row, one, severityOf(one.problem.code))),
          ...written.value.warnings.map((one) => toFault(one.row, one, 'warning')),
        ]
        const said = tally(faults)
        if (written.value.accepted + said.rejected !== read.count) {
          throw new Error(`${kind}: of ${read.count} rows ${written.value.accepted} were taken and ${said.rejected} refused`)
        }
        const done: RunCounts = { rows: read.count, accepted: written.value.accepted, ...said }
        await insertFaults(context.tx, run, faults)
        await changeRun(context.tx, importId, {
          status: 'running', at: context.at, counts: addCounts(run.counts, done), batches: read.number + 1, rowReached: read.lastRow,
        })
        return ok(done)
      },
    })

  /** What ends the running of a run. */
  const settle = command({
    name: 'imports.settle', permission, body: z.object({ importId, status: z.enum(['done', 'cancelled', 'interrupted', 'failed']), problem: why.nullable() }),
    perform: async (context, { importId, status, problem }): Promise<Result<{ settled: boolean }>> => {
      const run = await take(context, importId)
      if (!run.ok) return run
      if (run.value.status !== 'running') return ok({ settled: false })
      await changeRun(context.tx, importId, { status, at: context.at, problem: problem as Problem | null, finished: status === 'done' })
      return ok({ settled: true })
    },
  })

  const undo = command({
    name: `imports.${kind}.undo`, permission: importer.undoPermission, body: z.object({ importId }),
    perform: async (context, { importId }): Promise<Result<{ undone: number }>> => {
      const run = await take(context, importId)
      if (!run.ok) return run
      if (!mayUndo(run.value)) return refuse(problem('import_not_undoable', { status: 409 }))
      const undone = await importer.undo(context, importId)
      if (!undone.ok) return undone
      await changeRun(context.tx, importId, { status: 'undone', at: context.at, undoneBy: context.actor.id })
      return undone
    },
  })

  return { upload, arrange, settleCheck, begin, batch, settle, undo }
}

export type RunCommands = ReturnType<typeof runCommands>
