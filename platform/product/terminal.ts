import type { Problem } from '#base'
import { isRunByNpm } from '#platform/config'
import type { App } from '#platform/http'
import type { Product } from './product.ts'

/** One line for each step, on stderr: stdout belongs to the answers of the shell. */
export const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** Says a problem in Vietnamese and English, with those it is made of, and ends with the given code. */
export const explain = (sentence: App['sentence'], fault: Problem, code = 1): never => {
  sayProblem(sentence, fault)
  process.exit(code)
}

const sayProblem = (sentence: App['sentence'], fault: Problem): void => {
  log(`${sentence('vi', `problem.${fault.code}`, fault.params)}\n${sentence('en', `problem.${fault.code}`, fault.params)}`)
  for (const one of fault.problems ?? []) sayProblem(sentence, one)
}

/** How often a product that npm started looks whether npm is still there. Unit: milliseconds. */
const LOOK = 500

/** Ctrl-C, `kill` (of this process or of the npm that started it) and the end of the terminal close the product once. */
export const stopOnSignals = (product: Product): void => {
  let stopping = false
  const stop = (signal: string): void => {
    if (stopping) return
    stopping = true
    log(`Đang dừng (${signal}) …`)
    product.close().then(
      () => {
        log('Đã dừng.')
        process.exit(0)
      },
      (error: unknown) => {
        log(String(error))
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  if (!isRunByNpm()) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop('npm')
  }, LOOK).unref()
}
