import { z } from 'zod'
import { endpoint, EVERYONE, permission, type PlainDate } from '#base'
import { KINDS } from './frame.ts'

export const bulletinRead = permission('bulletin.read', ...EVERYONE)
/** Drafting: taking figures, remarks. */
export const bulletinDraft = permission('bulletin.draft', 'officer', 'epidemiologist', 'commander', 'administrator')
/** What leaves the house: number and signature. */
export const bulletinIssue = permission('bulletin.issue', 'epidemiologist', 'commander', 'administrator')
export const templateChange = permission('bulletin.template', 'epidemiologist', 'commander', 'administrator')

const day = z.iso.date()
const kind = z.enum(KINDS)
const id = z.object({ id: z.uuid() })
const disease = z.string().regex(/^[a-z0-9-]{1,40}$/).default('covid-19')
const known = z.enum(['latest', 'closing'])
/** Code on the day; the province when left out. */
const area = z.string().max(40).optional()

const words = z.array(z.object({
  text: z.string(), bold: z.boolean().optional(), italic: z.boolean().optional(), raised: z.boolean().optional(), fact: z.string().optional(),
}))
const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.union([z.literal(1), z.literal(2)]), words }),
  z.object({ kind: z.literal('paragraph'), words }), z.object({ kind: z.literal('basis'), words }), z.object({ kind: z.literal('item'), words }),
  z.object({ kind: z.literal('source'), words }),
  z.object({
    kind: z.literal('table'), caption: z.string(), columns: z.array(z.object({ width: z.number(), align: z.enum(['left', 'right', 'centre']) })), head: z.array(words),
    rows: z.array(z.object({ cells: z.array(words), strong: z.boolean().optional() })),
  }),
  /** A picture as SVG. */
  z.object({ kind: z.literal('picture'), caption: z.string(), alt: z.string(), width: z.number(), height: z.number(), svg: z.string() }),
])
export const documentShown = z.object({
  parent: z.string().nullable(), issuer: z.string(), number: z.int().nullable(), symbol: z.string(), place: z.string(), issuedOn: z.string().nullable(), typeName: z.string(),
  subject: z.string(), addressees: z.array(z.string()), blocks: z.array(block), recipients: z.array(z.string()), authority: z.array(z.string()), signer: z.string(),
  appendices: z.array(z.object({ title: z.string(), blocks: z.array(block) })), marks: z.array(z.string()), code: z.string().nullable(),
})
export type DocumentShown = z.output<typeof documentShown>
export type BlockShown = z.output<typeof block>

export const factShown = z.object({
  metric: z.enum(['cases_new', 'cases_community', 'deaths']), areaCode: z.string(), areaName: z.string(), from: z.string(), to: z.string(), value: z.number().nullable(),
  atLeast: z.number().nullable(), origins: z.array(z.string()), senders: z.array(z.string()), freshness: z.string().nullable(), missingDays: z.int(), held: z.boolean(),
  estimated: z.boolean(),
})
export type FactShown = z.output<typeof factShown>

const issued = z.object({
  number: z.int(), symbol: z.string(), issuedOn: z.string(), signer: z.string(), code: z.string(), issuedAt: z.string(), issuedBy: z.string(), synthetic: z.boolean(),
})
export const bulletinShown = z.object({
  id: z.string(), kind, areaCode: z.string(), areaName: z.string(), disease: z.string(), day: z.string(), status: z.enum(['draft', 'issued']), known, remarks: z.string(),
  effectiveOn: z.string().nullable(), takenAt: z.string(), changedAt: z.string(), issued: issued.nullable(),
})
export type BulletinShown = z.output<typeof bulletinShown>

export const listBulletins = endpoint({
  method: 'GET', path: '/api/bulletins', permission: bulletinRead, summary: 'Bulletins of an area and what lies in it, newest day first',
  query: z.object({
    /** `on` is the day whose area code is meant; `day` lists bulletins about that day alone. */
    area, on: day.optional(), day: day.optional(), kind: kind.optional(), after: z.string().regex(/^\d{4}-\d\d-\d\d_[0-9a-f-]{36}$/).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ bulletins: z.array(bulletinShown), next: z.string().nullable() }), problems: ['unknown_area'],
})
export const opening = z.object({ kind, area, day, disease, known: known.default('latest') })
export const openBulletin = endpoint({
  method: 'POST', path: '/api/bulletins', permission: bulletinDraft, summary: 'Open the draft of an area and day: the one there is, else a new one with the figures of now',
  body: opening, response: z.object({ id: z.string(), opened: z.enum(['new', 'existing']) }), problems: ['unknown_area', 'future_day', 'no_bulletin_of_commune'],
})
export const getBulletin = endpoint({
  method: 'GET', path: '/api/bulletins/:id', permission: bulletinRead, summary: 'A bulletin as the document it is or would be, with the source of every number', params: id,
  response: z.object({
    bulletin: bulletinShown, document: documentShown, facts: z.record(z.string(), factShown),
    /** Number the document would get, signer proposed. Nulls once it is issued. */
    next: z.object({ number: z.int(), signer: z.string(), issuedOn: z.string() }).nullable(),
    /** The figures are others by now than those taken. */
    outdated: z.boolean(),
    /** Units whose level rises although the announcement leaves less than 48 hours (Resolution 128/NQ-CP). */
    shortNotice: z.int(),
  }),
  problems: ['unknown_bulletin'],
})
export const editing = z.object({ remarks: z.string().max(20_000), effectiveOn: day.nullable().default(null) })
export const editBulletin = endpoint({
  method: 'POST', path: '/api/bulletins/:id/text', permission: bulletinDraft, summary: 'Write the office’s own remarks and, for an announcement, the first day the levels hold',
  params: id, body: editing, response: z.object({ id: z.string() }), problems: ['unknown_bulletin', 'bulletin_issued'],
})
export const refreshing = z.object({ known: known.optional() })
export const refreshBulletin = endpoint({
  method: 'POST', path: '/api/bulletins/:id/figures', permission: bulletinDraft, summary: 'Take the figures of a draft anew, and its wording in the newest version', params: id,
  body: refreshing, response: z.object({ id: z.string(), changed: z.boolean() }), problems: ['unknown_bulletin', 'bulletin_issued'],
})
export const issuing = z.object({
  /** As the clerk's register has it; the next one when left out. */
  number: z.int().min(1).max(99_999).optional(), issuedOn: day, signer: z.string().trim().min(1).max(200),
})
export const issueBulletin = endpoint({
  method: 'POST', path: '/api/bulletins/:id/issue', permission: bulletinIssue, summary: 'Give a draft its number, day and signer, and archive it for good', params: id, body: issuing,
  response: z.object({ id: z.string(), number: z.int(), code: z.string() }),
  problems: ['unknown_bulletin', 'bulletin_issued', 'number_taken', 'future_day', 'issued_before_day', 'effective_day_needed'],
})
export const getPdf = endpoint({
  method: 'GET', path: '/api/bulletins/:id/pdf', permission: bulletinRead, summary: 'The bulletin as PDF: as it was issued, or the draft', params: id, produces: 'application/pdf',
  problems: ['unknown_bulletin'],
})
export const getDocx = endpoint({
  method: 'GET', path: '/api/bulletins/:id/docx', permission: bulletinRead, summary: 'The bulletin as DOCX, to be edited in Word', params: id,
  produces: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', problems: ['unknown_bulletin'],
})
export const getReproduction = endpoint({
  method: 'GET', path: '/api/bulletins/:id/reproduction', permission: bulletinRead, summary: 'Make an issued bulletin again from what was archived, and compare', params: id,
  response: z.object({ contentIntact: z.boolean(), sameText: z.boolean(), samePdf: z.boolean(), sameDocx: z.boolean() }), problems: ['unknown_bulletin', 'bulletin_not_issued'],
})
export const checkCode = endpoint({
  method: 'GET', path: '/api/bulletins/check', permission: bulletinRead, summary: 'What the archive holds under the code printed on a paper', query: z.object({ code: z.string().max(60) }),
  response: z.object({
    id: z.string(), title: z.string(), number: z.int(), symbol: z.string(), issuedOn: z.string(), signer: z.string(), code: z.string(), issuedAt: z.string(), issuedBy: z.string(),
    bulletinId: z.string().nullable(), areaName: z.string(), synthetic: z.boolean(), text: z.string(),
  }),
  problems: ['bad_code', 'unknown_code'],
})

const line = z.string().trim().min(1).max(300)
export const frame = z.object({
  parent: z.string().trim().max(300), issuer: line, symbol: z.string().trim().regex(/^[A-ZĐ0-9]+(-[A-ZĐ0-9]+)*$/).max(40), place: line, typeName: line, subject: line,
  addressees: z.array(line).max(20), recipients: z.array(line).min(1).max(40), authority: z.array(line).min(1).max(6), signer: z.string().trim().max(200),
  countFrom: day.transform((text) => text as PlainDate),
})
export const templateShown = z.object({
  kind, areaCode: z.string().nullable(), areaName: z.string().nullable(), version: z.int(), body: z.string(), frame, recordedAt: z.string().nullable(), recordedBy: z.string().nullable(),
})
export type TemplateShown = z.output<typeof templateShown>
export const getTemplate = endpoint({
  method: 'GET', path: '/api/bulletin-templates', permission: bulletinRead, summary: 'The wording that counts for an area, its earlier versions, and what may stand in it',
  query: z.object({ kind, area, on: day.optional() }),
  response: z.object({ template: templateShown, versions: z.array(templateShown), shipped: templateShown, placeholders: z.array(z.string()), blocks: z.array(z.string()) }),
  problems: ['unknown_area'],
})
export const wording = z.object({ kind, area, on: day.optional(), body: z.string().min(1).max(50_000), frame })
export const saveTemplate = endpoint({
  method: 'POST', path: '/api/bulletin-templates', permission: templateChange, summary: 'Record a new version of an office’s wording', body: wording,
  response: z.object({ version: z.int() }), problems: ['unknown_area', 'template_faulty'],
})
export const previewTemplate = endpoint({
  method: 'POST', path: '/api/bulletin-templates/preview', permission: bulletinDraft, summary: 'The document a wording would make of a day; nothing is kept',
  body: wording.extend({ day, disease }),
  response: z.object({ document: documentShown, facts: z.record(z.string(), factShown) }), problems: ['unknown_area', 'template_faulty'],
})
