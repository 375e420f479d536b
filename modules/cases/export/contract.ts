import { z } from 'zod'
import { endpoint, permission } from '#base'
import { caseRead, filters, sorted, text } from '../terms.ts'

/** Fields an export may hold, in the order of the usual list; headings are the texts `cases.field.<field>`. */
export const EXPORT_FIELDS = [
  'number', 'nationalNumber', 'sender', 'senderNumber', 'fullName', 'birthOn', 'birthYear', 'sex', 'nationalId', 'phone', 'ethnicity', 'occupation',
  'provinceName', 'districtName', 'areaName', 'permanentAddress', 'currentAddress', 'workplace', 'onsetOn', 'sampleOn', 'resultOn', 'reportedOn',
  'admittedOn', 'admittedTo', 'diagnosis', 'testType', 'detectionSource', 'severity', 'outcome', 'outcomeOn', 'vaccineDoses', 'infectorNumber',
  'exposureNote', 'reporter', 'reporterUnit',
] as const
/** What only an office's own sheet asks for: the running number, day or year of birth in one, the age, the commune and the hamlet apart. */
export const LAYOUT_FIELDS = [...EXPORT_FIELDS, 'ordinal', 'birth', 'age', 'communeName', 'hamletName'] as const
export type LayoutField = (typeof LAYOUT_FIELDS)[number]

export const caseLayout = permission('case.layout', 'epidemiologist', 'administrator')

/** Fields by name, joined by commas; all when left out. */
const columns = z.string().max(1000).transform((names) => names.split(',')).pipe(z.array(z.enum(EXPORT_FIELDS)).min(1)).optional()

export const exportCases = endpoint({
  method: 'GET', path: '/api/cases/export.csv', permission: caseRead, summary: 'The cases the filters leave, as CSV (UTF-8 with BOM)',
  query: z.strictObject({ ...filters, ...sorted, columns }), produces: 'text/csv; charset=utf-8', problems: ['unknown_area'],
})

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const exportWorkbook = endpoint({
  method: 'GET', path: '/api/cases/export.xlsx', permission: caseRead, summary: 'The cases the filters leave, as XLSX: the usual list, or an office’s own sheet filled in',
  query: z.strictObject({ ...filters, ...sorted, columns, layoutId: z.uuid().optional() }), produces: XLSX, problems: ['unknown_area', 'unknown_layout', 'bad_template'],
})

const layoutColumn = z.strictObject({ column: z.int().min(0).max(500), field: z.enum(LAYOUT_FIELDS) })
/** 1.5 MB as base64. */
const content = z.base64().max(2_000_000)

export const readLayout = endpoint({
  method: 'POST', path: '/api/cases/layouts/read', permission: caseLayout, summary: 'How a workbook would be filled in: its sheets, its header, and the fields its columns look like',
  body: z.strictObject({ fileName: text(300), content, sheet: z.string().max(200).optional() }),
  response: z.object({
    sheets: z.array(z.string()), sheet: z.string().nullable(), headerRow: z.int(),
    columns: z.array(z.object({ column: z.int(), letters: z.string(), label: z.string(), field: z.enum(LAYOUT_FIELDS).nullable() })),
  }),
  problems: ['bad_template', 'no_header', 'not_a_spreadsheet', 'empty_file', 'unknown_sheet', 'password_protected', 'file_too_large'],
})

export const saveLayout = endpoint({
  method: 'POST', path: '/api/cases/layouts', permission: caseLayout, summary: 'Keep a workbook as a layout of exports, for everyone who works where its maker does',
  body: z.strictObject({
    name: text(120), fileName: text(300), content, sheet: z.string().max(200).nullable().default(null), headerRow: z.int().min(1).max(200),
    columns: z.array(layoutColumn).min(1).max(200),
  }),
  response: z.object({ id: z.string() }), problems: ['bad_template'],
})

export const listLayouts = endpoint({
  method: 'GET', path: '/api/cases/layouts', permission: caseRead, summary: 'Layouts of exports',
  response: z.object({
    layouts: z.array(z.object({ id: z.string(), name: z.string(), fileName: z.string(), headerRow: z.int(), sheet: z.string().nullable(), columns: z.array(layoutColumn), by: z.string(), mayRemove: z.boolean() })),
  }),
  problems: [],
})

export const removeLayout = endpoint({
  method: 'POST', path: '/api/cases/layouts/:id/remove', permission: caseLayout, summary: 'Take a layout away', params: z.object({ id: z.uuid() }),
  body: z.object({}), response: z.null(), problems: ['unknown_layout'],
})
