import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, problem, refuse, type Instant, type Result } from '#base'
import { now } from '#platform/clock'
import { makeDataFolder } from '#platform/config'

/** The process that uses a data folder. */
export interface Holder {
  readonly pid: number
  readonly since: Instant
  /** Where it listens. */
  readonly address: string
  /** When the operating system started it: a pid alone may belong to another process by now. */
  readonly born: string
}

const fileOf = (dataFolder: string): string => join(dataFolder, 'luytre.lock')

/** What tells one process from a later one with the same pid; nothing when there is no such process. */
const birthOf = (pid: number): string | undefined => {
  try {
    if (process.platform !== 'linux') return execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 22 is the start time in clock ticks since boot; the name before it is in brackets and may hold anything (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`
  } catch {
    return undefined
  }
}

const readHolder = (file: string): Holder | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/** The live process that uses a data folder, if there is one. */
export const holderOf = (dataFolder: string): Holder | undefined => {
  const holder = readHolder(fileOf(dataFolder))
  return holder && birthOf(holder.pid) === holder.born ? holder : undefined
}

const write = (dataFolder: string, holder: Holder): string => {
  const draft = `${fileOf(dataFolder)}.${holder.pid}`
  writeFileSync(draft, `${JSON.stringify(holder)}\n`)
  return draft
}

/** Takes a data folder for this process; what a killed process left is cleared away. Problem `data_in_use`, naming the first. */
export const takeLock = (dataFolder: string, address: string): Result<() => void> => {
  makeDataFolder(dataFolder)
  const file = fileOf(dataFolder)
  const mine: Holder = { pid: process.pid, since: now(), address, born: birthOf(process.pid) ?? '' }
  const draft = write(dataFolder, mine)
  try {
    for (;;) {
      try {
        // A link appears whole or not at all, and never over another.
        linkSync(draft, file)
        return ok(() => rmSync(file, { force: true }))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = holderOf(dataFolder)
      if (holder) return refuse(problem('data_in_use', { status: 409, params: { pid: holder.pid, since: holder.since, address: holder.address } }))
      clearStale(file)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moves a stale lock away. If another process took the folder in this very moment, its lock is put back. */
const clearStale = (file: string): void => {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = readHolder(aside)
  if (moved && birthOf(moved.pid) === moved.born) linkSync(aside, file)
  rmSync(aside, { force: true })
}

/** Tells where this process really listens, once it does. */
export const announce = (dataFolder: string, address: string): void => {
  const mine = holderOf(dataFolder)
  if (mine?.pid === process.pid) renameSync(write(dataFolder, { ...mine, address }), fileOf(dataFolder))
}
