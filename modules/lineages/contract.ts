import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'
import { SCHEMES } from './sequence.ts'

export const lineageRead = permission('lineage.read', ...EVERYONE)
export const lineageImport = permission('lineage.import', 'officer', 'epidemiologist', 'administrator')

const day = z.iso.date()
const disease = z.string().regex(/^[a-z0-9-]{1,40}$/).default('covid-19')
const place = z.object({ id: z.int(), code: z.string(), name: z.string(), level: z.string() })
const interval = z.object({ estimate: z.number(), lower: z.number(), upper: z.number() })
const share = z.object({ count: z.int(), share: z.number().nullable(), lower: z.number().nullable(), upper: z.number().nullable() })

const asked = z.object({
  area: z.string().max(40).optional(), on: day.optional(), disease,
  /** By which names: Pango lineage, Nextstrain clade, or the label of the World Health Organization. */
  scheme: z.enum(SCHEMES).default('pango'),
  /** How many weeks, ending with the day. */
  weeks: z.coerce.number().int().min(2).max(104).default(12),
  /** What the others are measured against; the most frequent when left out. */
  reference: z.string().max(60).optional(),
})

export const lineagesShown = z.object({
  area: place, on: z.string(), scheme: z.enum(SCHEMES),
  /** Lineages by name, the most frequent first; after them, in every list of shares, stands the rest together. */
  names: z.array(z.string()),
  weeks: z.array(z.object({ from: z.string(), to: z.string(), total: z.int(), shares: z.array(share) })),
  whole: z.array(share),
  /** `counted` are in the shares; `unassigned` have no name; `bad` are of too bad a quality. */
  sequences: z.object({ counted: z.int(), unassigned: z.int(), bad: z.int() }),
  growth: z.object({
    reference: z.string().nullable(), dispersion: z.number().nullable(),
    advantages: z.array(z.object({ name: z.string(), sequences: z.int(), perDay: interval.nullable(), why: z.enum(['reference', 'too_few', 'apart']).nullable() })),
  }),
  /** Units below in the same period; `area` is null for samples of which only the area itself is known. */
  below: z.array(z.object({ area: place.nullable(), total: z.int(), shares: z.array(share) })),
  newest: z.object({ collectedOn: z.string(), recordedAt: z.string() }).nullable(),
})
export type LineagesShown = z.output<typeof lineagesShown>
export type ShareShown = z.output<typeof share>

export const getLineages = endpoint({
  method: 'GET', path: '/api/lineages', permission: lineageRead, summary: 'Shares of lineages by week and area with their uncertainty, and how fast they grow against a reference',
  query: asked, response: lineagesShown, problems: ['unknown_area'],
})
export const exportLineages = endpoint({
  method: 'GET', path: '/api/lineages/export', permission: lineageRead, summary: 'Shares of lineages by week as CSV', query: asked, produces: 'text/csv; charset=utf-8',
  problems: ['unknown_area'],
})

const estimate = z.object({ share: z.number(), lower: z.number(), upper: z.number() })
const prevalence = z.object({
  tested: z.int(), positive: z.int(), raw: estimate,
  /** Corrected for the assay’s errors. */
  corrected: estimate.nullable(), why: z.enum(['no_assay', 'useless_assay', 'several_assays']).nullable(),
  /** The assay’s errors count as known exactly: how many controls it was tried on is not said. */
  exact: z.boolean(),
})
export type PrevalenceShown = z.output<typeof prevalence>

const askedSurvey = z.object({
  area: z.string().max(40).optional(), on: day.optional(), disease,
  /** Key of the survey; the newest when left out. */
  survey: z.string().max(300).optional(),
})
export const serologyShown = z.object({
  area: place, on: z.string(),
  surveys: z.array(z.object({ key: z.string(), name: z.string(), from: z.string(), to: z.string(), tested: z.int(), sender: z.string() })),
  /** Nothing where there is no survey. */
  survey: z.object({
    key: z.string(), whole: prevalence,
    ages: z.array(prevalence.extend({ ageFrom: z.int(), ageTo: z.int().nullable() })),
    below: z.array(prevalence.extend({ area: place.nullable() })),
    assays: z.array(z.object({ assay: z.string(), sensitivity: z.number().nullable(), sensitivityOf: z.int().nullable(), specificity: z.number().nullable(), specificityOf: z.int().nullable() })),
    recordedAt: z.string(),
  }).nullable(),
})
export type SerologyShown = z.output<typeof serologyShown>

export const getSerology = endpoint({
  method: 'GET', path: '/api/serology', permission: lineageRead, summary: 'Prevalence by age and area of a serosurvey, as measured and corrected for the assay', query: askedSurvey,
  response: serologyShown, problems: ['unknown_area', 'unknown_survey'],
})
export const exportSerology = endpoint({
  method: 'GET', path: '/api/serology/export', permission: lineageRead, summary: 'Results of a serosurvey as CSV', query: askedSurvey, produces: 'text/csv; charset=utf-8',
  problems: ['unknown_area', 'unknown_survey'],
})
