import { ok } from '#base'
import { rangesOf } from '#platform/access'
import { serve, serveCommand, type App } from '#platform/http'
import * as contract from './contract.ts'
import { mayRemove, removeViewCommand, saveViewCommand, setDefaultViewCommand } from './save-view.ts'
import { defaultOf, viewsOf } from './view-store.ts'

export const routes = (app: App): void => {
  serve(app, contract.listViews, ({ actor, scope, query }) => app.database.read(scope, async (tx) => {
    const views = await viewsOf(tx, query.list, actor.id, rangesOf(actor, contract.viewUse))
    const chosen = await defaultOf(tx, query.list, actor.id)
    const tree = app.areas.tree()
    return ok({
      views: views.map((view) => ({
        id: view.id, name: view.name, search: view.search, columns: view.columns, own: view.owner === actor.id, by: view.ownerName, mayRemove: mayRemove(actor, view),
        sharedTo: view.areaId === null ? null : { id: view.areaId, name: tree.byId(view.areaId)?.name ?? '' },
      })),
      // A view that is shared to the reader no more opens nothing.
      defaultId: views.some(({ id }) => id === chosen) ? chosen : null,
    })
  }))
  serveCommand(app, contract.saveView, saveViewCommand)
  serveCommand(app, contract.removeView, removeViewCommand, (body, { id }) => ({ ...(body as object), id }))
  serveCommand(app, contract.setDefaultView, setDefaultViewCommand)
}
