import type { App, Module } from '#platform/http'
import { BulkEngine } from './bulk/bulk-engine.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { routes } from './routes.ts'
import { text } from './text.ts'

export { casesImporter } from './cases-importer.ts'
export { recountCases, type Miscount } from './indicators.ts'
export { registryCounts, REGISTRY_METRICS } from './registry-store.ts'

const bulkEngines = new WeakMap<App, BulkEngine>()

export const cases: Module = {
  name: 'cases',
  text,
  routes: (app) => {
    const bulk = new BulkEngine(app)
    bulkEngines.set(app, bulk)
    // A request that waits for a batch would keep the server from closing: the bulk edit stops first.
    app.http.addHook('preClose', () => bulk.stop())
    bulkRoutes(app, bulk)
    routes(app)
  },
  start: async (app) => {
    const bulk = bulkEngines.get(app)
    await bulk?.start()
    return async () => {
      await bulk?.stop()
    }
  },
}
