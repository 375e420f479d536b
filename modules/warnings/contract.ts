import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'

export const warningRead = permission('warning.read', ...EVERYONE)
/** Acknowledge, open an investigation, dismiss, take back. */
export const warningDecide = permission('warning.decide', 'officer', 'epidemiologist', 'commander', 'administrator')
/** Sensitivity, and running the methods now. */
export const warningTune = permission('warning.tune', 'epidemiologist', 'commander', 'administrator')

/** Kind of the job. */
export const WARNING_RUN = 'warnings.run'

const day = z.iso.date()
const method = z.enum(['ears', 'farrington', 'scan'])
const status = z.enum(['open', 'acknowledged', 'investigating', 'dismissed'])
const sensitivity = z.enum(['low', 'standard', 'high'])
const disease = z.string().default('covid-19')

export const warningShown = z.object({
  id: z.string(), area: z.object({ id: z.int(), code: z.string(), name: z.string(), level: z.string(), within: z.string().nullable() }),
  method, firstOn: z.string(), lastOn: z.string(),
  observed: z.int(), expected: z.number(),
  /** Null for a cluster, which is judged by its p value. */
  bound: z.number().nullable(),
  /** 1 to 3, the worst of the episode. */
  severity: z.int(), sensitivity, status,
  /** Instant it was opened again because it had become worse than when it was decided on. */
  worseAt: z.string().nullable(),
  foundAt: z.string(), changedAt: z.string(),
  decision: z.object({ by: z.string(), at: z.string(), reason: z.string().nullable() }).nullable(),
  cluster: z.object({ areas: z.array(z.object({ id: z.int(), code: z.string(), name: z.string() })), days: z.int(), p: z.number(), relativeRisk: z.number().nullable() }).nullable(),
})
export type WarningShown = z.output<typeof warningShown>

const filters = {
  disease, area: z.string().optional(), on: day.optional(),
  /** `unsettled`: open or under investigation. */
  status: z.enum([...status.options, 'unsettled', 'all']).default('unsettled'),
  method: method.optional(), severity: z.coerce.number().int().min(1).max(3).default(1),
  from: day.optional(), to: day.optional(),
}

export const listWarnings = endpoint({
  method: 'GET', path: '/api/warnings', permission: warningRead, summary: 'Warnings of an area, newest first',
  query: z.object({ ...filters, after: z.string().regex(/^\d{4}-\d{2}-\d{2} [0-9a-f-]{36}$/).optional(), limit: z.coerce.number().int().min(1).max(500).default(200) }),
  response: z.object({
    warnings: z.array(warningShown), next: z.string().nullable(),
    /** The day the methods last looked at, and when they did. */
    checked: z.object({ on: z.string(), at: z.string() }).nullable(),
  }),
  problems: ['unknown_area'],
})
export const getWarning = endpoint({
  method: 'GET', path: '/api/warnings/:id', permission: warningRead, summary: 'One warning with the counts and bounds it rests on, and what was decided', params: z.object({ id: z.uuid() }),
  response: z.object({
    warning: warningShown,
    /** One entry a day or week; bound and expectation null where the method did not look. */
    series: z.object({ step: z.int(), days: z.array(z.string()), observed: z.array(z.number().nullable()), expected: z.array(z.number().nullable()), bound: z.array(z.number().nullable()) }),
    decisions: z.array(z.object({
      id: z.string(), status, reason: z.string().nullable(), by: z.string(), at: z.string(), undoneBy: z.string().nullable(), undoneAt: z.string().nullable(),
    })),
    codeVersion: z.string(), inputsSha256: z.string(), seed: z.int().nullable(),
  }),
  problems: ['unknown_warning'],
})
export const decideWarnings = endpoint({
  method: 'POST', path: '/api/warnings/decide', permission: warningDecide, summary: 'Acknowledge warnings, open an investigation, or dismiss with a reason',
  body: z.object({ ids: z.array(z.uuid()).min(1).max(500), status: status.exclude(['open']), reason: z.string().trim().max(500).optional() }),
  response: z.object({ decided: z.int() }), problems: ['unknown_warning', 'reason_missing', 'already_so'],
})
export const undoDecision = endpoint({
  method: 'POST', path: '/api/warnings/undo', permission: warningDecide, summary: 'Take back the decision that stands on warnings',
  body: z.object({ ids: z.array(z.uuid()).min(1).max(500) }), response: z.object({ undone: z.int() }), problems: ['unknown_warning', 'nothing_decided'],
})
export const startRun = endpoint({
  method: 'POST', path: '/api/warnings/run', permission: warningTune, summary: 'Look at a day now; yesterday when left out',
  body: z.object({ on: day.optional(), disease }), response: z.object({ job: z.string() }), problems: ['day_not_over'],
})
export const getSensitivity = endpoint({
  method: 'GET', path: '/api/warnings/sensitivity', permission: warningRead, summary: 'How readily warnings sound in an area, and what other settings would have done in the last 12 weeks',
  query: z.object({ area: z.string().optional(), on: day.optional(), disease }),
  response: z.object({
    area: z.string(), own: sensitivity.nullable(), inForce: sensitivity,
    /** Area the setting comes from; null: nobody set one. */
    from: z.object({ code: z.string(), name: z.string(), by: z.string(), at: z.string() }).nullable(),
    weeks: z.int(), areas: z.int(),
    /** Episodes that would have sounded with each setting, clusters left out, and areas they lie in. */
    effects: z.array(z.object({ sensitivity, episodes: z.int(), areas: z.int() })),
  }),
  problems: ['unknown_area'],
})
export const setSensitivity = endpoint({
  method: 'POST', path: '/api/warnings/sensitivity', permission: warningTune, summary: 'Set how readily warnings sound in an area and below; null: as above it',
  body: z.object({ area: z.string(), on: day.optional(), sensitivity: sensitivity.nullable() }), response: z.object({ area: z.string(), sensitivity: sensitivity.nullable() }), problems: ['unknown_area'],
})
