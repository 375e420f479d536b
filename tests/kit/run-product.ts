import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
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

/** Starts the product as its user does, on data of its own and a free port. */
export const runProduct = async (): Promise<RunningProduct> => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-journey-'))
  const password = 'mat-khau-thu-2021'
  const environment = environmentWith({ LUYTRE_DATA: folder, PORT: '0', LUYTRE_ADMIN_PASSWORD: password, DATABASE_URL: undefined })
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
    url, folder, password, child,
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
