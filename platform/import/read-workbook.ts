import { Worker } from 'node:worker_threads'
import { ok, problem, refuse, type Problem, type Result } from '#base'
import type { Merge, Row } from './table.ts'

export interface Workbook {
  readonly sheets: readonly string[]
  readonly sheet: string
  readonly merges: readonly Merge[]
  readonly rows: readonly Row[]
}

/** What the worker sends: some rows, then the rest of the workbook or the reason why not. */
export type WorkerMessage = { readonly rows: readonly Row[] } | { readonly end: Result<Omit<Workbook, 'rows'>> }

/** A workbook file larger than this is sent as CSV instead. Unit: bytes. */
export const LARGEST_WORKBOOK = 64 * 1024 * 1024

/** Memory a workbook may take while it is read. Unit: megabytes. */
const WORKER_MEMORY = 1536

/**
 * Reads one sheet of an XLSX, XLSB, XLS or ODS file, or of the HTML and XML tables that other systems name `.xls`.
 * Done in a thread of its own: 50 000 rows take SheetJS some seconds, in which the server has others to answer, and a
 * file made to exhaust memory ends the thread only. Without `sheet` the first visible one that holds anything.
 * Problems `not_a_spreadsheet`, `password_protected`, `file_too_large`, `unknown_sheet`, `empty_file`.
 */
export const readWorkbook = (bytes: Uint8Array, sheet?: string): Promise<Result<Workbook>> =>
  bytes.length > LARGEST_WORKBOOK
    ? Promise.resolve(refuse(tooLarge))
    : new Promise((resolve) => {
        const worker = new Worker(new URL('./read-workbook-worker.ts', import.meta.url), {
          workerData: { bytes, sheet },
          resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY },
        })
        const rows: Row[] = []
        worker.on('message', (message: WorkerMessage) => {
          if ('rows' in message) for (const row of message.rows) rows.push(row)
          else resolve(message.end.ok ? ok({ ...message.end.value, rows }) : message.end)
        })
        worker.on('error', (error) =>
          resolve(refuse('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge : problem('not_a_spreadsheet'))),
        )
      })

const tooLarge: Problem = problem('file_too_large')
