// A process of the tests: opens the database of LUYTRE_DATA as the product does, says so, and keeps it until it is told to stop.
import { fill } from '#base'
import { readConfig } from '#platform/config'
import { openDatabase, text } from '#platform/db'

const config = readConfig()
if (!config.ok) throw new Error(JSON.stringify(config.problem))
const opened = await openDatabase(config.value, (line) => console.log(line))
if (!opened.ok) {
  console.log(`refused: ${fill(text.en[`problem.${opened.problem.code}` as keyof typeof text.en], opened.problem.params)}`)
  process.exit(1)
}
const alive = setInterval(() => {}, 1000)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    clearInterval(alive)
    void opened.value.close()
  })
}
console.log('holding')
