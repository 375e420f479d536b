import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'

export interface Reminder {
  readonly areaId: number
  readonly remindedAt: Instant
  readonly remindedBy: string
}

/** The last reminder of every area about a day. */
export const remindersOf = async (tx: Tx, day: PlainDate): Promise<ReadonlyMap<number, Reminder>> => {
  const rows = await tx.rows(sql<Reminder>`
    select distinct on (area_id) area_id as "areaId", reminded_at as "remindedAt", reminded_by as "remindedBy" from figure_reminder
    where day = ${day} order by area_id, reminded_at desc`)
  return new Map(rows.map((row) => [row.areaId, row]))
}

export const insertReminders = async (
  tx: Tx, areas: readonly { readonly id: number; readonly pos: number }[], day: PlainDate, by: string, at: Instant, commandId: Id,
): Promise<void> => {
  await tx.run(sql`
    insert into figure_reminder (area_id, area_pos, day, reminded_at, reminded_by, command_id)
    select a.id, a.pos, ${day}, ${at}, ${by}, ${commandId}
    from unnest(${areas.map((area) => area.id)}::int[], ${areas.map((area) => area.pos)}::int[]) as a (id, pos)`)
}

/** Hours set so far, by area. */
export const deadlineHours = async (tx: Tx): Promise<ReadonlyMap<number, number>> => {
  const rows = await tx.rows(sql<{ areaId: number; hour: number }>`select area_id as "areaId", hour from figure_deadline`)
  return new Map(rows.map((row) => [row.areaId, row.hour]))
}

export const upsertDeadline = async (
  tx: Tx, area: { readonly id: number; readonly pos: number }, hour: number, by: string, at: Instant, commandId: Id,
): Promise<void> => {
  await tx.run(sql`
    insert into figure_deadline (area_id, area_pos, hour, recorded_at, recorded_by, command_id)
    values (${area.id}, ${area.pos}, ${hour}, ${at}, ${by}, ${commandId})
    on conflict (area_id) do update set hour = excluded.hour, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by,
      command_id = excluded.command_id`)
}
