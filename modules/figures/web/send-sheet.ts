import type { Problem, Result } from '#base'
import type { ProblemDocument } from '#web'
import type { Outgoing, Sheet } from './sheet.ts'

export interface SendOutcome {
  readonly sent: number
  readonly refused: number
  readonly held: number
  /** Why nothing more could be sent: no connection, no right. */
  readonly problem: ProblemDocument | undefined
}

type Send = (cells: readonly Outgoing[]) => Promise<Result<{ readonly held: readonly unknown[] }, ProblemDocument>>

/**
 * Sends what was typed. The server takes all cells or none, so those it refuses get their fault and the others are sent again
 * without them. Without an answer everything stays typed, under the same command key.
 */
export const sendSheet = async (sheet: Sheet, send: Send): Promise<SendOutcome> => {
  let cells = sheet.outgoing()
  let refused = 0
  while (cells.length > 0) {
    sheet.sending(cells.map((cell) => cell.key))
    const answer = await send(cells)
    if (answer.ok) {
      sheet.sent(cells)
      return { sent: cells.length, refused, held: answer.value.held.length, problem: undefined }
    }
    const faults = faultsByCell(cells, answer.problem)
    sheet.notSent(cells.map((cell) => cell.key), faults)
    if (faults.size === 0) return { sent: 0, refused, held: 0, problem: answer.problem }
    refused += faults.size
    cells = cells.filter((cell) => !faults.has(cell.key))
  }
  return { sent: 0, refused, held: 0, problem: undefined }
}

/** `cells/3/value` is the fourth cell sent. */
const faultsByCell = (cells: readonly Outgoing[], refusal: ProblemDocument): Map<string, Problem> => {
  const faults = new Map<string, Problem>()
  for (const { code, params, field } of refusal.problems ?? [refusal]) {
    const cell = cells[Number(/^cells\/(\d+)(\/|$)/.exec(field ?? '')?.[1] ?? NaN)]
    if (cell) faults.set(cell.key, { code, ...(params ? { params } : {}) })
  }
  return faults
}
