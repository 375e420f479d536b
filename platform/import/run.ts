import { createHash } from 'node:crypto'
import { uuidV7, type Id, type Instant, type Language, type Problem } from '#base'
import type { Range } from '#platform/access'
import type { Mapping } from './columns.ts'
import type { Encoding } from './decode.ts'

/**
 * How far a file has come. Only `running` is left by itself; a process that dies leaves it to the next start, which says
 * `interrupted`. What is in stays in until it is undone.
 */
export const RUN_STATUSES = ['uploaded', 'checked', 'running', 'cancelled', 'interrupted', 'failed', 'done', 'undone'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** `rows = accepted + rejected`; `duplicates` of the rejected are known already; `warnings` are remarks, of which one row may have several. */
export interface RunCounts {
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly duplicates: number
  readonly warnings: number
}

/** An ambiguous area name of the file, and the areas it may be. */
export interface AreaChoice {
  /** Key of the answer in the options. */
  readonly option: string
  readonly text: string
  readonly areaIds: readonly number[]
  /** Rows it stands in. */
  readonly rows: number
}

/** A file that was sent to be imported. */
export interface Run {
  readonly id: Id
  readonly kind: string
  readonly sender: string
  readonly fileName: string
  readonly sha256: string
  readonly bytes: number
  /** Chosen by a person; else what the file itself says. */
  readonly encoding: Encoding | null
  readonly sheet: string | null
  readonly mapping: Mapping | null
  readonly options: Readonly<Record<string, string>>
  readonly choices: readonly AreaChoice[]
  readonly status: RunStatus
  readonly counts: RunCounts
  readonly batches: number
  /** Last row of the file that is in. */
  readonly rowReached: number | null
  readonly problem: Problem | null
  readonly areaPos: number
  readonly ranges: readonly Range[]
  readonly createdBy: string
  readonly createdByName: string
  readonly createdAt: Instant
  readonly changedAt: Instant
  readonly finishedAt: Instant | null
  readonly undoneAt: Instant | null
}

export type Severity = 'fault' | 'duplicate' | 'warning'

/** Something said of a row, at the sender's own column. */
export interface Fault {
  readonly row: number
  readonly column: number | null
  readonly label: string | null
  readonly field: string | null
  readonly severity: Severity
  readonly code: string
  readonly params: Readonly<Record<string, string | number>> | null
}

/**
 * Rows in one command; 02-architecture §3 allows 10 000. Half of that costs the database some 7 per cent more a row and
 * saves a quarter of the memory: a million cases then pass through 450 MB instead of 600.
 */
export const BATCH_ROWS = 5_000

/** The id of the command of a batch: always the same for the same batch, so that a second try after a lost answer is done once. */
export const batchCommandId = (importId: Id, step: number | 'undo'): Id =>
  uuidV7(Number.parseInt(importId.slice(0, 8) + importId.slice(9, 13), 16), createHash('sha256').update(`${importId} ${step}`).digest())

/** Columns, sheet and options may change while nothing of the file is in. */
export const mayArrange = (run: Run): boolean => ['uploaded', 'checked'].includes(run.status) || (run.status === 'failed' && run.batches === 0)

/** Committed for the first time, or continued where it stopped. */
export const mayCommit = (run: Run): boolean => ['uploaded', 'checked', 'cancelled', 'interrupted', 'failed'].includes(run.status)

export const mayUndo = (run: Run): boolean => run.batches > 0 && ['cancelled', 'interrupted', 'failed', 'done'].includes(run.status)

export const severityOf = (code: string): Severity => (code.startsWith('duplicate') ? 'duplicate' : 'fault')

/** Rows of a batch that are refused, and those of them that are known already. */
export const tally = (faults: readonly Fault[]): { readonly rejected: number; readonly duplicates: number; readonly warnings: number } => {
  const rejected = new Set<number>()
  const duplicates = new Set<number>()
  let warnings = 0
  for (const { row, severity } of faults) {
    if (severity === 'warning') warnings++
    else rejected.add(row)
    if (severity === 'duplicate') duplicates.add(row)
  }
  return { rejected: rejected.size, duplicates: duplicates.size, warnings }
}

export const addCounts = (a: RunCounts, b: RunCounts): RunCounts => ({
  rows: a.rows + b.rows, accepted: a.accepted + b.accepted, rejected: a.rejected + b.rejected, duplicates: a.duplicates + b.duplicates,
  warnings: a.warnings + b.warnings,
})

export const NO_COUNTS: RunCounts = { rows: 0, accepted: 0, rejected: 0, duplicates: 0, warnings: 0 }

/** What `luytre import` prints. */
export interface Report extends RunCounts {
  readonly errors: { readonly row: number; readonly column: string | null; readonly code: string; readonly message: string }[]
  readonly import_id: Id
}

type Sentence = (language: Language, key: string, params?: Readonly<Record<string, string | number>>) => string

/** The sentence of a fault in the reader's language. */
export const faultSentence = (sentence: Sentence, language: Language, fault: Pick<Fault, 'code' | 'params'>): string =>
  sentence(language, `problem.${fault.code}`, fault.params ?? undefined)

export const reportOf = (run: Run, faults: readonly Fault[], sentence: Sentence, language: Language): Report => ({
  ...run.counts,
  errors: faults.filter(({ severity }) => severity !== 'warning').map((fault) => ({
    row: fault.row, column: fault.label, code: fault.code, message: faultSentence(sentence, language, fault),
  })),
  import_id: run.id,
})

/** What the work on a file is doing now. */
export interface RunProgress {
  readonly phase: 'check' | 'commit' | 'undo'
  /** Data rows done. */
  readonly rows: number
  /** Data rows in the file: counted, or judged by its size (`estimated`). */
  readonly expected: number | null
  readonly estimated: boolean
}

