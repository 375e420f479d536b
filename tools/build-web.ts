import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { environmentWith } from '#platform/config'

const project = join(import.meta.dirname, '..')

/** Everything the browser's code is made of. */
const SOURCES = [
  'tools/build-web.ts', 'index.html', 'early.ts', 'app.tsx', 'vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json',
  'web/**/*.*', 'base/*.ts', 'epi/**/*.ts', 'decisions/**/*.ts', 'modules/*/*.ts', 'modules/*/web/**/*.*',
]

/** Builds the web app into `dist/web` unless it was built from these very sources; answers the folder. */
export const buildWeb = async (log: (line: string) => void): Promise<string> => {
  const folder = join(project, 'dist', 'web')
  const mark = join(project, 'dist', 'web.sha256')
  const wanted = digest()
  if (existsSync(join(folder, 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return folder
  const started = performance.now()
  // In a process of its own: the bundler keeps a gigabyte for as long as its process lives. Always for production: a test run says otherwise in its environment, and would leave
  // behind the slow build of React that its developers use, for everyone who starts the product after it.
  const bundler = spawn(process.execPath, [join(project, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: project, env: environmentWith({ NODE_ENV: 'production' }), stdio: ['ignore', 2, 2],
  })
  const code = await new Promise<number | null>((done) => bundler.once('exit', done))
  if (code !== 0) throw new Error(`the web app was not built (vite ended with ${code})`)
  for (const name of globSync('**/*.{js,mjs,css,svg,html}', { cwd: folder })) compressBeside(join(folder, name))
  writeFileSync(mark, wanted)
  log(`Đã dựng giao diện web trong ${((performance.now() - started) / 1000).toFixed(0)} giây (web app built)`)
  return folder
}

/** A smaller file saves nothing. Unit: bytes. */
const WORTH = 1_024

/** A network of a district is slow: what is sent as it lies is compressed once, as far as it goes. Browsers take brotli over HTTPS only. */
const compressBeside = (path: string): void => {
  const text = readFileSync(path)
  if (text.length < WORTH) return
  writeFileSync(`${path}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }))
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
}

const digest = (): string => {
  const hash = createHash('sha256')
  for (const name of globSync(SOURCES, { cwd: project }).filter((name) => !name.includes('.test.')).toSorted()) {
    hash.update(name).update('\0').update(readFileSync(join(project, name)))
  }
  return hash.digest('hex')
}
