import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'luytre-epi-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const written = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** The shell as its user runs it: what it printed, what it said, how it ended. */
const shell = (...words: readonly string[]): Promise<{ readonly code: number | null; readonly text: string; readonly said: string }> =>
  new Promise((done) => {
    // A database that is not there: these commands open none.
    const child = spawn(process.execPath, ['cli.ts', ...words], { cwd: resolve(import.meta.dirname, '..'), env: { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', LUYTRE_DATA: folder } })
    let text = ''
    let said = ''
    child.stdout.on('data', (part: Buffer) => (text += part.toString()))
    child.stderr.on('data', (part: Buffer) => (said += part.toString()))
    child.once('close', (code) => done({ code, text, said }))
  })

test('a method on a file prints one JSON value', async () => {
  const { code, text } = await shell('epi', 'discr-si', '--input', written('si.json', '{"mu": 2.6, "sigma": 1.5, "k": [0, 1, 2]}'), '--json')
  expect(code).toBe(0)
  // EpiEstim 2.2 discr_si.
  expect(JSON.parse(text)).toMatchObject({ mu: 2.6, sigma: 1.5, k: [0, 1, 2], p: [0, expect.closeTo(0.233172125407545, 12), expect.closeTo(0.358579400315593, 12)] })
})

test('what cannot be used is refused with a sentence, wrong usage with the way to do it', async () => {
  const [refused, broken, missing, unknown] = await Promise.all([
    shell('epi', 'rt', '--input', written('rt.json', '{"incidence": "many"}'), '--json'),
    shell('epi', 'rt', '--input', written('broken.json', '{')),
    shell('epi', 'rt', '--input', join(folder, 'none.json')),
    shell('epi', 'constructor', '--input', join(folder, 'none.json')),
  ])
  expect([refused.code, broken.code, missing.code, unknown.code]).toEqual([1, 1, 1, 2])
  expect(JSON.parse(refused.text)).toEqual({ problem: { code: 'epi_input_refused', params: { method: 'rt', reason: 'incidence must be a list of numbers' } } })
  expect(refused.said).toContain('Phương pháp rt không dùng được dữ liệu này')
  expect(broken.said).toContain('không phải là JSON hợp lệ')
  expect(missing.said).toContain('Không đọc được tệp')
  expect(unknown.said).toContain('rt | wallinga-teunis | discr-si')
})
