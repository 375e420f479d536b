import type { Module } from '#platform/http'
import { RunEngine, type Importer } from '#platform/import'
import { routes } from './routes.ts'
import { text } from './text.ts'

/** The desk of imports over what each module knows of its own files. */
export const imports = (importers: readonly Importer[]): Module => {
  const engines = new WeakMap<object, RunEngine>()
  return {
    name: 'imports',
    text,
    routes: (app) => {
      const engine = new RunEngine(app, importers)
      engines.set(app, engine)
      // A request that waits for a file to be written would keep the server from closing: the file stops first.
      app.http.addHook('preClose', () => engine.stop())
      routes(app, engine)
    },
    start: async (app) => {
      const engine = engines.get(app)
      await engine?.start()
      return async () => {
        await engine?.stop()
      }
    },
  }
}
