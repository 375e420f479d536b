import { z } from 'zod'
import { endpoint, EVERYONE, permission, type PlainDate } from '#base'

/** The tree is public knowledge; everyone with an account reads it. */
export const areaRead = permission('area.read', ...EVERYONE)
/** Adding hamlets (ấp, khu phố) and self-managed groups (tổ nhân dân tự quản), and their people. */
export const areaAdd = permission('area.add', 'officer', 'epidemiologist', 'administrator')

export const levels = ['country', 'province', 'district', 'commune', 'hamlet', 'group'] as const
const day = z.iso.date()

export const areaShown = z.object({
  id: z.int(), code: z.string(), level: z.enum(levels), kind: z.string(), name: z.string(), nameEn: z.string(), parentId: z.int().nullable(),
  validFrom: z.string(), validTo: z.string().nullable(),
  /** The unit of a later tree stands in for this day. */
  standsIn: z.boolean(),
  /** Persons; null where it is not known. */
  population: z.int().nullable(),
  populationSource: z.string().nullable(),
  /** Day the population is of. */
  populationAsOf: z.string().nullable(),
  /** `found`: read at its source; `distributed`: a share of a known total; `province`: entered here. */
  populationConfidence: z.string().nullable(),
  /** Distributed from a known total. */
  populationEstimated: z.boolean(),
})
export type AreaShown = z.output<typeof areaShown>

export const listAreas = endpoint({
  method: 'GET', path: '/api/areas', permission: areaRead, summary: 'Units of a day: those beneath one, of one level, or by name',
  query: z.object({
    on: day.optional(),
    /** `root`: all units of the deployment. */
    within: z.union([z.literal('root'), z.coerce.number().int()]).optional(), level: z.enum(levels).optional(), search: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(4000).default(1000),
  }),
  response: z.object({ on: z.string(), rootId: z.int(), areas: z.array(areaShown) }),
  problems: ['unknown_area'],
})
/** Every unit of the deployment on a day: what a screen knows before anything is asked of it. */
export const unitsOn = (on: PlainDate) => ({ query: { on, within: 'root', limit: 4000 } }) as const
export const getArea = endpoint({
  method: 'GET', path: '/api/areas/:id', permission: areaRead, summary: 'A unit, what it lies in, what it was and what it became',
  params: z.object({ id: z.coerce.number().int() }),
  response: z.object({
    area: areaShown, ancestors: z.array(areaShown),
    successors: z.array(z.object({ area: areaShown, share: z.number(), estimated: z.boolean(), basis: z.string() })),
    predecessors: z.array(z.object({ area: areaShown, share: z.number(), estimated: z.boolean(), basis: z.string() })),
  }),
  problems: ['unknown_area'],
})
export const getBoundaries = endpoint({
  method: 'GET', path: '/api/areas/boundaries', permission: areaRead, summary: 'Boundaries as GeoJSON, features keyed by area id',
  query: z.object({ layer: z.enum(['communes-2021', 'districts-2021', 'communes-2025', 'provinces']) }),
  produces: 'application/geo+json', problems: [],
})

export const newArea = z.object({
  parentId: z.int(),
  level: z.enum(['hamlet', 'group']),
  /** Ấp, Khu phố, Khóm, Tổ nhân dân tự quản … */
  kind: z.string().trim().min(1).max(60),
  /** With its kind: “Ấp Hòa Lập”. */
  name: z.string().trim().min(1).max(200),
  /** The office's own code; made from the parent's when left out. */
  code: z.string().trim().regex(/^[\w.-]{1,40}$/).optional(),
  validFrom: day.optional(),
  population: z.int().min(0).max(1_000_000).optional(),
  populationSource: z.string().trim().max(200).optional(),
})
export const addAreas = endpoint({
  method: 'POST', path: '/api/areas', permission: areaAdd, summary: 'Add hamlets or self-managed groups under a commune or hamlet',
  body: z.object({ areas: z.array(newArea).min(1).max(1000) }),
  response: z.object({ areas: z.array(z.object({ id: z.int(), code: z.string(), name: z.string() })) }),
  problems: ['unknown_area', 'wrong_parent', 'area_exists', 'code_taken', 'no_room', 'population_beyond_parent'],
})
export const setPopulation = endpoint({
  method: 'POST', path: '/api/areas/:id/population', permission: areaAdd, summary: 'The people of a hamlet or group, as the office counts them',
  params: z.object({ id: z.coerce.number().int() }),
  body: z.object({ asOf: day, value: z.int().min(0).max(1_000_000), source: z.string().trim().min(1).max(200) }),
  response: z.null(), problems: ['unknown_area', 'only_below_commune'],
})
