import { dayNumber, isoDay } from './iso-day.ts'
import { nowcastLawless } from './lawless.ts'
import { knownDelay, reportingTriangle, type ReportedEvent } from './reporting-triangle.ts'

// The nowcast on a document as a shell passes it: fields named as in the result of R's surveillance it is held against, null for what is not known yet.

export interface NowcastDocument {
  readonly lawless: {
    readonly date: readonly string[]
    readonly observed: readonly number[]
    readonly median: readonly number[]
    readonly ci_low: readonly number[]
    readonly ci_high: readonly number[]
    readonly triangle: readonly (readonly (number | null)[])[]
  }
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Lawless' nowcast of a line list `{ meta: { now, D, m, alpha }, linelist: { dHosp: […], dReport: […] }, when: […] }`: days as YYYY-MM-DD, D the longest delay, `when` the days asked
 * for (all from the first event to `now` unless given); m and alpha may be missing. Pairs of days of which one is null are left out, as are reports after `now`. If the document holds
 * the triangle of another program (`lawless.triangle`), the one of the answer has as many rows.
 * Throws RangeError naming the field that is missing or wrong.
 * Example: see `nowcastLawless`.
 */
export const nowcastDocument = (input: unknown): NowcastDocument => {
  const fields = readFields(input, 'the document')
  const meta = readFields(fields['meta'], 'meta')
  const now = readDay(meta['now'], 'meta.now')
  const maxDelay = readCount(meta['D'], 'meta.D')
  const window = meta['m'] ?? undefined
  const alpha = meta['alpha'] ?? undefined
  if (alpha !== undefined && typeof alpha !== 'number') throw new RangeError('meta.alpha must be a number')
  const events = readEvents(readFields(fields['linelist'], 'linelist'))
  const asked = fields['when'] === undefined ? undefined : readDays(fields['when'], 'when')
  if (asked?.some((day) => day === undefined || day > now)) throw new RangeError('when must be a list of days up to meta.now')

  const given = fields['lawless'] === undefined ? undefined : readFields(fields['lawless'], 'lawless')['triangle']
  const firstDay = Array.isArray(given) && given.length > 0 ? now - given.length + 1 : undefined
  const triangle = reportingTriangle(events, now, maxDelay, firstDay)
  const rows = asked?.map((day) => (day as number) - triangle.firstDay)
  // Events of the m + 1 days up to now.
  const days = nowcastLawless(triangle, { rows, alpha, windowDays: window === undefined ? undefined : readCount(window, 'meta.m') + 1 })
  return {
    lawless: {
      date: days.map(({ day }) => isoDay(day)),
      observed: days.map(({ reported }) => reported),
      median: days.map(({ median }) => median),
      ci_low: days.map(({ lower }) => lower),
      ci_high: days.map(({ upper }) => upper),
      triangle: Array.from({ length: triangle.days }, (_, row) =>
        Array.from({ length: maxDelay + 1 }, (_cell, delay) => (delay <= knownDelay(triangle, row) ? (triangle.counts[row * (maxDelay + 1) + delay] as number) : null))),
    },
  }
}

const readFields = (value: unknown, path: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${path} must be an object`)
  return value as Fields
}

const readCount = (value: unknown, path: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw new RangeError(`${path} must be a whole number of days above 0`)
  return value
}

const readDay = (value: unknown, path: string): number => {
  const day = typeof value === 'string' ? dayNumber(value) : undefined
  if (day === undefined) throw new RangeError(`${path} must be a day like 2011-06-02`)
  return day
}

/** Days; undefined where one is null. */
const readDays = (value: unknown, path: string): readonly (number | undefined)[] => {
  if (!Array.isArray(value)) throw new RangeError(`${path} must be a list of days like 2011-06-02`)
  return value.map((day: unknown) => (day === null ? undefined : readDay(day, path)))
}

const readEvents = (linelist: Fields): readonly ReportedEvent[] => {
  const events = readDays(linelist['dHosp'], 'linelist.dHosp')
  const reports = readDays(linelist['dReport'], 'linelist.dReport')
  if (events.length !== reports.length) throw new RangeError('linelist.dHosp and linelist.dReport must have the same length')
  return events.flatMap((event, n) => {
    const report = reports[n]
    return event === undefined || report === undefined ? [] : [{ event, report }]
  })
}
