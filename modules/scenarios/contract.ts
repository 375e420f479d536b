import { z } from 'zod'
import { endpoint } from '#base'
import { forecastRead, forecastRun } from '#forecasts/contract'

/** Whoever reads forecasts reads scenarios; whoever runs the one runs the other. */
export const scenarioRead = forecastRead
export const scenarioRun = forecastRun

export const DAYS = 180
/** Runs of the picture that comes at once, and of the one that counts. */
export const RUNS = { first: 100, whole: 1000 } as const
/** A baseline and five variants. */
export const MOST_VARIANTS = 6

const day = z.iso.date()
const share = z.number().min(0).max(1)
const id = z.object({ id: z.uuid() })
const name = z.string().trim().min(1).max(120)

export const PROFILES = ['covidAncestral', 'covidDelta', 'covidOmicron', 'dengue', 'measles'] as const
export type ProfileName = (typeof PROFILES)[number]

const perTier = <T extends z.ZodType>(value: T) => z.strictObject({ ward: value, oxygen: value, intensive: value })
const contacts = z.strictObject({ home: share, school: share, work: share, other: share })

/** What all variants share: where, from when, whom. */
const ground = z.strictObject({
  area: z.string().min(1).max(40), on: day, profile: z.enum(PROFILES),
  population: z.int().min(1000).max(20_000_000),
  /** Reported now. */
  casesPerDay: z.number().min(0).max(200_000),
  /** Share of infections that are reported. */
  reportedShare: z.number().min(0.01).max(1),
  /** Share that is immune from infection. */
  immuneShare: z.number().min(0).max(0.99),
  /** Shares of the population with one dose only, and with two. */
  onceShare: share, twiceShare: share,
}).refine(({ onceShare, twiceShare }) => onceShare + twiceShare <= 1, { path: ['onceShare'] })
export type Ground = z.output<typeof ground>

const variant = z.strictObject({
  name: z.string().trim().max(60),
  /** Day its contacts begin to hold; before it those of the baseline do. */
  fromDay: z.int().min(0).max(DAYS - 1),
  /** Share left of the contacts of each setting. */
  contacts,
  dosesPerDay: z.int().min(0).max(500_000),
  tracingShare: share,
  tracingDelayDays: z.number().min(0.5).max(14),
  importedPerDay: z.number().min(0).max(1000),
  /** Beds for new patients; null where nobody said. */
  beds: perTier(z.int().min(0).max(200_000).nullable()),
})
export type Variant = z.output<typeof variant>

const band = z.object({ median: z.array(z.number()), lower50: z.array(z.number()), upper50: z.array(z.number()), lower95: z.array(z.number()), upper95: z.array(z.number()) })
export type Band = z.output<typeof band>
const range = z.object({ median: z.number(), lower95: z.number(), upper95: z.number() })
/** When beds run out: the share of runs in which they do, and the day by which they have in 2.5, 50 and 97.5 % of all runs. */
const crossing = z.object({ probability: z.number(), early: z.int().nullable(), median: z.int().nullable(), late: z.int().nullable() })

export const outcome = z.object({
  runs: z.int(),
  bands: z.object({ infections: band, reported: band, ward: band, oxygen: band, intensive: band }),
  /** Of all days together. */
  totals: z.object({ infections: range, reported: range }),
  /** The most beds taken on one day, run by run. */
  peaks: perTier(range),
  crossings: perTier(crossing.nullable()),
})
export type Outcome = z.output<typeof outcome>

const stamp = z.object({ codeVersion: z.string(), inputsSha256: z.string(), seed: z.int() })
const areaShown = z.object({ id: z.int(), code: z.string(), name: z.string(), level: z.string() })
/** Reported cases a day as known now; null where nobody knows. */
const counts = z.object({ from: z.string(), counts: z.array(z.number().nullable()) })
export type Counted = z.output<typeof counts>
const staff = perTier(z.number().min(0.1).max(1000).nullable())
export type Staff = z.output<typeof staff>

export const startScenario = endpoint({
  method: 'GET', path: '/api/scenarios/start', permission: scenarioRead, summary: 'What the product knows of an area on a day, to begin a scenario with',
  query: z.object({ area: z.string().optional(), on: day.optional(), profile: z.enum(PROFILES).default('covidDelta') }),
  response: z.object({
    area: areaShown, on: z.string(),
    population: z.object({ value: z.int(), source: z.string(), estimated: z.boolean() }).nullable(),
    /** Mean of the last seven days. */
    casesPerDay: z.number().nullable(),
    doses: z.object({ onceShare: z.number(), twiceShare: z.number() }).nullable(),
    /** Free beds of the newest figures up to the day. */
    beds: z.object({ ward: z.int().nullable(), intensive: z.int().nullable() }),
    counted: counts,
  }),
  problems: ['unknown_area'],
})
export type Start = z.output<typeof startScenario.response & z.ZodType>

export const runScenarios = endpoint({
  method: 'POST', path: '/api/scenarios/run', permission: scenarioRun, summary: 'Run one variant now; the same inputs give the same answer. Given up when the caller goes away',
  body: z.strictObject({ ground, before: contacts, variant, runs: z.int().min(10).max(RUNS.whole).default(RUNS.whole) }),
  response: z.object({ stamp, outcome }), problems: ['unknown_area', 'run_given_up'],
})

export const saveScenario = endpoint({
  method: 'POST', path: '/api/scenarios', permission: scenarioRun, summary: 'Save a baseline and its variants under a name; they are run in full first',
  body: z.strictObject({ name, ground, variants: z.array(variant).min(1).max(MOST_VARIANTS), staff }),
  response: z.object({ id: z.string() }), problems: ['unknown_area', 'run_given_up'],
})

const listed = z.object({
  id: z.string(), name: z.string(), area: areaShown, on: z.string(), profile: z.enum(PROFILES), variants: z.int(), madeBy: z.string(), madeAt: z.string(), mayChange: z.boolean(),
})
export type Listed = z.output<typeof listed>

export const listScenarios = endpoint({
  method: 'GET', path: '/api/scenarios', permission: scenarioRead, summary: 'Saved scenarios, newest first',
  query: z.object({ q: z.string().max(120).default(''), limit: z.coerce.number().int().min(1).max(500).default(100) }),
  response: z.object({ scenarios: z.array(listed) }), problems: [],
})
export const getScenario = endpoint({
  method: 'GET', path: '/api/scenarios/:id', permission: scenarioRead, summary: 'A saved scenario with its outcomes, and what was counted since its start', params: id,
  response: z.object({
    scenario: listed, ground, variants: z.array(variant), staff, outcomes: z.array(outcome), stamp, counted: counts,
  }),
  problems: ['unknown_scenario'],
})
export type Shown = z.output<typeof getScenario.response & z.ZodType>
export const exportScenario = endpoint({
  method: 'GET', path: '/api/scenarios/:id/export', permission: scenarioRead, summary: 'The bands of a saved scenario by day as CSV, with what was counted', params: id,
  produces: 'text/csv; charset=utf-8', problems: ['unknown_scenario'],
})
export const renameScenario = endpoint({
  method: 'POST', path: '/api/scenarios/:id/rename', permission: scenarioRun, summary: 'Give a saved scenario another name', params: id, body: z.strictObject({ name }), response: z.null(),
  problems: ['unknown_scenario'],
})
export const withdrawScenario = endpoint({
  method: 'POST', path: '/api/scenarios/:id/withdraw', permission: scenarioRun, summary: 'Withdraw a saved scenario: it is listed no more', params: id, body: z.strictObject({}), response: z.null(),
  problems: ['unknown_scenario'],
})
export const restoreScenario = endpoint({
  method: 'POST', path: '/api/scenarios/:id/restore', permission: scenarioRun, summary: 'Bring a withdrawn scenario back', params: id, body: z.strictObject({}), response: z.null(),
  problems: ['unknown_scenario'],
})
