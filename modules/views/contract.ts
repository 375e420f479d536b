import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'

export const viewUse = permission('view.use', ...EVERYONE)
export const viewShare = permission('view.share', 'officer', 'epidemiologist', 'administrator')

const list = z.string().regex(/^[a-z][a-z.-]{0,39}$/)
/** What of the address makes a view. */
const search = z.record(z.string().regex(/^[A-Za-z]{1,40}$/), z.string().max(500)).refine((given) => Object.keys(given).length <= 60)
/** The columns shown, and the table they were chosen in: a phone's table has others. */
const columns = z.strictObject({ table: z.string().max(60), shown: z.array(z.string().max(60)).max(100) })

export const viewShown = z.object({
  id: z.string(), name: z.string(), search: z.record(z.string(), z.string()), columns: columns.nullable(),
  /** The area it is shared to; null when it is the reader's own alone. */
  sharedTo: z.object({ id: z.int(), name: z.string() }).nullable(),
  own: z.boolean(), by: z.string(), mayRemove: z.boolean(),
})

export const listViews = endpoint({
  method: 'GET', path: '/api/views', permission: viewUse, summary: 'Views of a list: the reader’s own and those shared to where they work',
  query: z.strictObject({ list }), response: z.object({ views: z.array(viewShown), defaultId: z.string().nullable() }), problems: [],
})

export const saveView = endpoint({
  method: 'POST', path: '/api/views', permission: viewUse, summary: 'Save a view; under a name the reader has used already it takes the place of that one',
  body: z.strictObject({
    list, name: z.string().trim().min(1).max(80), search, columns: columns.nullable().default(null),
    /** Shares it to everyone who works in this area. */
    areaId: z.int().nullable().default(null),
  }),
  response: z.object({ id: z.string() }), problems: ['unknown_area'],
})

const id = z.object({ id: z.uuid() })

export const removeView = endpoint({
  method: 'POST', path: '/api/views/:id/remove', permission: viewUse, summary: 'Take a view away: one’s own, or a shared one of an area one administers', params: id,
  body: z.object({}), response: z.null(), problems: ['unknown_view'],
})

export const setDefaultView = endpoint({
  method: 'POST', path: '/api/views/default', permission: viewUse, summary: 'The view a list opens with, for this reader', body: z.strictObject({ list, viewId: z.uuid().nullable() }),
  response: z.null(), problems: ['unknown_view'],
})
