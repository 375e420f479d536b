import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'

export const forecastRead = permission('forecast.read', ...EVERYONE)
export const forecastRun = permission('forecast.run', 'epidemiologist', 'commander', 'administrator')

/** Kind of the job. */
export const FORECAST_RUN = 'forecasts.run'

/** Kinds of bed. They overlap: who is on oxygen or in intensive care is in hospital. */
export const TIERS = ['hospital', 'oxygen', 'intensive'] as const
export type Tier = (typeof TIERS)[number]

const day = z.iso.date()
const disease = z.string().default('covid-19')
const interval = z.object({ median: z.number(), lower50: z.number(), upper50: z.number(), lower80: z.number(), upper80: z.number(), lower95: z.number(), upper95: z.number() })
export type IntervalShown = z.output<typeof interval>

const score = z.object({
  /** Weeks ahead. */
  horizon: z.int(),
  /** Past forecasts whose week is over. */
  forecasts: z.int(),
  /** Mean weighted interval score, in cases; less is better. */
  wis: z.number().nullable(), baselineWis: z.number().nullable(),
  /** Below 1 is better than the baseline. */
  relativeWis: z.number().nullable(), logRelativeWis: z.number().nullable(),
  coverage50: z.number().nullable(), coverage95: z.number().nullable(),
})
export type ScoreShown = z.output<typeof score>

export const forecastShown = z.object({
  area: z.object({ id: z.int(), code: z.string(), name: z.string(), level: z.string() }), on: z.string(),
  /** `made`; `too_few` cases to say anything; `not_made` yet; `no_data` at all. */
  state: z.enum(['made', 'too_few', 'not_made', 'no_data']),
  /** Reported cases a day as known now, some weeks before the day and, where they have come, after it; null where nobody knows. */
  curve: z.object({ from: z.string(), counts: z.array(z.number().nullable()) }),
  forecast: z.object({
    madeAt: z.string(), retrospective: z.boolean(), knownAt: z.string().nullable(), codeVersion: z.string(), inputsSha256: z.string(), seed: z.int(),
    weeks: z.array(z.object({ from: z.string(), to: z.string(), quantiles: z.array(z.number()), baseline: z.array(z.number()).nullable(), shown: interval, observed: z.number().nullable() })),
    reproduction: z.array(z.object({ day: z.string(), median: z.number(), lower: z.number(), upper: z.number() })),
    /** By kind of bed, patients of the coming four weeks; empty for a forecast made from a week that was past. */
    demand: z.array(z.object({
      tier: z.enum(TIERS),
      /** Of the last 28 days, how many have a figure of their patients. */
      knownDays: z.int(),
      /** Last told. */
      patients: z.number().nullable(), free: z.number().nullable(),
      /** Nothing where too few days are known. */
      made: z.object({
        /** Of the reported cases, as many come to need such a bed. */
        share: z.number(),
        /** Chance that patients are more than now and the free beds together on some day; null where free beds are not known. */
        exceeded: z.number().nullable(),
        days: z.array(interval.extend({ day: z.string() })),
      }).nullable(),
    })),
    /** Days whose reports are still coming in. */
    nowcast: z.array(z.object({ day: z.string(), reported: z.number(), median: z.number(), lower: z.number(), upper: z.number() })),
  }).nullable(),
  /** Forecasts made from the end of the weeks before, oldest first, against what came. */
  past: z.array(z.object({ on: z.string(), horizon: z.int(), to: z.string(), retrospective: z.boolean(), shown: interval, observed: z.number().nullable() })),
  scores: z.array(score),
  /** How far past forecasts carry this one. */
  trust: z.object({
    level: z.enum(['good', 'fair', 'poor', 'unknown']), forecasts: z.int(), inside95: z.int(),
    /** By how much of itself the baseline's score is undercut, −1 … 1; negative: the forecast is worse. */
    better: z.number().nullable(),
  }),
})
export type ForecastShown = z.output<typeof forecastShown>
export type DemandShown = NonNullable<ForecastShown['forecast']>['demand'][number]

export const getForecast = endpoint({
  method: 'GET', path: '/api/forecasts', permission: forecastRead, summary: 'Forecast of an area from the end of a day, with what it rests on and how past ones did',
  query: z.object({ area: z.string().optional(), on: day.optional(), disease }), response: forecastShown, problems: ['unknown_area'],
})
export const exportForecast = endpoint({
  method: 'GET', path: '/api/forecasts/export', permission: forecastRead, summary: 'The quantiles of a forecast as CSV, in the layout of the forecast hubs',
  query: z.object({ area: z.string().optional(), on: day.optional(), disease }), produces: 'text/csv; charset=utf-8', problems: ['unknown_area', 'no_forecast'],
})
export const listForecasts = endpoint({
  method: 'GET', path: '/api/forecasts/areas', permission: forecastRead, summary: 'Forecasts from the end of a day of every unit within an area that has one',
  query: z.object({ area: z.string().optional(), on: day.optional(), disease }),
  response: z.object({
    on: z.string(),
    areas: z.array(z.object({
      area: z.object({ id: z.int(), code: z.string(), name: z.string(), level: z.string(), within: z.string().nullable() }), lastWeek: z.number().nullable(),
      nextWeek: interval, reproduction: z.object({ median: z.number(), lower: z.number(), upper: z.number() }).nullable(),
    })),
  }),
  problems: ['unknown_area'],
})
export const startForecasts = endpoint({
  method: 'POST', path: '/api/forecasts/run', permission: forecastRun, summary: 'Forecast from the end of a day now, for one area’s level or for all; yesterday when left out',
  body: z.object({
    on: day.optional(), disease,
    /** Only what this area needs: the units of its level. */
    area: z.string().optional(),
  }),
  response: z.object({ job: z.string() }), problems: ['unknown_area', 'day_not_over'],
})
