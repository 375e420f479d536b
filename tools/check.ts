// Everything that can be said of the code without running it: types (twice: the pure folders see no DOM and no Node), lint.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const home = resolve(import.meta.dirname, '..')
const run = (title: string, script: string, args: readonly string[]): boolean => {
  process.stdout.write(`── ${title}\n`)
  return spawnSync(process.execPath, [join(home, 'node_modules', script), ...args], { cwd: home, stdio: 'inherit' }).status === 0
}

const passed = [
  run('types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
  run('types of base, decisions (no DOM, no Node)', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.pure.json']),
  run('lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '.']),
]
process.exitCode = passed.every(Boolean) ? 0 : 1
