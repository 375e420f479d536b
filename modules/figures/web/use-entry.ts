import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ok, refuse, type PlainDate } from '#base'
import { call, CONNECTION_LOST, keyOf, newId, ProblemError, useActor, type ProblemDocument } from '#web'
import { listFigures, listHeld, listMissing, readGrid, reportGrid, type GridShown } from '../contract.ts'
import { DEFAULT_DISEASE } from '../figure.ts'
import { KeptCells } from './kept-cells.ts'
import { sendSheet, type SendOutcome } from './send-sheet.ts'
import { Sheet } from './sheet.ts'

export interface Entry {
  readonly sheet: Sheet
  /** Whether this machine keeps what is typed. */
  readonly safe: () => boolean
  readonly pending: boolean
  /** Why the last sending did not come through. */
  readonly problem: ProblemDocument | undefined
  readonly save: () => Promise<SendOutcome | undefined>
}

/** The sheet of one day for this reader: what is typed is kept on the machine, and sent as commands that are done once. */
export const useEntry = (day: PlainDate, grid: GridShown | undefined): Entry => {
  const cache = useQueryClient()
  const actorId = useActor()?.id ?? ''
  const { sheet, kept } = useMemo(() => {
    const cells = new KeptCells(actorId, day, DEFAULT_DISEASE)
    return { kept: cells, sheet: new Sheet(cells.drafts, (drafts) => cells.keep(drafts)) }
  }, [actorId, day])
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<{ readonly day: PlainDate; readonly problem: ProblemDocument }>()
  const running = useRef(false)

  useEffect(() => {
    if (grid && grid.day === day) sheet.load(grid)
  }, [sheet, grid, day])

  const save = useCallback(async (): Promise<SendOutcome | undefined> => {
    if (running.current) return undefined
    running.current = true
    setPending(true)
    try {
      const outcome = await sendSheet(sheet, async (cells) => {
        const body = { day, cells: cells.map(({ areaId, metric, value, seen }) => ({ areaId, metric, value, seen })) }
        const key = kept.keyFor(JSON.stringify(body), newId)
        try {
          const answer = await call(reportGrid, { body }, { key })
          kept.answered()
          return ok(answer)
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error
          if (error.problem.code !== CONNECTION_LOST) kept.answered()
          return refuse(error.problem)
        }
      })
      setRefusal(outcome.problem && { day, problem: outcome.problem })
      // What others have changed is read too: a refused cell shows what stands there now.
      if (outcome.sent + outcome.refused > 0) await Promise.all([readGrid, listMissing, listHeld, listFigures].map((one) => cache.invalidateQueries({ queryKey: keyOf(one) })))
      return outcome
    } finally {
      running.current = false
      setPending(false)
    }
  }, [cache, day, kept, sheet])

  return { sheet, safe: () => kept.safe, pending, problem: refusal?.day === day ? refusal.problem : undefined, save }
}
