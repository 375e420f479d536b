import type { Problem } from '#base'
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

/** Ctrl-C, `kill` and the end of the terminal close the product once; a second signal does not wait. */
export const stopOnSignals = (product: Product): void => {
  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
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
}
