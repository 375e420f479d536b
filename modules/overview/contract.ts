import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'

/** Counts and levels of an area: never people. */
export const overviewRead = permission('overview.read', ...EVERYONE)

export const COUNTED = ['cases_new', 'cases_community', 'deaths'] as const
export type Counted = (typeof COUNTED)[number]

const day = z.iso.date()
const level = z.int().min(1).max(4)

/** A count with what a reader needs to trust it. */
export const numberShown = z.object({
  /** Null where some day or part of it is not known. */
  value: z.number().nullable(),
  /** What is known of it all the same. */
  atLeast: z.number().nullable(),
  missingDays: z.int(), held: z.boolean(), estimated: z.boolean(), freshness: z.string().nullable(),
  sources: z.array(z.enum(['figures', 'registry', 'sum_of_parts', 'reference', 'inherited', 'assessment'])),
})
export type NumberShown = z.output<typeof numberShown>

const place = { area: z.string(), areaId: z.int(), name: z.string(), rank: z.string(), parentId: z.int().nullable() }
const standing = {
  level: level.nullable(), possible: z.array(level), state: z.enum(['assessed', 'incomplete', 'no_data', 'no_rulebook']),
  /** The level of the day before. */
  before: level.nullable(),
}
const incidence = {
  population: z.number().nullable(), smallPopulation: z.boolean(),
  /** New cases of the seven days ending on the day, and of the seven before. */
  week: numberShown, weekBefore: numberShown,
  /** New cases of the week per 100 000 people. */
  rate: z.number().nullable(), rateBefore: z.number().nullable(),
}
const published = z.object({ level, effectiveFrom: z.string(), document: z.string() })

export const partShown = z.object({
  ...place, ...standing, ...incidence,
  day: numberShown,
  /** New cases of each of the last 28 days, the day itself last; null where not known. */
  trend: z.array(z.number().nullable()),
  published: published.nullable(),
})
export type PartShown = z.output<typeof partShown>

export const communeShown = z.object({ ...place, ...standing, ...incidence, held: z.boolean(), estimated: z.boolean() })
export type CommuneShown = z.output<typeof communeShown>

const levelCounts = z.object({
  /** How many units have level 1, 2, 3, 4. */
  known: z.array(z.int()).length(4),
  /** Of how many the level is not decided. */
  open: z.int(),
})

const area = z.string().max(40).optional()
const disease = z.string().regex(/^[a-z0-9-]{1,40}$/).default('covid-19')
const asked = z.object({
  on: day.optional(),
  /** Code on the day; the widest area the reader may see the whole of when left out. */
  area, disease,
})

export const getOverview = endpoint({
  method: 'GET', path: '/api/overview', permission: overviewRead, summary: 'The situation of an area on a day: counts, levels, its parts, its communes, the curve', query: asked,
  response: z.object({
    on: z.string(),
    /** Newest part of the figures shown. */
    until: z.string().nullable(),
    /** Newest day of which anything is known in the installation; null while it is empty. */
    newestDay: z.string().nullable(),
    rulebook: z.object({ id: z.string(), document: z.string() }).nullable(),
    /** When the day's figures are due, and whether that has passed. */
    due: z.object({ hour: z.int(), at: z.string(), passed: z.boolean() }),
    own: partShown,
    counts: z.record(z.enum(COUNTED), z.object({ day: numberShown, dayBefore: numberShown, week: numberShown, weekBefore: numberShown })),
    levels: z.object({ today: levelCounts, before: levelCounts }),
    parts: z.array(partShown),
    communes: z.array(communeShown),
    /** New cases by day of report. */
    curve: z.array(z.object({
      day: z.string(), value: z.number().nullable(), atLeast: z.number().nullable(),
      /** More is to come: not all have reported, or the day is not over. */
      incomplete: z.boolean(),
    })),
  }),
  problems: ['unknown_area'],
})
export type Overview = z.output<NonNullable<typeof getOverview.response>>

const unit = z.object({ area: z.string(), areaId: z.int(), name: z.string(), parentId: z.int().nullable() })
export const getDuties = endpoint({
  method: 'GET', path: '/api/overview/duties', permission: overviewRead, summary: 'What of an area waits for somebody on a day: missing reports, held figures, units near a threshold', query: asked,
  response: z.object({
    reports: z.object({
      /** Nobody sends figures here: then nobody is missing. */
      inUse: z.boolean(), communes: z.int(),
      silent: z.array(unit), partial: z.array(unit),
    }),
    held: z.int(),
    /** Units that would have another, higher level with few more cases. */
    near: z.array(unit.extend({ level, to: level, input: z.string(), label: z.string(), labelEn: z.string().nullable(), counts: z.int() })),
    /** Units whose level in force, as published, is not the computed one. */
    differing: z.array(unit.extend({ level, published })),
    /** Of the area and its parts whose level is decided, the first day of that level without a break; `earlier`: it reaches further back than was looked. */
    since: z.array(z.object({ areaId: z.int(), day: z.string(), earlier: z.boolean() })),
    /** Files that were cut off or failed; null to those who import nothing. */
    imports: z.object({ interrupted: z.int(), failed: z.int() }).nullable(),
  }),
  problems: ['unknown_area'],
})
export type Duties = z.output<NonNullable<typeof getDuties.response>>
