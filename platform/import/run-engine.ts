import { ok, problem, refuse, type Id, type Problem, type Result } from '#base'
import { permits, rangesOf, scopeOf, type Actor } from '#platform/access'
import type { Areas } from '#platform/areas'
import { newId, now, today, type Clock } from '#platform/clock'
import { perform } from '#platform/commands'
import { EVERYWHERE, type Database, type Scope } from '#platform/db'
import { headerFingerprint } from './columns.ts'
import type { Encoding } from './decode.ts'
import { findHeader } from './header.ts'
import type { Importer, ReadContext } from './importer.ts'
import { batchCommandId, mayArrange, mayCommit, type Run, type RunProgress } from './run.ts'
import { checkFile } from './run-check.ts'
import { runCommands, type RunCommands } from './run-commands.ts'
import { commitFile, type CommitEnd } from './run-commit.ts'
import { RunFiles } from './run-file.ts'
import { columnsMissing, layOut, type Layout } from './run-layout.ts'
import { findRun, findSameFile, interruptAll, rememberedMapping, unknownImport, type Arrangement } from './run-store.ts'
import type { TableSource } from './table.ts'

export interface EngineDoor {
  readonly database: Database
  readonly areas: Areas
  readonly clock: Clock
  readonly config: { readonly dataFolder: string }
  readonly log: (line: string) => void
}

/** A file as it was understood. */
export interface Analysis {
  readonly table: TableSource
  readonly layout: Layout
  readonly context: ReadContext
  /** An earlier import of the same file that is still in. */
  readonly sameFile: Run | undefined
}

interface Work {
  readonly phase: RunProgress['phase']
  rows: number
  readonly expected: number | null
  readonly estimated: boolean
  stopping: boolean
  /** The command that says so, when somebody cancels what is being written. */
  cancelling?: Promise<unknown>
  done: Promise<Result<Run>>
}

interface Desk {
  readonly importer: Importer
  readonly commands: RunCommands
}

export interface NewFile {
  readonly id?: Id | undefined
  readonly kind: string
  readonly sender: string
  readonly fileName: string
  /** Told beforehand; else what the file itself says. */
  readonly encoding?: Encoding | null
  readonly sheet?: string | null
  readonly options: Readonly<Record<string, string>>
  readonly content: AsyncIterable<Uint8Array | string>
}

/** Runs imports: everything a file goes through between the sender and the registry, for the wizard, the API and the shell alike. */
export class RunEngine {
  readonly files: RunFiles
  readonly #door: EngineDoor
  readonly #desks: ReadonlyMap<string, Desk>
  readonly #works = new Map<Id, Work>()
  /** Why the last work on a file ended without doing anything; nobody may be waiting for its answer. */
  readonly #refusals = new Map<Id, Problem>()
  #closed = false

  constructor(door: EngineDoor, importers: readonly Importer[]) {
    this.#door = door
    this.files = new RunFiles(door.config.dataFolder)
    this.#desks = new Map(importers.map((importer) => [importer.kind, { importer, commands: runCommands(importer, door.areas) }]))
  }

  importer(kind: string): Importer | undefined {
    return this.#desks.get(kind)?.importer
  }

  /** Kinds of file the actor may import somewhere. */
  kindsOf(actor: Actor): readonly Importer[] {
    return [...this.#desks.values()].map(({ importer }) => importer).filter(({ permission }) => rangesOf(actor, permission).length > 0)
  }

  /** The import, if the actor may see it. Problem `unknown_import`. */
  async find(actor: Actor, id: Id): Promise<Result<Run>> {
    const run = await this.#door.database.read(EVERYWHERE, (tx) => findRun(tx, id))
    const importer = run && this.importer(run.kind)
    return run && importer && permits(actor, importer.permission, run.areaPos) ? ok(run) : refuse(unknownImport)
  }

  /** What is being worked on now. Asked before an import is read: work that ends in between has then left its mark there. */
  underWay(): ReadonlyMap<Id, RunProgress> {
    return new Map([...this.#works].map(([id, { phase, rows, expected, estimated }]) => [id, { phase, rows, expected, estimated }]))
  }

  refusal(id: Id): Problem | undefined {
    return this.#refusals.get(id)
  }

  /**
   * Keeps a file that was sent; one that is no table is not kept. With the id of an earlier call the import of that call.
   * Problems `unknown_kind`, `forbidden` and those of reading tables.
   */
  async upload(actor: Actor, file: NewFile): Promise<Result<Run>> {
    const desk = this.#desks.get(file.kind)
    if (!desk) return refuse(problem('unknown_kind', { field: 'kind', params: { kind: file.kind } }))
    if (!scopeOf(actor, desk.importer.permission)) return refuse(problem('forbidden', { status: 403 }))
    const id = file.id ?? newId(this.#door.clock)
    const known = file.id && (await this.#door.database.read(EVERYWHERE, (tx) => findRun(tx, id)))
    if (known) return known.createdBy === actor.id && known.kind === file.kind ? ok(known) : refuse(problem('command_conflict', { status: 409 }))
    const stored = await this.files.store(id, file.content)
    if (!stored.ok) return stored
    const { sender, fileName, options, encoding = null, sheet = null } = file
    const table = await this.files.open({ id, fileName, encoding, sheet })
    const made = table.ok
      ? await perform(this.#door, desk.commands.upload, { actor, id, body: { importId: id, sender, fileName, options, encoding, sheet, ...stored.value } })
      : table
    if (!made.ok) {
      await this.files.drop(id)
      return made
    }
    return this.find(actor, id)
  }

  /** How the file is understood now. Problems: `import_file_gone`, `no_header` and those of `openTable`. */
  async analyse(actor: Actor, run: Run): Promise<Result<Analysis>> {
    const { importer } = this.#desk(run)
    const table = await this.files.open(run)
    if (!table.ok) return table
    const header = findHeader(table.value)
    if (!header.ok) return header
    const scope = this.#scope(actor, importer)
    const fingerprint = headerFingerprint(header.value.columns)
    const { known, remembered, sameFile } = await this.#door.database.read(scope, async (tx) => ({
      known: await importer.prepare?.(tx), remembered: await rememberedMapping(tx, run, fingerprint), sameFile: await findSameFile(tx, run),
    }))
    const context = this.#context(actor, importer, run, known)
    return ok({ table: table.value, context, sameFile, layout: layOut(importer, context, table.value, header.value, run, remembered) })
  }

  /** Changes columns, sheet, encoding, sender or options while nothing is in; a preview under way is stopped for it. Problem `import_under_way`. */
  async arrange(actor: Actor, run: Run, to: Arrangement): Promise<Result<Run>> {
    const under = this.#works.get(run.id)
    if (under && under.phase !== 'check') return refuse(problem('import_under_way', { status: 409 }))
    if (under) {
      under.stopping = true
      await under.done
    }
    this.#refusals.delete(run.id)
    const done = await perform(this.#door, this.#desk(run).commands.arrange, { actor, body: { ...to, importId: run.id } })
    return done.ok ? this.find(actor, run.id) : done
  }

  /** Starts the preview, or finds it under way. Problems: `columns_missing`, `import_under_way` and those of `analyse`. */
  async check(actor: Actor, run: Run): Promise<Result<Work>> {
    const under = this.#works.get(run.id)
    if (under) return under.phase === 'check' ? ok(under) : refuse(problem('import_under_way', { status: 409 }))
    if (!mayArrange(run)) return refuse(problem('import_under_way', { status: 409 }))
    const ready = await this.#ready(actor, run)
    if (!ready.ok) return ready
    const { importer, commands } = this.#desk(run)
    const { table, layout, context } = ready.value
    return this.#work(run, 'check', table, async (work) => {
      const step = (rows: number): boolean => {
        work.rows = rows
        return work.stopping
      }
      const { database } = this.#door
      const preview = await checkFile({ database, scope: this.#scope(actor, importer), importer, context, table, layout, run, step })
      if (!preview.ok) return preview
      if (!preview.value) return this.find(actor, run.id)
      const settled = await perform(this.#door, commands.settleCheck, { actor, body: { importId: run.id, seen: run.changedAt, ...preview.value } })
      return settled.ok ? this.find(actor, run.id) : settled
    })
  }

  /**
   * Starts writing, or goes on where it stopped, or finds it under way or done; the work's `done` is the run in the end.
   * Problems: `columns_missing`, `import_undone`, `import_changed`, `import_under_way` and those of `analyse`.
   */
  async commit(actor: Actor, run: Run): Promise<Result<Work>> {
    const under = this.#works.get(run.id)
    if (under) return under.phase === 'commit' ? ok(under) : refuse(problem('import_under_way', { status: 409 }))
    if (run.status === 'undone') return refuse(problem('import_undone', { status: 409 }))
    if (!mayCommit(run)) return ok(finished(run))
    const ready = await this.#ready(actor, run)
    if (!ready.ok) return ready
    const { table, layout, context } = ready.value
    return this.#work(run, 'commit', table, async (work) => {
      const { importer, commands } = this.#desk(run)
      const body = { importId: run.id, seen: run.changedAt, mapping: layout.mapping, fingerprint: layout.fingerprint }
      const begun = await perform(this.#door, commands.begin, { actor, body })
      if (!begun.ok) return begun
      if (!begun.value.begun) return this.find(actor, run.id)
      const step = async (rows: number): Promise<boolean> => {
        work.rows += rows
        if (importer.changesAreas) await this.#door.areas.reload()
        return work.stopping
      }
      work.rows = run.batches > 0 ? run.counts.rows : 0
      let end: CommitEnd
      try {
        end = await commitFile({ door: this.#door, actor, importer, commands, context, table, layout, run, step })
      } catch (error) {
        await this.#settle(actor, run, commands, 'stopped')
        throw error
      }
      if (end === 'stopped' && work.cancelling) await work.cancelling
      else await this.#settle(actor, run, commands, end)
      return this.find(actor, run.id)
    })
  }

  /** Stops a check at once and a commit after the batch that is being written. */
  async cancel(actor: Actor, run: Run): Promise<Result<Run>> {
    const work = this.#works.get(run.id)
    if (work?.phase === 'check') {
      work.stopping = true
      await work.done
    }
    const settling = perform(this.#door, this.#desk(run).commands.settle, { actor, body: { importId: run.id, status: 'cancelled', problem: null } })
    if (work?.phase === 'commit') {
      // Otherwise the batches to come could go ahead of this command, one by one, until the file is in.
      work.cancelling = settling
      work.stopping = true
    }
    const settled = await settling
    if (!settled.ok) return settled
    await work?.done
    return this.find(actor, run.id)
  }

  /** Takes everything back that the import brought, in one transaction. Problems: `import_not_undoable`, `built_upon` with the list. */
  async undo(actor: Actor, run: Run): Promise<Result<Run>> {
    if (run.status === 'undone') return ok(run)
    const under = this.#works.get(run.id)
    if (under) return under.phase === 'undo' ? under.done : refuse(problem('import_under_way', { status: 409 }))
    const started = this.#work(run, 'undo', undefined, async () => {
      const { importer, commands } = this.#desk(run)
      const undone = await perform(this.#door, commands.undo, { actor, id: batchCommandId(run.id, 'undo'), body: { importId: run.id } })
      if (!undone.ok) return undone
      if (importer.changesAreas) await this.#door.areas.reload()
      return this.find(actor, run.id)
    })
    return started.ok ? started.value.done : started
  }

  /** Finds what an earlier process left in the middle. */
  async start(): Promise<void> {
    await this.#door.database.write(EVERYWHERE, async (tx) => ok(await interruptAll(tx, now(this.#door.clock))))
  }

  /** Lets the batches that are being written finish; the rest of their files can be continued. */
  async stop(): Promise<void> {
    this.#closed = true
    const running = [...this.#works.values()]
    for (const work of running) work.stopping = true
    await Promise.all(running.map(({ done }) => done))
    this.files.forget()
  }

  #desk(run: Pick<Run, 'kind'>): Desk {
    const desk = this.#desks.get(run.kind)
    if (!desk) throw new Error(`no importer of ${run.kind}`)
    return desk
  }

  #scope(actor: Actor, importer: Importer): Scope {
    const scope = scopeOf(actor, importer.permission)
    if (!scope) throw new Error('an import was found that its reader may not see')
    return scope
  }

  #context(actor: Actor, importer: Importer, run: Run, known: unknown): ReadContext {
    const { areas, clock } = this.#door
    return {
      get areas() {
        return areas.tree()
      },
      home: areas.root, today: today(clock), at: now(clock), sender: run.sender, fileName: run.fileName, options: run.options, known,
      permits: (lo, hi = lo) => permits(actor, importer.permission, lo, hi),
    }
  }

  async #ready(actor: Actor, run: Run): Promise<Result<Analysis>> {
    const analysis = await this.analyse(actor, run)
    const missing = analysis.ok ? columnsMissing(analysis.value.layout) : undefined
    return missing ? refuse(missing) : analysis
  }

  #work(run: Run, phase: Work['phase'], table: TableSource | undefined, does: (work: Work) => Promise<Result<Run>>): Result<Work> {
    if (this.#closed) return refuse(problem('closing', { status: 503 }))
    // Another request may have begun while this one was reading the file.
    const under = this.#works.get(run.id)
    if (under) return under.phase === phase ? ok(under) : refuse(problem('import_under_way', { status: 409 }))
    const counted = run.status === 'checked' ? run.counts.rows : undefined
    const work: Work = {
      phase, rows: 0, stopping: false, estimated: counted === undefined,
      expected: counted ?? (phase === 'undo' ? run.counts.accepted : table ? estimateRows(table, run.bytes) : null),
      done: Promise.resolve(ok(run)),
    }
    this.#works.set(run.id, work)
    this.#refusals.delete(run.id)
    work.done = this.#watched(run.id, does(work))
    return ok(work)
  }

  /** A fault of the program is said in the log; whoever looks at the import learns that there was one. */
  async #watched(id: Id, doing: Promise<Result<Run>>): Promise<Result<Run>> {
    const done = await doing.catch((error: unknown): Result<Run> => {
      this.#door.log(`import ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      return refuse(problem('import_broke', { status: 500 }))
    })
    if (!done.ok) this.#refusals.set(id, done.problem)
    this.#works.delete(id)
    return done
  }

  async #settle(actor: Actor, run: Run, commands: RunCommands, end: CommitEnd): Promise<void> {
    if (end === 'taken_over') return
    const status = end === 'complete' ? 'done' : end === 'stopped' ? 'interrupted' : 'failed'
    const why: Problem | null = typeof end === 'object' ? end.failed : null
    const settled = await perform(this.#door, commands.settle, {
      actor, body: { importId: run.id, status, problem: why && { code: why.code, ...(why.params && { params: why.params }) } },
    })
    if (!settled.ok) throw new Error(`the run could not be settled: ${settled.problem.code}`)
  }
}

/** Work that has nothing to do any more. */
const finished = (run: Run): Work => ({ phase: 'commit', rows: run.counts.rows, expected: run.counts.rows, estimated: false, stopping: false, done: Promise.resolve(ok(run)) })

/** Rows in a text file, judged by the size of its first ones; nothing for other formats, where they are not worth counting. */
const estimateRows = (table: TableSource, bytes: number): number | null => {
  if (table.format !== 'text' || table.head.length === 0) return null
  const size = table.head.reduce((sum, row) => sum + row.cells.reduce((length, cell) => length + Buffer.byteLength(cell.text) + 1, 1), 0)
  return Math.max(table.head.length, Math.round((bytes * table.head.length) / size))
}
