import { z } from 'zod'
import { endpoint, permission } from '#base'

/** Importing at all; each kind of file asks for its own permission beside it. */
export const importUse = permission('import.use', 'officer', 'epidemiologist', 'administrator')

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258', 'tcvn3', 'vni'] as const
export const RUN_STATUSES = ['uploaded', 'checked', 'running', 'cancelled', 'interrupted', 'failed', 'done', 'undone'] as const
export const SEVERITIES = ['fault', 'duplicate', 'warning'] as const
export const FILE_OPTIONS = ['disease', 'area', 'day'] as const

/** Faults in one answer. */
export const FAULTS_A_PAGE = 1_000
/** Faults in the answer to the shell. */
export const MOST_ERRORS = 10_000

const id = z.object({ id: z.uuid() })
const count = z.int()
const params = z.record(z.string(), z.union([z.string(), z.number()]))
const said = z.object({ code: z.string(), message: z.string() })

/** `rows = accepted + rejected`; of the rejected, `duplicates` are known already; `warnings` counts remarks, not rows. */
export const counts = z.object({ rows: count, accepted: count, rejected: count, duplicates: count, warnings: count })

export const report = counts.extend({
  errors: z.array(z.object({ row: count, column: z.string().nullable(), code: z.string(), message: z.string() })),
  import_id: z.string(),
})

export const runShown = z.object({
  id: z.string(), kind: z.string(), sender: z.string(), fileName: z.string(), fileBytes: count, status: z.enum(RUN_STATUSES), counts,
  /** Of a check while nothing is in yet; else of what is in. */
  batches: count,
  rowReached: count.nullable(),
  by: z.string(), createdAt: z.string(), changedAt: z.string(), finishedAt: z.string().nullable(), undoneAt: z.string().nullable(),
  /** Why it failed, or why the last thing asked of it was refused. */
  problem: said.nullable(),
  progress: z.object({ phase: z.enum(['check', 'commit', 'undo']), rows: count, expected: count.nullable(), estimated: z.boolean() }).nullable(),
  mayArrange: z.boolean(), mayCommit: z.boolean(), mayUndo: z.boolean(),
})
export type RunShown = z.output<typeof runShown>

export const analysis = z.object({
  format: z.enum(['workbook', 'text', 'json']),
  encoding: z.enum(ENCODINGS).nullable(),
  encodingChosen: z.boolean(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  columns: z.array(z.object({
    index: count, letters: z.string(), label: z.string(), role: z.enum(['data', 'ordinal', 'added']),
    /** Key of the field it is read as. */
    field: z.string().nullable(),
    /** How sure that is, 0…1; null when a person chose it. */
    score: z.number().nullable(),
    /** Another column fits the field as well: a person should look. */
    doubtful: z.boolean(),
  })),
  fields: z.array(z.object({ key: z.string(), vi: z.string(), en: z.string(), required: z.boolean() })),
  missing: z.array(z.string()),
  /** The columns are as they were confirmed for this sender before. */
  remembered: z.boolean(),
  sameFile: z.object({ id: z.string(), by: z.string(), createdAt: z.string(), accepted: count }).nullable(),
  fileOptions: z.array(z.enum(FILE_OPTIONS)),
  options: z.record(z.string(), z.string()),
  choices: z.array(z.object({
    option: z.string(), text: z.string(), rows: count, chosen: count.nullable(),
    areas: z.array(z.object({ id: count, name: z.string(), code: z.string() })),
  })),
})
export type AnalysisShown = z.output<typeof analysis>

/** A file that cannot be read as it is still has its import: another sheet or encoding may do. */
const understood = { run: runShown, analysis: analysis.nullable(), problem: said.nullable() }

/** Problems of reading a table. */
const TABLE_PROBLEMS = [
  'empty_file', 'not_a_spreadsheet', 'password_protected', 'file_too_large', 'unknown_sheet', 'broken_json', 'not_a_table', 'broken_quote', 'no_header', 'import_file_gone',
]

/** A form with one file, or the file itself. */
const aFile = z.custom<FormData | Blob>()

const sent = {
  kind: z.string().max(40),
  /** Whom the file came from: its own numbers are unique under it. */
  sender: z.string().max(120).default(''),
  /** File name of a raw body; a multipart file brings its own. */
  name: z.string().max(300).default(''),
  disease: z.string().regex(/^[a-z0-9-]{1,40}$/).optional(),
  /** Id or official code of the area the whole file is for. */
  area: z.string().max(40).optional(),
  /** The day the whole file is for. */
  day: z.iso.date().optional(),
  sheet: z.string().max(200).optional(),
  encoding: z.enum(ENCODINGS).optional(),
} as const

export const uploadImport = endpoint({
  method: 'POST', path: '/api/imports', permission: importUse,
  summary: 'Send a file to be imported (multipart, a raw body, or JSON {"text"} with pasted cells); nothing is written yet',
  query: z.object(sent), body: aFile, consumes: 'multipart/form-data', response: z.object(understood),
  problems: ['unknown_kind', 'unknown_area', 'no_file', 'command_conflict', ...TABLE_PROBLEMS],
})
export const runImport = endpoint({
  method: 'POST', path: '/api/imports/run', permission: importUse,
  summary: 'Send a file and write it at once with the columns as recognised; answers when it is in, with up to 10 000 errors',
  query: z.object(sent), body: aFile, consumes: 'multipart/form-data', response: report,
  problems: ['unknown_kind', 'unknown_area', 'no_file', 'columns_missing', 'import_interrupted', 'import_cancelled', 'import_broke', 'command_conflict', 'closing', ...TABLE_PROBLEMS],
})
export const listImports = endpoint({
  method: 'GET', path: '/api/imports', permission: importUse, summary: 'Imports, newest first',
  query: z.object({
    kind: z.string().max(40).optional(), status: z.enum(RUN_STATUSES).optional(), before: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ imports: z.array(runShown), next: z.string().nullable(), kinds: z.array(z.string()), senders: z.array(z.string()) }),
  problems: [],
})
export const getImport = endpoint({
  method: 'GET', path: '/api/imports/:id', permission: importUse, summary: 'An import and how far it has come', params: id,
  response: z.object({ run: runShown }), problems: ['unknown_import'],
})
export const getAnalysis = endpoint({
  method: 'GET', path: '/api/imports/:id/analysis', permission: importUse, summary: 'How the file is understood: sheet, header, columns, choices', params: id,
  response: z.object(understood), problems: ['unknown_import'],
})
export const arrangeImport = endpoint({
  method: 'PUT', path: '/api/imports/:id', permission: importUse, summary: 'Change columns, sheet, encoding, sender or what was chosen; what is left out stays', params: id,
  body: z.strictObject({
    sender: z.string().max(120).optional(), encoding: z.enum(ENCODINGS).nullable().optional(), sheet: z.string().max(200).nullable().optional(),
    /** Field key → column index; null: as recognised. */
    mapping: z.record(z.string().max(200), z.int().min(0)).nullable().optional(),
    /** Joined to those chosen before; an empty text takes one away. */
    options: z.record(z.string().max(300), z.string().max(300)).optional(),
  }),
  response: z.object(understood), problems: ['unknown_import', 'import_under_way'],
})
export const checkImport = endpoint({
  method: 'POST', path: '/api/imports/:id/check', permission: importUse, summary: 'Start the preview: every row read and asked of the registry, nothing written', params: id,
  body: z.object({}), response: z.object({ run: runShown }), problems: ['unknown_import', 'import_under_way', 'columns_missing', 'closing', ...TABLE_PROBLEMS],
})
export const commitImport = endpoint({
  method: 'POST', path: '/api/imports/:id/commit', permission: importUse, summary: 'Start writing, or go on where it stopped; a second call finds it under way', params: id,
  body: z.object({}), response: z.object({ run: runShown }),
  problems: ['unknown_import', 'import_under_way', 'import_undone', 'import_changed', 'columns_missing', 'closing', ...TABLE_PROBLEMS],
})
export const cancelImport = endpoint({
  method: 'POST', path: '/api/imports/:id/cancel', permission: importUse, summary: 'Stop after the batch being written; what is in stays until it is undone', params: id,
  body: z.object({}), response: z.object({ run: runShown }), problems: ['unknown_import'],
})
export const undoImport = endpoint({
  method: 'POST', path: '/api/imports/:id/undo', permission: importUse, summary: 'Take back everything the import brought', params: id,
  body: z.object({}), response: z.object({ run: runShown }),
  problems: ['unknown_import', 'import_under_way', 'import_not_undoable', 'built_upon', 'import_broke', 'closing'],
})

export const faultShown = z.object({
  row: count, column: count.nullable(), label: z.string().nullable(), severity: z.enum(SEVERITIES), code: z.string(), params: params.nullable(), message: z.string(),
})
export const listFaults = endpoint({
  method: 'GET', path: '/api/imports/:id/faults', permission: importUse, summary: 'What was said of the rows, in the order of the file', params: id,
  query: z.object({
    severity: z.enum(SEVERITIES).optional(),
    /** `next` of the page before. */
    after: z.string().regex(/^\d+-\d+$/).optional(),
    limit: z.coerce.number().int().min(1).max(FAULTS_A_PAGE).default(FAULTS_A_PAGE),
  }),
  response: z.object({ faults: z.array(faultShown), next: z.string().nullable() }), problems: ['unknown_import'],
})
export const getRows = endpoint({
  method: 'GET', path: '/api/imports/:id/rows', permission: importUse, summary: 'The sheet as the sender sees it, with what was said of its cells', params: id,
  query: z.object({
    from: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(200),
    /** `refused`: only rows that were refused. */
    only: z.enum(['refused']).optional(),
  }),
  response: z.object({
    rows: z.array(z.object({
      row: count, kind: z.enum(['header', 'data', 'total', 'repeated_header', 'note']), cells: z.array(z.string()),
      marks: z.array(z.object({ column: count.nullable(), severity: z.enum(SEVERITIES), code: z.string(), message: z.string() })),
    })),
    next: count.nullable(),
  }),
  problems: ['unknown_import', ...TABLE_PROBLEMS],
})
export type SheetRowShown = z.output<NonNullable<typeof getRows.response>>['rows'][number]

export const getBadRows = endpoint({
  method: 'GET', path: '/api/imports/:id/bad-rows.xlsx', permission: importUse, summary: 'The refused rows with the reason in a column, to correct and send again', params: id,
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', problems: ['unknown_import', 'no_bad_rows', ...TABLE_PROBLEMS],
})
