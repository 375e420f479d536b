import { ok, type PlainDate, type Result } from '#base'
import type { TraceStep } from '#decisions'
import type { Area, Areas } from '#platform/areas'
import type { Database } from '#platform/db'
import type { Law } from '#rulebooks'
import type { Assessment } from './assess.ts'
import { assessInTurn, readGround, type RunQuery } from './run-levels.ts'

/** Why two laws differ: the first table that answers otherwise, with the row of each. */
export interface Cause {
  readonly table: string
  readonly before: TraceStep | null
  readonly after: TraceStep | null
}

/** An area and day on which two laws give different levels, or leave different levels open. */
export interface Difference {
  readonly area: Area
  readonly on: PlainDate
  readonly before: Assessment
  readonly after: Assessment
  /** Nothing where evidence is missing: then no row decided. */
  readonly because: Cause | null
}

export interface Comparison {
  readonly days: readonly PlainDate[]
  readonly areas: readonly Area[]
  readonly differences: readonly Difference[]
}

/** Levels of every area and day under two laws, on the same evidence read once, and where they differ (R15). */
export const compareLaws = async (database: Database, areas: Areas, query: Omit<RunQuery, 'rulebook'>, before: Law, after: Law): Promise<Result<Comparison>> => {
  const ground = await readGround(database, areas, query, [before, after])
  if (!ground.ok) return ground
  const old = await assessInTurn(ground.value, before, query.previous)
  if (!old.ok) return old
  const amended = await assessInTurn(ground.value, after, query.previous, { law: before, assessments: old.value })
  if (!amended.ok) return amended
  const differences: Difference[] = []
  for (const [d, today] of amended.value.entries()) {
    for (const [u, now] of today.entries()) {
      const then = old.value[d]?.[u] as Assessment
      if (now === then || (now.level === then.level && sameLevels(now.possible, then.possible))) continue
      differences.push({ area: now.area, on: now.on, before: then, after: now, because: causeOf(then.because, now.because) })
    }
  }
  return ok({ days: ground.value.days, areas: ground.value.areas, differences })
}

const sameLevels = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((level, i) => level === b[i])

const answersOf = (steps: readonly TraceStep[]): string => JSON.stringify(steps.map((step) => step.outputs))

/** The first table that answers otherwise; a table only one of the two laws has counts too. */
export const causeOf = (before: readonly TraceStep[], after: readonly TraceStep[]): Cause | null => {
  if (before.length === 0 || after.length === 0) return null
  const old = Map.groupBy(before, (step) => step.table)
  for (const [table, steps] of Map.groupBy(after, (step) => step.table)) {
    const then = old.get(table)
    if (then && answersOf(then) === answersOf(steps)) continue
    const turned = steps.findIndex((step, i) => answersOf([step]) !== answersOf(then?.slice(i, i + 1) ?? []))
    return { table, before: then?.[turned] ?? then?.[0] ?? null, after: steps[turned] ?? steps[0] ?? null }
  }
  return null
}
