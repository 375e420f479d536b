import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'

/** The law is public: every account reads every rulebook. */
export const rulebookRead = permission('rulebook.read', ...EVERYONE)

const confidence = z.enum(['found', 'recalled', 'province']).nullable()
const provenance = { confidence, clause: z.string().nullable(), source: z.string().nullable() }

export const rulebookShown = z.object({
  id: z.string(), version: z.int(), titleVi: z.string(), titleEn: z.string(), document: z.string(), article: z.string().nullable(), url: z.string().nullable(), disease: z.string(), areaName: z.string(),
  validFrom: z.string(), validTo: z.string().nullable(), sha256: z.string(), loadedAt: z.string(),
  /** The least sure of its values: what is not `found` shows as unconfirmed. */
  confidence,
})
export const listRulebooks = endpoint({
  method: 'GET', path: '/api/rulebooks', permission: rulebookRead, summary: 'Every rulebook in its last version',
  response: z.object({ rulebooks: z.array(rulebookShown) }), problems: [],
})

const cell = z.object({ text: z.string(), ...provenance })
export const getRulebook = endpoint({
  method: 'GET', path: '/api/rulebooks/:id', permission: rulebookRead, summary: 'A rulebook as readable tables, with the clause and source of every row',
  params: z.object({ id: z.string() }),
  response: z.object({
    rulebook: rulebookShown,
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
  }),
  problems: ['unknown_rulebook'],
})
export const getRulebookFile = endpoint({
  method: 'GET', path: '/api/rulebooks/:id/file', permission: rulebookRead, summary: 'The DMN file itself, for any DMN editor',
  params: z.object({ id: z.string() }), produces: 'application/xml', problems: ['unknown_rulebook'],
})
