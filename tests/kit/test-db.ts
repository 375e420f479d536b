import { connect, createDatabase, dropDatabase, type Database } from '#platform/db'
import { afterAll, inject } from 'vitest'
import { doorsTo } from './doors.ts'

let made = 0

/**
 * A database of this test file alone: a copy of the migrated template, dropped after the last test of the file.
 * `empty` leaves the reference data out.
 */
export const openTestDb = async (content: 'reference' | 'empty' = 'reference'): Promise<Database> => {
  const { admin, prefix, description } = inject('server')
  const name = `${prefix}_${process.pid}_${++made}`
  await createDatabase(admin.owner, name, `${prefix}_${content === 'empty' ? 'empty' : 'full'}`)
  const database = connect(doorsTo(admin, name), description, () => {}, () => dropDatabase(admin.owner, name))
  afterAll(() => database.close())
  return database
}
