// `npm test`: every suite, or the one named (`npm test db modules/cases`), then one line that sums them up.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { environmentWith } from '#platform/config'
import { startScratchServer } from '#platform/db'
import { findChromium, hostPostgres } from '#tests/kit'

const HOME = resolve(import.meta.dirname, '..')
const SUITES = ['pure', 'property', 'db', 'http', 'e2e'] as const
type Suite = (typeof SUITES)[number]

interface Tally {
  passed: number
  failed: number
  skipped: number
}
const total: Tally = { passed: 0, failed: 0, skipped: 0 }
/** What failed and why in one line each: told at the end, where it is looked for. */
const failures: string[] = []

/** What is read of Vitest's JSON report. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; message: string; assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[]
}

// Ctrl-C ends the suite that runs and starts no other; servers are stopped on the way out.
let interrupted = false
let running: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true
    running?.kill(signal)
  })
}

const heading = (line: string): void => console.log(`\n── ${line}`)

/** Runs some suites in one Vitest and adds what its JSON report says. */
const run = async (title: string, suites: readonly Suite[], environment: Record<string, string | undefined>, files: readonly string[] = filters): Promise<void> => {
  if (suites.length === 0 || interrupted) return
  heading(title)
  const folder = mkdtempSync(join(tmpdir(), 'luytre-report-'))
  const report = join(folder, 'report.json')
  const child = spawn(
    process.execPath,
    [join(HOME, 'node_modules/vitest/vitest.mjs'), 'run', ...suites.map((suite) => `--project=${suite}`), ...files,
      '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: HOME, stdio: ['ignore', 'inherit', 'inherit'], env: environmentWith(environment) },
  )
  running = child
  const code = await new Promise<number>((done) => child.once('exit', (status) => done(status ?? 1)))
  const counted: Report = existsSync(report)
    ? (JSON.parse(readFileSync(report, 'utf8')) as Report)
    : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
  for (const { name, status, message, assertionResults } of counted.testResults) {
    const failed = assertionResults.filter((one) => one.status === 'failed')
    for (const { fullName, failureMessages } of failed) failures.push(`${title}: ${relative(HOME, name)}: ${fullName}\n  ${failureMessages.join('\n  ').slice(0, 800)}`)
    if (failed.length === 0 && status === 'failed') failures.push(`${title}: ${relative(HOME, name)}\n  ${message.slice(0, 800)}`)
  }
  rmSync(folder, { recursive: true, force: true })
  total.passed += counted.numPassedTests
  // A file that does not even load has no tests to fail.
  total.failed += counted.numFailedTests || (code === 0 ? 0 : 1)
  total.skipped += counted.numPendingTests + counted.numTodoTests
}

const runOnSecondServer = async (suites: readonly Suite[]): Promise<void> => {
  if (suites.length === 0 || interrupted) return
  const given = environmentWith()['TEST_DATABASE_URL']
  if (given) return run('database and HTTP, on TEST_DATABASE_URL', suites, {})
  const host = hostPostgres()
  if (!host) return heading('no PostgreSQL 15 or later on this machine: the database suites ran on the embedded one only')
  const scratch = await startScratchServer(console.log, host.folder)
  if (!scratch.ok) throw new Error(JSON.stringify(scratch.problem))
  try {
    const { owner } = scratch.value.doors('postgres')
    const url = `postgresql://${owner.user}@localhost:${owner.port}/postgres?host=${encodeURIComponent(owner.host ?? '')}`
    await run(`database and HTTP, on PostgreSQL ${host.major} of this machine`, suites, { TEST_DATABASE_URL: url })
  } finally {
    await scratch.value.stop()
  }
}

/** Chromium, installed where the machine allows it. */
const haveChromium = async (): Promise<boolean> => {
  if ((await findChromium()) !== undefined) return true
  heading('installing Chromium')
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const options = { stdio: 'inherit', env: environmentWith({ DEBIAN_FRONTEND: 'noninteractive' }) } as const
    spawnSync('apt-get', ['update', '-q'], options)
    spawnSync('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], options)
  } else {
    spawnSync(process.execPath, [join(HOME, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'], { stdio: 'inherit', env: environmentWith() })
  }
  return (await findChromium()) !== undefined
}

const runJourneys = async (): Promise<void> => {
  if (await haveChromium()) return run('journeys in Chromium', ['e2e'], {})
  const required = environmentWith()['CI'] === 'true'
  heading(`JOURNEYS ${required ? 'FAILED' : 'SKIPPED'}: no Chromium on this machine, and it could not be installed`)
  total[required ? 'failed' : 'skipped'] += 1
}

const [first, ...rest] = process.argv.slice(2)
const named = SUITES.find((suite) => suite === first)
const filters = named ? rest : process.argv.slice(2)
const wanted = (...suites: Suite[]): Suite[] => suites.filter((suite) => !named || suite === named)

// Days must not move with the zone of the machine: once on Greenwich time, once far to the west of it. `epi/` may not know of clocks (tests/architecture.test.ts) and is the same everywhere.
await run('pure and property, time zone UTC', wanted('pure', 'property'), { TZ: 'UTC' })
await run('pure and property, time zone America/Los_Angeles', wanted('pure', 'property'), { TZ: 'America/Los_Angeles' },
  filters.length > 0 ? filters : ['base/', 'decisions/', 'modules/', 'platform/', 'web/', 'tools/'])
await run('database and HTTP, on the embedded PostgreSQL', wanted('db', 'http'), { TEST_DATABASE_URL: undefined })
await runOnSecondServer(wanted('db', 'http'))
if (wanted('e2e').length > 0 && !interrupted) await runJourneys()

for (const failure of failures) console.log(`\nFAILED ${failure}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = interrupted ? 130 : total.failed > 0 ? 1 : 0
