import type { Doors } from '#platform/db'

/** The same doors, of another database of the server. */
export const doorsTo = (doors: Doors, database: string): Doors => {
  const to = (config: Doors['owner']): Doors['owner'] => {
    if (config.connectionString === undefined) return { ...config, database }
    const url = new URL(config.connectionString)
    url.pathname = `/${database}`
    return { ...config, connectionString: url.href }
  }
  return { owner: to(doors.owner), app: to(doors.app) }
}
