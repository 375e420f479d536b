import { ok } from '#base'
import { systemClock } from '#platform/clock'
import { connect, type DatabaseDescription, type Doors } from '#platform/db'
import { runJobs } from './run-jobs.ts'

// A process that works on jobs as the product does; each job is begun, and finished when its parent says so.
const { name, kinds, doors, description } = JSON.parse(process.argv[2] as string) as { name: string; kinds: readonly string[]; doors: Doors; description: DatabaseDescription }
const told = new Promise((heard) => process.once('message', heard))
const run = async ({ progress }: { readonly progress: (done: number, total: number) => void }) => {
  progress(1, 2)
  process.send?.('begun')
  await told
  process.send?.('finished')
  return ok({ by: name })
}
process.once('disconnect', () => process.exit())
runJobs({ database: connect(doors, description, () => {}), clock: systemClock, log: () => {} }, kinds.map((kind) => ({ name: kind, attempts: 3, run })))
