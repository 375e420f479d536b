import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { environmentWith } from '#platform/config'

const HOME = resolve(import.meta.dirname, '../..')

export interface RunningProduct {
  readonly url: string
  readonly folder: string
  readonly password: string
  readonly child: ChildProcess
  /** Runs the shell on the same data; what it printed on stdout, and its exit code. */
  readonly shell: (...words: readonly string[]) => Promise<{ readonly code: number; readonly text: string; readonly said: string }>
  readonly stop: () => Promise<void>
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The data folder of a product that was started once and stopped. */
    firstStart: string
  }
}

const PASSWORD = 'mat-khau-thu-2021'

/** Starts the product as its user does, on data of its own and a free port. */
export const runProduct = (): Promise<RunningProduct> => {
  const folder = newFolder('journey')
  // The first start takes most of the time; tests/start.e2e.ts is the one that makes it. Not `cpSync`: the files stay those of the account that PostgreSQL runs as.
  execFileSync('cp', ['-a', `${inject('firstStart')}/.`, folder])
  return startOn(folder)
}

/** Once a run: what the first start leaves. */
export default async (project: TestProject): Promise<() => void> => {
  const folder = newFolder('first')
  const { child } = await startOn(folder)
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
  project.provide('firstStart', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}

const newFolder = (what: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `luytre-${what}-`))
  // Else PostgreSQL, which never runs as root, could not live in it.
  chmodSync(folder, 0o755)
  return folder
}

const startOn = async (folder: string): Promise<RunningProduct> => {
  const environment = environmentWith({ LUYTRE_DATA: folder, PORT: '0', LUYTRE_ADMIN_PASSWORD: PASSWORD, DATABASE_URL: undefined })
  const child = spawn(process.execPath, ['main.ts'], { cwd: HOME, env: environment, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  const url = await new Promise<string>((done, fail) => {
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
      const found = /sẵn sàng tại (http\S+)/.exec(said)?.[1]
      if (found) done(found)
    })
    child.once('exit', (code) => fail(new Error(`the product ended with ${code}:\n${said}`)))
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    url, folder, password: PASSWORD, child,
    shell: (...words) =>
      new Promise((done) => {
        const one = spawn(process.execPath, ['cli.ts', ...words], { cwd: HOME, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
        let text = ''
        let noise = ''
        one.stdout.on('data', (part: Buffer) => (text += part.toString()))
        one.stderr.on('data', (part: Buffer) => (noise += part.toString()))
        one.once('exit', (code) => done({ code: code ?? 1, text, said: noise }))
      }),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
