import type { Config } from '#platform/config'
import type { App, Module } from '#platform/http'
import { explain } from '#platform/product'
import { openClient } from '#platform/shell'
import { loadDemo } from './load-demo.ts'

/** `npm start -- --demo`: fills an installation with the demonstration season, once. */
export const showDemo = async (config: Config, modules: readonly Module[], log: (line: string) => void, say: App['sentence']): Promise<void> => {
  const client = await openClient(config, modules, undefined)
  if (!client.ok) throw explain(say, client.problem)
  const session = await client.value.json<{ synthetic: boolean }>('GET', '/api/session')
  if (!session.ok) throw explain(say, session.problem)
  if (session.value.synthetic) return
  log(say('vi', 'demo.loading'))
  const loaded = await loadDemo(client.value, {})
  if (!loaded.ok) throw explain(say, loaded.problem)
  log(say('vi', 'demo.loaded'))
}
