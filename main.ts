import { openFirstAccount } from '#accounts'
import { showDemo } from '#demo'
import { readConfig } from '#platform/config'
import { explain, log, openProduct, productSentences, stopOnSignals } from '#platform/product'
import { modules } from './modules/index.ts'
import { buildWeb } from './tools/build-web.ts'

const say = productSentences(modules)
const config = readConfig()
if (!config.ok) throw explain(say, config.problem)
const product = await openProduct({ config: config.value, modules, log, web: () => buildWeb(log) })
if (!product.ok) throw explain(say, product.problem)
stopOnSignals(product.value)
const first = await openFirstAccount(product.value.app)
const address = await product.value.listen(config.value.port, config.value.host)
if (!address.ok) {
  await product.value.close()
  throw explain(say, address.problem)
}
log(say('vi', 'start.ready', { address: address.value }))
if (process.argv.includes('--demo')) await showDemo(config.value, modules, log, say)
if (first) log(say('vi', first.made ? 'start.password' : 'start.password_given', { username: first.username, password: first.password }))
