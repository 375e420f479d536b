import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'

/** Levels are for everyone to see; figures stay in their areas. */
export const levelRead = permission('level.read', ...EVERYONE)
/** Entering what a decision on paper published. */
export const levelRecord = permission('level.record', 'epidemiologist', 'commander', 'administrator')

const day = z.iso.date()
const level = z.int().min(1).max(4)
const depths = ['province', 'district', 'commune', 'hamlet', 'group'] as const

export const inputShown = z.object({
  value: z.union([z.number(), z.string()]).nullable(),
  numerator: z.number().nullable(), denominator: z.number().nullable(), per: z.number(),
  sources: z.array(z.enum(['figures', 'registry', 'sum_of_parts', 'reference', 'inherited', 'assessment'])),
  source: z.string().nullable(), freshness: z.string().nullable(), day: z.string().nullable(),
  missing: z.boolean(), missingDays: z.int(), held: z.boolean(), estimated: z.boolean(), atLeast: z.number().nullable(),
})
/** `assessed`; `incomplete` when missing evidence leaves several levels; `no_data` when nothing is known; `no_rulebook`. */
const state = z.enum(['assessed', 'incomplete', 'no_data', 'no_rulebook'])
const because = z.object({
  table: z.string(), row: z.int().nullable(), clause: z.string().nullable(), confidence: z.enum(['found', 'recalled', 'province']).nullable(),
  source: z.string().nullable(), inputs: z.record(z.string(), z.unknown()), outputs: z.record(z.string(), z.unknown()),
})
export const assessmentShown = z.object({
  /** Official code on the day. */
  area: z.string(), areaId: z.int(), name: z.string(), kind: z.string(), level_of_area: z.string(), parentId: z.int().nullable(), on: z.string(),
  rulebook: z.string().nullable(), level: level.nullable(), possible: z.array(level),
  state,
  missing: z.array(z.string()), decisive: z.array(z.string()), held: z.array(z.string()), estimated: z.boolean(),
  population: z.number().nullable(), smallPopulation: z.boolean(),
  because: z.array(because), inputs: z.record(z.string(), inputShown),
})
export type AssessmentShown = z.output<typeof assessmentShown>

const chosen = {
  /** Rulebook id; the one in force when left out. */
  rulebook: z.string().optional(),
  disease: z.string().default('covid-19'),
  /** As it was known at this instant: figures, counts, rulebooks, published levels. */
  knownAt: z.iso.datetime({ offset: true }).optional(),
}
export const getLevels = endpoint({
  method: 'GET', path: '/api/levels', permission: levelRead, summary: 'Level, or possible levels, of an area and the units below it on a day, with reasons',
  query: z.object({
    on: day.optional(),
    /** Code on the day; the province when left out. */
    area: z.string().optional(),
    depth: z.enum(depths).optional(), ...chosen,
  }),
  response: z.array(assessmentShown), problems: ['unknown_area', 'unknown_rulebook'],
})
export const getWhy = endpoint({
  method: 'GET', path: '/api/levels/why', permission: levelRead, summary: 'Why an area has its level, what would change it, and its last twelve weeks',
  query: z.object({ on: day.optional(), area: z.string(), ...chosen }),
  response: z.object({
    assessment: assessmentShown,
    ancestors: z.array(z.object({ code: z.string(), name: z.string() })),
    changes: z.array(z.object({
      input: z.string(), direction: z.enum(['up', 'down']), to: z.number(), inclusive: z.boolean(), level, counts: z.number().nullable(),
    })),
    inputs: z.array(z.object({ name: z.string(), label: z.string(), labelEn: z.string().nullable(), kind: z.string().nullable(), per: z.number(), windowDays: z.number().nullable() })),
    history: z.array(z.object({ on: z.string(), level: level.nullable(), possible: z.array(level), rulebook: z.string().nullable() })),
    published: z.array(z.object({ effectiveFrom: z.string(), level, document: z.string() })),
  }),
  problems: ['unknown_area', 'unknown_rulebook'],
})
export const getRun = endpoint({
  method: 'GET', path: '/api/levels/run', permission: levelRead, summary: 'Levels of an area and the units below it for every day of a period',
  query: z.object({
    from: day, to: day, area: z.string().optional(), depth: z.enum(depths).optional(), ...chosen,
    /** `published`: every day as `GET /api/levels` answers for it alone; `run`: else the level computed a week earlier in the same run. */
    previous: z.enum(['published', 'run']).default('run'),
  }),
  response: z.object({
    days: z.array(z.string()),
    areas: z.array(z.object({
      area: z.string(), areaId: z.int(), name: z.string(), levels: z.array(level.nullable()), possible: z.array(z.string()), states: z.array(state),
    })),
  }),
  problems: ['unknown_area', 'unknown_rulebook', 'period_too_long', 'too_many_assessments'],
})
const law = z.object({
  /** `id` or `id@version`: that rulebook everywhere and on every day. */
  rulebook: z.string().optional(),
  /** What is in force, with this draft in it. */
  draft: z.uuid().optional(),
  /** A DMN file: that rulebook everywhere and on every day. */
  dmn: z.string().optional(),
})
const decidedBy = z.object({
  row: z.int().nullable(), clause: z.string().nullable(), confidence: z.enum(['found', 'recalled', 'province']).nullable(),
  inputs: z.record(z.string(), z.unknown()), outputs: z.record(z.string(), z.unknown()),
}).nullable()
/** Days in a row on which an area has another level under b than under a, for the same reason. */
export const differenceShown = z.object({
  area: z.string(), areaId: z.int(), name: z.string(), levelOfArea: z.string(), within: z.string().nullable(),
  since: z.string(), until: z.string(), days: z.int(),
  from: level.nullable(), to: level.nullable(),
  /** Levels left open, as digits: `23`. */
  fromPossible: z.string(), toPossible: z.string(),
  /** The first table that answers otherwise, and its row in each; inputs as on the first day. */
  because: z.object({ table: z.string(), label: z.string(), before: decidedBy, after: decidedBy }).nullable(),
})
export const compareLevels = endpoint({
  method: 'POST', path: '/api/levels/compare', permission: levelRead, summary: 'Which areas have another level on which days under law b than under law a, and why',
  body: z.object({
    from: day, to: day, area: z.string().optional(), depth: z.enum(depths).default('commune'), disease: z.string().default('covid-19'),
    /** Nothing named: what is in force. */
    a: law.default({}), b: law.default({}),
    /** A draft counts as in force on every day of the period, not on its own days only. */
    throughout: z.boolean().default(false),
  }),
  response: z.object({
    days: z.array(z.string()), areas: z.int(),
    changes: z.array(differenceShown),
    /** Units of the depth asked for, by day: level higher, lower, or only what is left open differs. */
    counts: z.array(z.object({ up: z.int(), down: z.int(), open: z.int() })),
  }),
  problems: ['unknown_area', 'unknown_rulebook', 'unknown_draft', 'period_too_long', 'too_many_assessments', 'not_dmn'],
})
export const recordPublished = endpoint({
  method: 'POST', path: '/api/levels/published', permission: levelRecord, summary: 'Record levels as a published decision has them',
  body: z.object({
    document: z.string().trim().min(1).max(200), effectiveFrom: day, disease: z.string().default('covid-19'),
    levels: z.array(z.object({ area: z.string(), level })).min(1).max(4000),
  }),
  response: z.object({ recorded: z.int() }), problems: ['unknown_area'],
})
