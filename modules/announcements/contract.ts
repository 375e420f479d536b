import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'
import { assessmentShown } from '#levels/contract'

/** Proposing a level to be announced. */
export const announcementPropose = permission('announcement.propose', 'epidemiologist', 'commander', 'administrator')
/** Confirming what somebody else proposed, or sending it back. */
export const announcementConfirm = permission('announcement.confirm', 'epidemiologist', 'commander')
/** Publishing under the committee's document. */
export const announcementPublish = permission('announcement.publish', 'commander')
/** Published announcements are for everyone; proposals for those who may propose. */
export const announcementRead = permission('announcement.read', ...EVERYONE)

const day = z.iso.date()
const instant = z.iso.datetime({ offset: true })
const level = z.int().min(1).max(4)
const disease = z.string().default('covid-19')
const sentence = z.string().trim().max(2_000)

const step = z.object({
  step: z.enum(['confirmed', 'returned', 'withdrawn', 'published']), at: z.string(), by: z.string(), byName: z.string(), note: z.string(),
  document: z.string().nullable(), issuedAt: z.string().nullable(),
})
const status = z.enum(['proposed', 'confirmed', 'published', 'returned', 'withdrawn'])
const item = z.object({
  area: z.string(), areaId: z.int(), name: z.string(), parent: z.string(), level, levelBefore: level.nullable(), computedLevel: level.nullable(), possible: z.array(level),
  reason: z.string(), clause: z.string(),
})
const announcement = z.object({
  id: z.string(), area: z.string(), areaName: z.string(), disease: z.string(), assessedOn: z.string(), effectiveAt: z.string(), note: z.string(), knownAt: z.string(),
  proposedBy: z.string(), proposedByName: z.string(), status, steps: z.array(step), items: z.array(item),
})
export type AnnouncementShown = z.output<typeof announcement>

export const listAnnouncements = endpoint({
  method: 'GET', path: '/api/announcements', permission: announcementRead, summary: 'Announcements of levels, newest first',
  query: z.object({ status: status.optional(), before: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  response: z.object({ announcements: z.array(announcement), more: z.boolean() }), problems: [],
})
export const readAnnouncement = endpoint({
  method: 'GET', path: '/api/announcements/:id', permission: announcementRead, summary: 'One announcement with the assessments it rests on',
  params: z.object({ id: z.uuid() }),
  response: announcement.extend({ assessments: z.record(z.string(), assessmentShown) }), problems: ['unknown_announcement'],
})
export const listCandidates = endpoint({
  method: 'GET', path: '/api/announcements/candidates', permission: announcementPropose,
  summary: 'Areas with the level in force and the level computed for a day: what could be announced',
  query: z.object({ on: day, area: z.string().optional(), depth: z.enum(['province', 'district', 'commune']).default('commune'), disease }),
  response: z.object({
    noticeHours: z.object({ up: z.number(), down: z.number(), same: z.number() }),
    areas: z.array(z.object({
      area: z.string(), areaId: z.int(), name: z.string(), parent: z.string(), computedLevel: level.nullable(), possible: z.array(level), state: z.string(),
      inForce: z.object({ level, since: z.string(), document: z.string() }).nullable(),
    })),
  }),
  problems: ['unknown_area'],
})
export const propose = endpoint({
  method: 'POST', path: '/api/announcements', permission: announcementPropose, summary: 'Propose levels to be announced',
  body: z.object({
    /** Whose committee announces; the province when left out. */
    area: z.string().optional(),
    disease, assessedOn: day, effectiveAt: instant, note: sentence.default(''),
    items: z.array(z.object({ area: z.string(), level, reason: sentence.default(''), clause: sentence.default('') })).min(1).max(2_000),
  }),
  response: z.object({ id: z.string() }),
  problems: ['unknown_area', 'area_not_within', 'area_twice', 'reason_needed', 'no_rulebook_then'],
})
const oneStep = { params: z.object({ id: z.uuid() }), response: z.null() }
const STEP_PROBLEMS = ['unknown_announcement', 'step_not_now'] as const
export const confirm = endpoint({
  ...oneStep, method: 'POST', path: '/api/announcements/:id/confirm', permission: announcementConfirm, summary: 'Confirm, as a second person',
  body: z.object({ note: sentence.default('') }), problems: [...STEP_PROBLEMS, 'second_person_needed'],
})
export const sendBack = endpoint({
  ...oneStep, method: 'POST', path: '/api/announcements/:id/return', permission: announcementConfirm, summary: 'Send back to be proposed anew',
  body: z.object({ note: sentence.min(1) }), problems: STEP_PROBLEMS,
})
export const withdraw = endpoint({
  ...oneStep, method: 'POST', path: '/api/announcements/:id/withdraw', permission: announcementPropose, summary: 'Take a proposal back before it is published',
  body: z.object({ note: sentence.min(1) }), problems: STEP_PROBLEMS,
})
export const publish = endpoint({
  ...oneStep, method: 'POST', path: '/api/announcements/:id/publish', permission: announcementPublish, summary: 'Publish under a document; from then on nothing of it changes',
  body: z.object({
    document: z.string().trim().min(1).max(200),
    /** When the public was told; now when left out. */
    issuedAt: instant.optional(),
    note: sentence.default(''),
  }),
  problems: [...STEP_PROBLEMS, 'notice_too_short', 'issued_in_future'],
})
export const readTruths = endpoint({
  method: 'GET', path: '/api/announcements/truths', permission: announcementRead,
  summary: 'A day as it was known then (when it was announced, else at its end) and as corrected now, with what changed between',
  query: z.object({ area: z.string(), on: day, knownAt: instant.optional(), disease }),
  response: z.object({
    announced: announcement.pick({ id: true, effectiveAt: true, assessedOn: true, steps: true }).extend({ item }).nullable(),
    knownAt: z.string(), then: assessmentShown, now: assessmentShown,
    /** Names of inputs that are not what they were. */
    changed: z.array(z.string()),
  }),
  problems: ['unknown_area'],
})
export const listMeasures = endpoint({
  method: 'GET', path: '/api/announcements/measures', permission: announcementRead, summary: 'Measures of a level in an area on a day, with the legal cell each comes from',
  query: z.object({ level: z.coerce.number().int().min(1).max(4), area: z.string().optional(), on: day.optional(), disease }),
  response: z.object({
    /** Nothing where no resolution is in force. */
    document: z.string().nullable(),
    measures: z.array(z.object({
      activity: z.string(), activityVi: z.string(), activityEn: z.string(), value: z.string(), clause: z.string().nullable(),
      confidence: z.enum(['found', 'recalled', 'province']).nullable(), source: z.string().nullable(),
    })),
  }),
  problems: ['unknown_area'],
})
