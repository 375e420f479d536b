import { loadReference } from '#platform/areas'
import type { Database } from '#platform/db'

/** What the template database of the tests holds beside its tables: the reference data every deployment starts with. */
export const loadTemplate = async (database: Database): Promise<void> => {
  await loadReference(database)
}
