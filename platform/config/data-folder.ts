import { mkdirSync } from 'node:fs'

/** Makes the data folder. Root leaves the way through it open: the database server runs as another account and has a folder of its own inside. */
export const makeDataFolder = (dataFolder: string): void => {
  mkdirSync(dataFolder, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 })
}
