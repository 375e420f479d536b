import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ok, type Result } from '#base'
import { placeOf } from './place.ts'
import type { Doors } from './database.ts'
import { APP, OWNER, startServer, type Server } from './server.ts'
import { testSettings } from './settings.ts'

/** A server in a temporary folder that goes away with it: for tests and benches. */
export interface ScratchServer {
  readonly server: Server
  readonly folder: string
  readonly doors: (database: string) => Doors
  readonly stop: () => Promise<void>
}

/** Starts one; `binaries` names the folder of another PostgreSQL than the packaged one. */
export const startScratchServer = async (log: (line: string) => void, binaries?: string): Promise<Result<ScratchServer>> => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-'))
  // The account the server runs as when we are root must get through.
  chmodSync(folder, 0o711)
  const place = placeOf(folder, log, binaries)
  const server = place.ok ? await startServer(place.value, testSettings(), () => {}) : place
  if (!server.ok) {
    rmSync(folder, { recursive: true, force: true })
    return server
  }
  const { door, stop } = server.value
  return ok({
    server: server.value,
    folder,
    doors: (database) => ({ owner: door(OWNER, database), app: door(APP, database) }),
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  })
}
