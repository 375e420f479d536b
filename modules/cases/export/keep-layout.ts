import { z } from 'zod'
import { ok, problem, refuse, type AnswerOf, type Result } from '#base'
import { rangesOf } from '#platform/access'
import { command } from '#platform/commands'
import { templateParts } from '#platform/export'
import { findHeader, openTable, recogniseColumns } from '#platform/import'
import { CASE_FIELDS } from '../case-fields.ts'
import { caseLayout, readLayout, removeLayout, saveLayout } from './contract.ts'
import { fieldsOfColumns } from './export-fields.ts'
import { deleteLayout, findLayout, putLayout } from './layout-store.ts'

type Body<E extends { body?: z.ZodType }> = NonNullable<E['body']>

const nothing = async function* (): AsyncGenerator<never> {}

/** How a workbook would be filled in. Problems: those of reading tables, `bad_template`. */
export const readOfficeSheet = async (
  { fileName, content, sheet }: z.output<Body<typeof readLayout>>,
): Promise<Result<AnswerOf<typeof readLayout>>> => {
  const file = Buffer.from(content, 'base64')
  const table = await openTable({ name: fileName, bytes: file, sheet })
  if (!table.ok) return table
  if (table.value.format !== 'workbook') return refuse(problem('bad_template'))
  const header = findHeader(table.value)
  if (!header.ok) return header
  const fillable = templateParts({ file, sheet: table.value.sheet, headerRow: header.value.lastRow }, [], nothing())
  if (!fillable.ok) return fillable
  const fields = fieldsOfColumns(recogniseColumns(header.value, CASE_FIELDS, table.value.head).mapping)
  return ok({
    sheets: [...table.value.sheets], sheet: table.value.sheet ?? null, headerRow: header.value.lastRow,
    columns: header.value.columns.filter(({ role }) => role !== 'added').map(({ index, letters, label, role }) => ({
      column: index, letters, label, field: role === 'ordinal' ? 'ordinal' as const : (fields.get(index) ?? null),
    })),
  })
}

/** R20: keeps an office's own sheet for everyone who works where its maker does. */
export const saveLayoutCommand = command({
  name: 'cases.save-layout',
  permission: caseLayout,
  body: saveLayout.body as Body<typeof saveLayout>,
  perform: async (context, { name, fileName, content, sheet, headerRow, columns }): Promise<Result<AnswerOf<typeof saveLayout>>> => {
    const { tx, at, commandId, actor } = context
    const file = Buffer.from(content, 'base64')
    // What is no archive at all is refused before anything looks into it.
    const table = await openTable({ name: fileName, bytes: file })
    const fillable = table.ok && table.value.format === 'workbook' ? templateParts({ file, sheet: sheet ?? undefined, headerRow }, [], nothing()) : refuse(problem('bad_template'))
    if (!fillable.ok) return refuse(problem('bad_template', { field: 'content' }))
    const ranges = rangesOf(actor, caseLayout)
    const [first, last] = [ranges[0], ranges.at(-1)]
    if (!first || !last) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = first.lo
    return ok({
      id: await putLayout(tx, {
        id: commandId, name, fileName, file, sheet, headerRow, columns, areaPos: first.lo, areaPosEnd: last.hi, owner: actor.id, ownerName: actor.username, changedAt: at,
      }),
    })
  },
})

export const removeLayoutCommand = command({
  name: 'cases.remove-layout',
  permission: caseLayout,
  body: z.object({ id: z.uuid() }).extend((removeLayout.body as Body<typeof removeLayout>).shape),
  perform: async (context, { id }): Promise<Result<null>> => {
    const layout = await findLayout(context.tx, id, rangesOf(context.actor, caseLayout))
    if (!layout) return refuse(problem('unknown_layout', { status: 404 }))
    if (layout.owner !== context.actor.id && !context.permits(layout.areaPos, layout.areaPosEnd)) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = layout.areaPos
    await deleteLayout(context.tx, id)
    return ok(null)
  },
})
