import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDataFolder } from './data-folder.ts'

const read = (file: string): Record<string, string> | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * A secret of this installation: made once, then kept in `secrets.json` (0600) of the data folder.
 * The file appears whole or not at all, so two processes that start together agree on it.
 */
export const keptSecret = (dataFolder: string, name: string): string => {
  makeDataFolder(dataFolder)
  const file = join(dataFolder, 'secrets.json')
  const known = read(file)
  const kept = known?.[name]
  if (kept !== undefined) return kept
  const made = randomBytes(32).toString('base64url')
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify({ ...known, [name]: made }, undefined, 2)}\n`, { mode: 0o600 })
  if (known) {
    renameSync(draft, file)
    return made
  }
  try {
    linkSync(draft, file)
    return made
  } catch {
    return keptSecret(dataFolder, name)
  } finally {
    rmSync(draft, { force: true })
  }
}
