import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'

/** The law is public: every account reads every rulebook. */
export const rulebookRead = permission('rulebook.read', ...EVERYONE)
/** Drafting a change, and seeing what others draft. */
export const rulebookDraft = permission('rulebook.draft', 'epidemiologist', 'commander', 'administrator')
/** Putting a draft in force, and withdrawing what was. */
export const rulebookEnact = permission('rulebook.enact', 'commander')

const confidence = z.enum(['found', 'recalled', 'province']).nullable()
const provenance = { confidence, clause: z.string().nullable(), source: z.string().nullable() }
const kind = z.enum(['rule', 'variant'])
const day = z.iso.date()
const documentNumber = z.string().trim().min(1).max(200)

export const rulebookShown = z.object({
  id: z.string(), version: z.int(), kind, titleVi: z.string(), titleEn: z.string(), document: z.string(), article: z.string().nullable(), url: z.string().nullable(),
  disease: z.string(), areaName: z.string(), areaCode: z.string(),
  validFrom: z.string(), validTo: z.string().nullable(),
  /** Last day in force, a withdrawal counted; null while open. */
  lastOn: z.string().nullable(), withdrawnBy: z.string().nullable(),
  /** Version it was drafted from, as `id@version`. */
  basedOn: z.string().nullable(),
  sha256: z.string(), loadedAt: z.string(), loadedBy: z.string(),
  /** The decisions it answers: `level`, or the notice before a level is raised and measures. */
  decides: z.array(z.string()),
  /** The least sure of its values: what is not `found` shows as unconfirmed. */
  confidence,
})
export const listRulebooks = endpoint({
  method: 'GET', path: '/api/rulebooks', permission: rulebookRead, summary: 'Every rulebook in its last version; with a day, what is in force on it too',
  /** Area whose law is meant; the province when left out. */
  query: z.object({ on: day.optional(), area: z.string().optional(), disease: z.string().default('covid-19') }),
  response: z.object({ rulebooks: z.array(rulebookShown), inForce: z.object({ rule: rulebookShown.nullable(), variants: z.array(rulebookShown) }).nullable() }), problems: ['unknown_area'],
})

const cell = z.object({ text: z.string(), ...provenance })
const book = {
  inputs: z.array(z.object({
    name: z.string(), label: z.string(), labelEn: z.string().nullable(), kind: z.string().nullable(), numerator: z.array(z.string()),
    denominator: z.string().nullable(), per: z.number(), measure: z.enum(['sum', 'latest']).nullable(), windowDays: z.number().nullable(),
    dayBasis: z.enum(['report', 'onset']).nullable(), cutoffHour: z.number().nullable(), optional: z.boolean(),
  })),
  tables: z.array(z.object({
    name: z.string(), label: z.string(), labelEn: z.string().nullable(), hitPolicy: z.string(), ...provenance,
    inputs: z.array(z.object({ expression: z.string(), label: z.string(), labelEn: z.string().nullable(), values: z.string().nullable() })),
    outputs: z.array(z.object({ name: z.string(), label: z.string(), values: z.string().nullable(), default: z.string().nullable() })),
    annotations: z.array(z.string()),
    rows: z.array(z.object({
      row: z.int(), when: z.array(cell), gives: z.array(cell), annotations: z.record(z.string(), z.string()), ...provenance,
    })),
  })),
  expressions: z.array(z.object({ name: z.string(), label: z.string(), text: z.string() })),
}
export const getRulebook = endpoint({
  method: 'GET', path: '/api/rulebooks/:id', permission: rulebookRead, summary: 'A rulebook as readable tables, with the clause and source of every row',
  params: z.object({ id: z.string() }),
  /** The last version when left out. */
  query: z.object({ version: z.coerce.number().int().min(1).optional() }),
  response: z.object({ rulebook: rulebookShown, versions: z.array(rulebookShown), ...book }),
  problems: ['unknown_rulebook'],
})
const dmn = z.enum(['1.5', '1.3'])
export const getRulebookFile = endpoint({
  method: 'GET', path: '/api/rulebooks/:id/file', permission: rulebookRead, summary: 'The DMN file: as it was put in force, or written anew for editors of DMN 1.3',
  params: z.object({ id: z.string() }),
  query: z.object({ version: z.coerce.number().int().min(1).optional(), dmn: dmn.optional() }),
  produces: 'application/xml', problems: ['unknown_rulebook', 'logic_unsupported'],
})

const pair = z.object({ before: z.string().nullable(), after: z.string().nullable() })
const part = pair.extend({ path: z.string() })
const change = z.enum(['same', 'added', 'removed', 'changed'])
const side = z.object({
  /** `id@version`, or `draft:…`. */
  reference: z.string(), titleVi: z.string(), titleEn: z.string(), document: z.string(), areaName: z.string(), validFrom: z.string(), validTo: z.string().nullable(), ...book,
})
export const compareRulebooks = endpoint({
  method: 'GET', path: '/api/rulebooks/compare', permission: rulebookRead, summary: 'Two rulebooks, versions, drafts or days side by side, cell by cell',
  query: z.object({
    /** `id`, `id@version`, `draft:ID` or `day:DATE` (the rule in force that day). */
    a: z.string(), b: z.string(),
    /** Area whose rule in force is meant; the province when left out. */
    area: z.string().optional(), disease: z.string().default('covid-19'),
  }),
  response: z.object({
    a: side, b: side,
    diff: z.object({
      same: z.boolean(), info: z.array(part),
      elements: z.array(z.object({ kind: z.enum(['input', 'type', 'decision', 'knowledge']), name: z.string(), change, parts: z.array(part) })),
      tables: z.array(z.object({
        name: z.string(), change, when: z.array(z.string()), gives: z.array(z.string()), annotations: z.array(z.string()), parts: z.array(part),
        rows: z.array(z.object({
          change, moved: z.boolean(), rowBefore: z.int().nullable(), rowAfter: z.int().nullable(), when: z.array(pair), gives: z.array(pair),
          annotations: z.array(pair), clause: pair, source: pair, confidence: pair, parts: z.array(part),
        })),
      })),
    }),
  }),
  problems: ['unknown_rulebook', 'unknown_draft', 'unknown_area', 'no_rule_in_force'],
})
export const withdrawRulebook = endpoint({
  method: 'POST', path: '/api/rulebooks/:id/withdraw', permission: rulebookEnact, summary: 'End a version the province put in force; days before stay as they were',
  params: z.object({ id: z.string() }),
  body: z.object({ version: z.int().min(1), document: documentNumber, lastOn: day }),
  response: z.object({ lastOn: z.string() }),
  problems: ['unknown_rulebook', 'withdrawn_before_start', 'ended_already'],
})

export const draftShown = z.object({
  id: z.string(), revision: z.int(), status: z.enum(['open', 'enacted', 'discarded']), kind, rulebookId: z.string(), basedOn: z.string().nullable(),
  areaName: z.string(), areaCode: z.string(), titleVi: z.string(), titleEn: z.string(),
  createdAt: z.string(), createdBy: z.string(), changedAt: z.string(), changedBy: z.string(),
})
export const listDrafts = endpoint({
  method: 'GET', path: '/api/rulebook-drafts', permission: rulebookDraft, summary: 'Open drafts in the own area, last changed first',
  response: z.object({ drafts: z.array(draftShown) }), problems: [],
})
export const beginDraft = endpoint({
  method: 'POST', path: '/api/rulebook-drafts', permission: rulebookDraft, summary: 'Begin a draft from a rulebook: an amendment, or a stricter variant of an area',
  body: z.object({
    /** `id` or `id@version`. */
    rulebook: z.string(), kind,
    /** Code of the area it shall hold in; the area of the rulebook, or as much of it as is one's own, when left out. */
    area: z.string().optional(),
  }),
  response: z.object({ id: z.string() }), problems: ['unknown_rulebook', 'unknown_area', 'logic_unsupported'],
})
export const uploadDraft = endpoint({
  method: 'POST', path: '/api/rulebook-drafts/file', permission: rulebookDraft, summary: 'Begin a draft from a DMN file, for instance one edited elsewhere',
  body: z.object({ dmn: z.string().min(1) }),
  response: z.object({ id: z.string() }), problems: ['not_dmn', 'xml_malformed', 'bad_extension', 'rulebook_not_described', 'logic_unsupported'],
})
const draftId = z.object({ id: z.uuid() })
export const getDraft = endpoint({
  method: 'GET', path: '/api/rulebook-drafts/:id', permission: rulebookDraft, summary: 'A draft, its file, and the file it was drafted from',
  params: draftId, response: z.object({ draft: draftShown, dmn: z.string(), base: z.string().nullable() }), problems: ['unknown_draft'],
})
export const getDraftFile = endpoint({
  method: 'GET', path: '/api/rulebook-drafts/:id/file', permission: rulebookDraft, summary: 'A draft as a DMN file, for any DMN editor',
  params: draftId, query: z.object({ dmn: dmn.default('1.5') }), produces: 'application/xml', problems: ['unknown_draft'],
})
export const saveDraft = endpoint({
  method: 'PUT', path: '/api/rulebook-drafts/:id', permission: rulebookDraft, summary: 'Save a draft; it may still have faults',
  params: draftId, body: z.object({ revision: z.int().min(1), dmn: z.string().min(1) }),
  response: z.object({ revision: z.int() }),
  problems: ['unknown_draft', 'draft_closed', 'draft_changed', 'not_dmn', 'rulebook_not_described'],
})
export const discardDraft = endpoint({
  method: 'DELETE', path: '/api/rulebook-drafts/:id', permission: rulebookDraft, summary: 'Put a draft away',
  params: draftId, response: z.object({ revision: z.int() }), problems: ['unknown_draft', 'draft_closed'],
})
export const enactDraft = endpoint({
  method: 'POST', path: '/api/rulebook-drafts/:id/enact', permission: rulebookEnact, summary: 'Put a draft in force from a day, under a document number',
  params: draftId,
  body: z.object({ revision: z.int().min(1), document: documentNumber, validFrom: day, validTo: day.nullable() }),
  response: z.object({ id: z.string(), version: z.int() }),
  problems: [
    'unknown_draft', 'draft_closed', 'draft_changed', 'validity_reversed', 'model_faulty', 'unknown_decision', 'rulebook_unchanged', 'no_rule_in_force', 'variant_laxer',
    'variant_evidence_differs', 'variant_not_provable',
  ],
})
