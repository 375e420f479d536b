import type { AreaTree } from '#platform/areas'
import { EVERYWHERE, sql, type Database } from '#platform/db'
import { subtreeAt, topicsOf } from './changes-of.ts'
import type { Live } from './notifier.ts'

/** How soon what another process did is told here. Unit: milliseconds. */
const EVERY = 2_000
/** A transaction that was begun longer ago than this and ends now is overlooked. Unit: seconds. */
const REACH = 60

/**
 * Several processes may work on one database of others (`DATABASE_URL`): each looks into the audit for what the others did, while somebody watches.
 * Events of the sign-in stand there too and change nothing that is shown. Returns how to stop.
 */
export const followOthers = (database: Database, areas: { readonly tree: () => AreaTree }, live: Live, every = EVERY): (() => void) => {
  let looking = false
  const look = async (): Promise<void> => {
    if (looking || live.watchers() === 0) return
    looking = true
    try {
      const entries = await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ id: string; name: string; areaPos: number }>`
        select command_id as id, name, area_pos as "areaPos" from audit_entry
        where recorded_at > now() - make_interval(secs => ${REACH}) and name not like 'session.%'`))
      for (const { id, name, areaPos } of entries) {
        if (!live.knows(id)) live.tell(id, topicsOf(name).map((topic) => ({ topic, ranges: [subtreeAt(areas.tree(), areaPos)] })))
      }
    } catch {
      // A lost database is told by those who need it; the next look comes by itself.
    }
    looking = false
  }
  const timer = setInterval(() => void look(), every)
  timer.unref()
  return () => clearInterval(timer)
}
