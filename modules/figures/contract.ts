import { z } from 'zod'
import { endpoint, EVERYONE, permission, type PlainDate } from '#base'
import { DEFAULT_DISEASE, STATUSES } from './figure.ts'
import { HOLD_REASONS } from './hold.ts'
import { METRIC_KINDS, METRIC_UNITS } from './metric.ts'

export const figureRead = permission('figure.read', ...EVERYONE)
export const figureReport = permission('figure.report', 'officer', 'epidemiologist', 'administrator')
export const figureConfirm = permission('figure.confirm', 'epidemiologist', 'administrator')
export const metricDefine = permission('metric.define', 'epidemiologist', 'administrator')
export const deadlineSet = permission('figure.deadline', 'epidemiologist', 'administrator')

const day = z.iso.date().transform((text) => text as PlainDate)
const disease = z.string().regex(/^[a-z0-9-]{1,40}$/).default(DEFAULT_DISEASE)
const metricCode = z.string().regex(/^[a-z][a-z0-9_]{1,59}$/)
const source = z.string().trim().min(1).max(300)
const reason = z.string().trim().min(1).max(1000)
/** A whole number, or the code of a category. */
const value = z.union([z.number(), z.string().max(60)])
const status = z.enum(STATUSES)
const hold = z.object({ reason: z.enum(HOLD_REASONS), limit: z.number() })
/** An area by the official code of the day, or by its key. Left out: the province. */
const area = { area: z.string().max(40).optional(), areaId: z.coerce.number().int().optional() }
/** `cases_new,deaths` */
const metricCodes = z.string().max(1000).transform((text) => text.split(',').map((code) => code.trim()).filter((code) => code !== ''))

export const metricShown = z.object({
  code: z.string(), nameVi: z.string(), nameEn: z.string(), unit: z.enum(METRIC_UNITS), kind: z.enum(METRIC_KINDS), categories: z.array(z.string()),
  minimum: z.number().nullable(), maximum: z.number().nullable(), aliases: z.array(z.string()), askedDaily: z.boolean(), position: z.int(),
})
export type MetricShown = z.output<typeof metricShown>

export const listMetrics = endpoint({
  method: 'GET', path: '/api/metrics', permission: figureRead, summary: 'What may be counted, in the order of screens',
  response: z.object({ metrics: z.array(metricShown) }), problems: [],
})
export const newMetric = z.object({
  code: metricCode, nameVi: z.string().trim().min(1).max(200), nameEn: z.string().trim().min(1).max(200), unit: z.enum(METRIC_UNITS),
  kind: z.enum(METRIC_KINDS), categories: z.array(metricCode).max(20).default([]), minimum: z.int().nullable().default(null),
  maximum: z.int().nullable().default(null), aliases: z.array(z.string().trim().min(1).max(200)).max(50).default([]), askedDaily: z.boolean().default(false),
})
export const defineMetric = endpoint({
  method: 'POST', path: '/api/metrics', permission: metricDefine, summary: 'Define a metric', body: newMetric, response: metricShown,
  problems: ['metric_exists', 'metric_name_taken', 'categories_needed', 'categories_not_wanted', 'bounds_crossed'],
})

export const figureShown = z.object({
  id: z.string(), areaId: z.int(), areaCode: z.string(), areaName: z.string(), day: z.string(), disease: z.string(), metric: z.string(), value,
  status, hold: hold.nullable(), source: z.string(), recordedAt: z.string(), recordedBy: z.string(), importId: z.string().nullable(),
  decidedAt: z.string().nullable(), decidedBy: z.string().nullable(), decidedReason: z.string().nullable(), knownFrom: z.string(),
})
export type FigureShown = z.output<typeof figureShown>

/** Problems that any endpoint naming an area of a day may answer. */
const AREA_PROBLEMS = ['unknown_area']
const METRIC_PROBLEMS = ['unknown_metric']

export const listFigures = endpoint({
  method: 'GET', path: '/api/figures', permission: figureRead, summary: 'Figures of an area and what lies in it, newest day first; as known at an instant',
  query: z.object({
    ...area, from: day.optional(), to: day.optional(), metric: metricCodes.optional(), status: status.optional(), disease,
    knownAt: z.iso.datetime({ offset: true }).optional(),
    /** The `next` of the page before. */
    after: z.string().regex(/^\d{4}-\d\d-\d\d_[0-9a-f-]{36}$/).optional(), limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: z.object({ figures: z.array(figureShown), next: z.string().nullable() }), problems: AREA_PROBLEMS,
})
export const figureHistory = endpoint({
  method: 'GET', path: '/api/figures/history', permission: figureRead, summary: 'Every image of one figure, newest first',
  query: z.object({ ...area, day, metric: metricCode, disease }),
  response: z.object({ images: z.array(figureShown.extend({ supersededAt: z.string().nullable() })) }), problems: AREA_PROBLEMS,
})

/** What became of a value that was reported. */
export const OUTCOMES = ['new', 'corrected', 'unchanged'] as const
const ENTRY_PROBLEMS = [
  ...AREA_PROBLEMS, ...METRIC_PROBLEMS, 'area_not_of_day', 'future_day', 'not_a_number', 'not_whole_number', 'unknown_category', 'value_out_of_range',
]

export const reported = z.object({
  area: z.string().max(40).optional(), areaId: z.int().optional(), day, disease, source: source.optional(),
  figures: z.array(z.object({ metric: metricCode, value })).min(1).max(200),
}).refine((body) => (body.area === undefined) !== (body.areaId === undefined), { message: 'one_area_needed', path: ['area'] })
export const reportFigures = endpoint({
  method: 'POST', path: '/api/figures', permission: figureReport, summary: 'Report figures of one area and day; an earlier value is superseded, not lost',
  body: reported,
  response: z.object({
    figures: z.array(z.object({ metric: z.string(), id: z.string(), status, hold: hold.nullable(), outcome: z.enum(OUTCOMES) })),
  }),
  problems: [...ENTRY_PROBLEMS, 'one_area_needed', 'metric_twice'],
})

export const gridCell = z.object({
  areaId: z.int(), metric: metricCode, value,
  /** The image the officer saw when typing, null for an empty cell: another one in force by now is a conflict. Left out: no matter. */
  seen: z.string().nullable().optional(),
})
export const grid = z.object({ day, disease, source: source.optional(), cells: z.array(gridCell).min(1).max(10_000) })
export const reportGrid = endpoint({
  method: 'POST', path: '/api/figures/grid', permission: figureReport, summary: 'Report many cells of one day, all or none', body: grid,
  response: z.object({
    new: z.int(), corrected: z.int(), unchanged: z.int(),
    held: z.array(z.object({ areaId: z.int(), metric: z.string(), id: z.string(), hold })),
  }),
  problems: [...ENTRY_PROBLEMS, 'figure_changed', 'cell_twice'],
})

const cellShown = z.object({
  id: z.string(), value, status, hold: hold.nullable(), source: z.string(), recordedAt: z.string(), recordedBy: z.string(), decidedReason: z.string().nullable(),
})
export const gridShown = z.object({
  area: z.object({ id: z.int(), code: z.string(), name: z.string(), level: z.string() }),
  day: z.string(), disease: z.string(), metrics: z.array(metricShown),
  deadline: z.object({ hour: z.int(), at: z.string(), isDefault: z.boolean() }),
  rows: z.array(z.object({
    areaId: z.int(), code: z.string(), name: z.string(), parentName: z.string(), writable: z.boolean(),
    /** By metric code. */
    cells: z.record(z.string(), cellShown), yesterday: z.record(z.string(), value),
    remindedAt: z.string().nullable(),
  })),
})
export type GridShown = z.output<typeof gridShown>
export type CellShown = z.output<typeof cellShown>

const gridQuery = z.object({ ...area, day, disease, metrics: metricCodes.optional() })
export const readGrid = endpoint({
  method: 'GET', path: '/api/figures/grid', permission: figureRead, summary: 'The communes of an area on a day × metrics, with the day before and what is held',
  query: gridQuery, response: gridShown, problems: [...AREA_PROBLEMS, ...METRIC_PROBLEMS],
})
export const exportGrid = endpoint({
  method: 'GET', path: '/api/figures/grid.csv', permission: figureRead, summary: 'The grid as CSV (UTF-8 with BOM, for Excel); held cells are empty and listed in a column',
  query: gridQuery, produces: 'text/csv', problems: [...AREA_PROBLEMS, ...METRIC_PROBLEMS],
})

const decision = z.object({ ids: z.array(z.uuid()).min(1).max(10_000), reason })
const DECISION_PROBLEMS = ['unknown_figure', 'already_decided']
export const confirmFigures = endpoint({
  method: 'POST', path: '/api/figures/confirm', permission: figureConfirm, summary: 'Let held or rejected figures count', body: decision,
  response: z.object({ confirmed: z.int() }), problems: DECISION_PROBLEMS,
})
export const rejectFigures = endpoint({
  method: 'POST', path: '/api/figures/reject', permission: figureConfirm, summary: 'Refuse figures: they count as missing', body: decision,
  response: z.object({ rejected: z.int() }), problems: DECISION_PROBLEMS,
})
export const listHeld = endpoint({
  method: 'GET', path: '/api/figures/held', permission: figureRead, summary: 'Figures waiting for an epidemiologist, oldest report first',
  query: z.object({
    ...area, disease, limit: z.coerce.number().int().min(1).max(5000).default(1000),
    /** The day whose area codes are meant; today when left out. Figures of every day are listed. */
    day: day.optional(),
  }),
  response: z.object({ figures: z.array(figureShown), more: z.boolean() }), problems: AREA_PROBLEMS,
})

export const listMissing = endpoint({
  method: 'GET', path: '/api/figures/missing', permission: figureRead, summary: 'Communes that have not reported a day, or only in part',
  query: z.object({ ...area, day, disease }),
  response: z.object({
    asked: z.array(z.string()), communes: z.int(),
    areas: z.array(z.object({
      areaId: z.int(), code: z.string(), name: z.string(), parentName: z.string(), missing: z.array(z.string()),
      /** None of the metrics asked for has come. */
      silent: z.boolean(),
      remindedAt: z.string().nullable(), remindedBy: z.string().nullable(),
    })),
  }),
  problems: AREA_PROBLEMS,
})
export const reminder = z.object({ areaIds: z.array(z.int()).min(1).max(2000), day })
export const remind = endpoint({
  method: 'POST', path: '/api/figures/remind', permission: figureReport, summary: 'Record that areas were reminded of a day', body: reminder,
  response: z.object({ reminded: z.int() }), problems: ['unknown_area', 'future_day'],
})
export const newDeadline = z.object({ areaId: z.int(), hour: z.int().min(0).max(23) })
export const setDeadline = endpoint({
  method: 'POST', path: '/api/figures/deadline', permission: deadlineSet, summary: 'The hour by which the communes of an area report', body: newDeadline,
  response: z.null(), problems: ['unknown_area'],
})
