import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { environmentWith } from '#platform/config'

const HOME = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'luytre-start-'))
const environment = environmentWith({ LUYTRE_DATA: folder, PORT: '0', LUYTRE_ADMIN_PASSWORD: 'mat-khau-thu-2021', DATABASE_URL: undefined, npm_lifecycle_event: undefined })

interface Started {
  readonly child: ChildProcess
  /** What it printed until it was ready, or until it ended. */
  readonly said: string
  readonly url: string | undefined
  readonly code: number | null
}

const started: ChildProcess[] = []
const start = (program: string, ...words: readonly string[]): Promise<Started> => {
  const child = spawn(program, words, { cwd: HOME, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  return new Promise((done) => {
    let said = ''
    const listen = (part: Buffer): void => {
      said += part.toString()
      const url = /sẵn sàng tại (http\S+)/.exec(said)?.[1]
      if (url) done({ child, said, url, code: null })
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', (code) => done({ child, said, url: undefined, code }))
  })
}
const holder = (): number => (JSON.parse(readFileSync(join(folder, 'luytre.lock'), 'utf8')) as { pid: number }).pid
const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
afterAll(() => {
  for (const child of started) child.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

test('a second process is refused by name; kill -9 loses nothing; the end of npm is the end of the product', async () => {
  const first = await start(process.execPath, 'main.ts')
  const url = first.url as string
  const entered = await fetch(`${url}/api/session`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'admin', password: 'mat-khau-thu-2021' }),
  })
  const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
  const grid = (await (await fetch(`${url}/api/figures/grid?day=2021-10-20`, { headers: { cookie } })).json()) as { rows: { areaId: number; name: string }[] }
  const areaId = grid.rows[0]?.areaId
  const sent = await fetch(`${url}/api/figures/grid`, {
    method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ day: '2021-10-20', cells: [{ areaId, metric: 'cases_new', value: 7, seen: null }] }),
  })
  expect(sent.status).toBe(200)

  const second = await start(process.execPath, 'main.ts')
  expect(second.code).toBe(1)
  expect(second.said).toContain(String(first.child.pid))

  first.child.kill('SIGKILL')
  await expect.poll(() => runs(first.child.pid as number)).toBe(false)
  const again = await start('npm', 'start')
  expect(again.said).toContain('(adopted)')
  const pid = holder()
  const after = (await (await fetch(`${again.url}/api/figures/grid?day=2021-10-20`, { headers: { cookie } })).json()) as { rows: { areaId: number; cells: Record<string, { value: number }> }[] }
  expect(after.rows.find((row) => row.areaId === areaId)?.cells['cases_new']?.value).toBe(7)

  again.child.kill('SIGTERM')
  await expect.poll(() => runs(pid), { timeout: 30_000 }).toBe(false)
})
