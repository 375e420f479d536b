import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { environmentWith } from '#platform/config'
import { bulk } from './bulk.ts'
import { command } from './command.ts'
import { writeBenchmarks } from './document.ts'
import { exporting } from './export.ts'
import { farrington } from './farrington.ts'
import { fresh } from './fresh.ts'
import { importing } from './import.ts'
import { levels } from './levels.ts'
import { list } from './list.ts'
import { rerun } from './rerun.ts'
import { rt } from './rt.ts'
import { scan } from './scan.ts'
import { scenario } from './scenario.ts'
import { skill } from './skill.ts'
import { screen } from './screen.ts'
import { summary, type BenchOptions, type Outcome } from './outcome.ts'

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<Outcome>>> = { import: importing, list, levels, rerun, fresh, screen, command, bulk, export: exporting, rt, farrington, scan, skill, scenario }

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false }, rows: { type: 'string' } } })
const [name = '', ...some] = positionals
const rows = values.rows === undefined ? undefined : Number(values.rows)
const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Each in a process of its own, so that its memory is its own; `all NAME …` runs and writes some only. One that fails is said and left out of the page. */
const runAll = (): void => {
  const shared = mkdtempSync(join(tmpdir(), 'luytre-bench-shared-'))
  const outcomes = (some.length > 0 ? some : Object.keys(BENCHES)).flatMap((one): Outcome[] => {
    const { stdout, status } = spawnSync(process.execPath, [import.meta.filename, one, '--json', ...(values.rows === undefined ? [] : ['--rows', values.rows])], {
      encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: environmentWith({ LUYTRE_BENCH_SHARED: shared }),
    })
    if (status !== 0) {
      say(`${one} ended with ${status}`)
      process.exitCode = 1
      return []
    }
    const outcome = JSON.parse(stdout.trimEnd().split('\n').at(-1) as string) as Outcome
    say(summary(outcome))
    return [outcome]
  })
  rmSync(shared, { recursive: true, force: true })
  // A small run shows that the benches work, not how fast the product is.
  if (rows === undefined) say(`${writeBenchmarks(outcomes)} written`)
}

const bench = BENCHES[name]
if ((name !== 'all' && !bench) || some.some((one) => !BENCHES[one]) || (rows !== undefined && !(Number.isInteger(rows) && rows > 0))) {
  say(`npm run -s bench -- all [NAME …] | ${Object.keys(BENCHES).join(' | ')} [--json] [--rows N]`)
  process.exitCode = 2
} else if (!bench) {
  runAll()
} else {
  const outcome = await bench({ rows, log: say })
  if (!values.json) process.stdout.write(`${summary(outcome)}\n`)
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
}
