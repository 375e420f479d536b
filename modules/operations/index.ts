import { resolve } from 'node:path'
import { ok, problem, refuse, type Result } from '#base'
import { beginEpoch } from '#platform/audit'
import { backup, openDatabase, restore, type RestoreReport } from '#platform/db'
import type { Config } from '#platform/config'
import { serve, type Module } from '#platform/http'
import { writeBackup } from './contract.ts'
import { text } from './text.ts'

export const operations: Module = {
  name: 'operations',
  text,
  routes: (app) => {
    serve(app, writeBackup, async ({ actor, body }) => {
      if (!actor.id.startsWith('shell:')) return refuse(problem('shell_only', { status: 403 }))
      const file = resolve(body.file)
      const written = await backup(app.database, file)
      return written.ok ? ok({ file, ...written.value }) : written
    })
  },
}

/** Loads a backup into this installation, which must not have been used yet, while no server runs on it. */
export const restoreInto = async (config: Config, file: string, log: (line: string) => void): Promise<Result<RestoreReport>> => {
  const database = await openDatabase(config, log)
  if (!database.ok) return database
  try {
    return await restore(database.value, resolve(file), beginEpoch)
  } finally {
    await database.value.close()
  }
}
