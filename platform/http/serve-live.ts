import { endpoint, EVERYONE, ok, permission } from '#base'
import { rangesOf } from '#platform/access'
import { file } from './answer.ts'
import type { App } from './app.ts'
import { serve } from './serve.ts'

/** Open while a page is: says which kinds of things changed where the reader may look, so that the page reads them again. */
const watchLive = endpoint({
  method: 'GET', path: '/api/live', permission: 'signed-in', summary: 'Server-sent events: kinds of changes in the reader’s areas, told after each commit',
  produces: 'text/event-stream', problems: [],
})
const ANYTHING = permission('live', ...EVERYONE)

/** Serves the stream; nothing between here and the browser may hold it back or compress it. */
export const serveLive = (app: App): void => {
  // A stream that is open would keep the server from closing.
  app.http.addHook('preClose', (done) => {
    app.live.close()
    done()
  })
  serve(app, watchLive, async ({ actor, raw, reply }) => {
    void reply.headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' })
    const still = async () => {
      const current = await app.actorOf(raw.headers)
      return current && rangesOf(current, ANYTHING)
    }
    return ok(file('text/event-stream', app.live.watch(rangesOf(actor, ANYTHING), still)))
  })
}
