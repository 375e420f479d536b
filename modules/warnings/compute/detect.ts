import { ears, farringtonFlexible, nearestPlaces, scan, seededRandom } from '#epi'
import { TUNINGS, type Sensitivity } from '../sensitivity.ts'

/** Daily counts of an area, oldest first, the last of the day the run is for; null where nobody knows. */
export interface AreaCounts {
  readonly areaId: number
  readonly counts: readonly (number | null)[]
  readonly sensitivity: Sensitivity
}

export interface Commune extends AreaCounts {
  readonly latitude: number
  readonly longitude: number
}

export type DetectTask =
  | { readonly kind: 'aberrations'; readonly areas: readonly AreaCounts[] }
  | { readonly kind: 'clusters'; readonly communes: readonly Commune[]; readonly seed: number }
  | { readonly kind: 'effect'; readonly areas: readonly AreaCounts[] }

export type Method = 'ears' | 'farrington' | 'scan'

/** What a method says of one day, or of the week that ends with it. `back` counts days from the last one. */
export interface Point {
  readonly back: number
  readonly observed: number | null
  readonly expected: number | null
  readonly bound: number | null
  readonly alarm: boolean
}

export interface Alarm {
  readonly areaId: number
  readonly method: Method
  readonly sensitivity: Sensitivity
  /** The episode that is under way: its first and last day that sounded, in days back. */
  readonly first: number
  readonly last: number
  readonly observed: number
  readonly expected: number
  readonly bound: number | null
  readonly severity: number
  readonly evidence: Evidence
}

/** What the picture of a warning shows; the last value of each series is that of the run's day. */
export interface Evidence {
  /** Days between two values: 1 or 7. */
  readonly step: number
  readonly observed: readonly (number | null)[]
  readonly expected: readonly (number | null)[]
  readonly bound: readonly (number | null)[]
  /** Of a cluster. */
  readonly cluster?: { readonly areaIds: readonly number[]; readonly days: number; readonly p: number; readonly relativeRisk: number | null }
}

/** An episode ends when so many days pass without an alarm. Unit: days. */
export const QUIET_DAYS = 7
const WEEK = 7
/** Length of the pictures. Units: days, weeks. */
const SHOWN_DAYS = 56
const SHOWN_WEEKS = 104
/** Length of the scan, and its longest window. Unit: days. */
export const SCAN_DAYS = 60
const SCAN_WINDOW = 21
/** Years a week is held against, where they are known. */
const YEARS = { least: 2, most: 3 }
const YEAR_WEEKS = 52
/** The effect of a sensitivity is told over so many weeks. */
export const EFFECT_WEEKS = 12

/** How far back the methods reach at most. Unit: days. */
export const HISTORY_DAYS = (YEARS.most * YEAR_WEEKS + 4 + EFFECT_WEEKS) * WEEK

const known = (values: readonly (number | null)[]): readonly (number | undefined)[] => values.map((value) => value ?? undefined)

/** Days against the week before: EARS C2, which leaves two days between, so that an outbreak that grows does not hide itself. */
export const dayPoints = ({ counts, sensitivity }: AreaCounts, days: number): Point[] => {
  const { dayAlpha, leastSpread, leastCases } = TUNINGS[sensitivity]
  const needed = counts.slice(-(days + 9))
  if (needed.length < 10) return []
  return ears(known(needed), { method: 'C2', alpha: dayAlpha, minSigma: leastSpread }).map(({ week, expected, upper, alarm }) => {
    const observed = needed[week] ?? null
    return {
      back: needed.length - 1 - week, observed, expected: expected ?? null, bound: upper === undefined ? null : Math.max(upper, leastCases - 1),
      alarm: alarm === true && observed !== null && observed >= leastCases,
    }
  })
}

/** Weeks that end with the series, oldest first, from the first one that is known; a week with an unknown day is not known. */
const weekSums = (counts: readonly (number | null)[]): (number | undefined)[] => {
  const sums: (number | undefined)[] = []
  for (let end = counts.length; end >= WEEK; end -= WEEK) {
    const days = counts.slice(end - WEEK, end)
    sums.push(days.includes(null) ? undefined : (days as number[]).reduce((sum, count) => sum + count, 0))
  }
  sums.reverse()
  const first = sums.findIndex((sum) => sum !== undefined)
  return first < 0 ? [] : sums.slice(first)
}

/** Weeks, the last one ending with the series, against the same season of past years (Noufaily et al. 2013); none where two years before them are not known. */
export const weekPoints = ({ counts, sensitivity }: AreaCounts, weeks: number): Point[] => {
  const series = weekSums(counts)
  const years = Math.min(YEARS.most, Math.floor((series.length - weeks - 2) / YEAR_WEEKS))
  if (years < YEARS.least) return []
  const tested = Array.from({ length: weeks }, (_, n) => series.length - weeks + n)
  return farringtonFlexible(series, {
    b: years, noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 1, thresholdMethod: 'nbPlugin', alpha: TUNINGS[sensitivity].weekAlpha, weeks: tested,
  }).map(({ week, expected, upper, alarm }) => ({
    back: (series.length - 1 - week) * WEEK, observed: series[week] ?? null, expected: expected ?? null, bound: upper ?? null, alarm: alarm === true,
  }))
}

/** How many times the way from expected to bound the count lies beyond expected: 1 at the bound, up to twice mild, up to four times serious, then grave. */
export const severityOf = (observed: number, expected: number, bound: number): number => {
  const times = bound > expected ? (observed - expected) / (bound - expected) : Infinity
  return times >= 4 ? 3 : times >= 2 ? 2 : 1
}

/** Alarms joined into episodes, newest last; a week sounds on its last day. */
export const episodesOf = (points: readonly Point[]): Point[][] => {
  const episodes: Point[][] = []
  for (const point of points.filter(({ alarm }) => alarm)) {
    const current = episodes.at(-1)
    if (current && (current.at(-1) as Point).back - point.back <= QUIET_DAYS) current.push(point)
    else episodes.push([point])
  }
  return episodes
}

/** The episode that is under way: one that sounded in the last week. */
const alarmOf = (area: AreaCounts, method: Method, points: readonly Point[], picture: Evidence): Alarm[] => {
  const episode = episodesOf(points).at(-1)
  const last = episode?.at(-1)
  if (!episode || !last || last.back >= QUIET_DAYS) return []
  const { observed, expected, bound } = last as { observed: number; expected: number; bound: number }
  return [{
    areaId: area.areaId, method, sensitivity: area.sensitivity, first: (episode[0] as Point).back, last: last.back, observed, expected, bound,
    severity: Math.max(...episode.map((point) => severityOf(point.observed as number, point.expected as number, point.bound as number))), evidence: picture,
  }]
}

const pictureOf = (step: number, points: readonly Pick<Point, 'observed' | 'expected' | 'bound'>[]): Evidence => ({
  step, observed: points.map((one) => one.observed), expected: points.map((one) => one.expected), bound: points.map((one) => one.bound),
})

const aberrations = (areas: readonly AreaCounts[]): Alarm[] =>
  areas.flatMap((area) => {
    const days = dayPoints(area, SHOWN_DAYS)
    const weeks = weekPoints(area, EFFECT_WEEKS)
    // The weeks before those tested show the season.
    const before = weekSums(area.counts).slice(-SHOWN_WEEKS, -EFFECT_WEEKS).map((sum) => ({ observed: sum ?? null, expected: null, bound: null }))
    return [...alarmOf(area, 'ears', days, pictureOf(1, days)), ...alarmOf(area, 'farrington', weeks, pictureOf(WEEK, [...before, ...weeks]))]
  })

/**
 * Space–time clusters that last to the run's day: cases of an area and day against the area's share of all cases times the day's (Kulldorff et al. 2005, PLoS Med 2:e59),
 * so that neither a large commune nor a bad week sounds by itself. The sensitivity of the centre decides.
 */
const clusters = (communes: readonly Commune[], seed: number): Alarm[] => {
  const cases = communes.map(({ counts }) => counts.slice(-SCAN_DAYS).map((count) => count ?? 0))
  const days = cases[0]?.length ?? 0
  const ofArea = cases.map((row) => row.reduce((sum, count) => sum + count, 0))
  const total = ofArea.reduce((sum, count) => sum + count, 0)
  if (communes.length < 2 || days < 2 || total === 0) return []
  const ofDay = Array.from({ length: days }, (_, day) => cases.reduce((sum, row) => sum + (row[day] as number), 0))
  const expected = ofArea.map((sum) => ofDay.map((daySum) => (sum * daySum) / total))
  const found = scan({ cases, expected, nearest: nearestPlaces(communes) }, seededRandom(seed), { longest: Math.min(SCAN_WINDOW, days), fewest: 5, significance: TUNINGS.high.clusterP })
  return found.flatMap((cluster): Alarm[] => {
    const centre = communes[cluster.centre] as Commune
    const { clusterP, leastCases } = TUNINGS[centre.sensitivity]
    if (cluster.p > clusterP || cluster.cases < leastCases) return []
    const sumOf = (rows: readonly (readonly number[])[], day: number): number => cluster.areas.reduce((sum, area) => sum + (rows[area]?.[day] ?? 0), 0)
    return [{
      areaId: centre.areaId, method: 'scan', sensitivity: centre.sensitivity, first: cluster.days - 1, last: 0, observed: cluster.cases, expected: cluster.expected, bound: null,
      severity: cluster.p <= 0.001 ? ((cluster.relativeRisk ?? Infinity) >= 4 ? 3 : 2) : 1,
      evidence: {
        step: 1, observed: ofDay.map((_, day) => sumOf(cases, day)), expected: ofDay.map((_, day) => sumOf(expected, day)), bound: ofDay.map(() => null),
        cluster: { areaIds: cluster.areas.map((area) => (communes[area] as Commune).areaId), days: cluster.days, p: cluster.p, relativeRisk: cluster.relativeRisk ?? null },
      },
    }]
  })
}

/** Episodes that begin within the weeks the effect is told over, with each sensitivity in turn. */
export interface Effect {
  readonly sensitivity: Sensitivity
  readonly episodes: number
  readonly areas: number
}

const effect = (areas: readonly AreaCounts[]): Effect[] =>
  (Object.keys(TUNINGS) as Sensitivity[]).map((sensitivity) => {
    const counted = areas.map((area) => {
      const tuned = { ...area, sensitivity }
      return episodesOf(dayPoints(tuned, EFFECT_WEEKS * WEEK)).length + episodesOf(weekPoints(tuned, EFFECT_WEEKS)).length
    })
    return { sensitivity, episodes: counted.reduce((sum, count) => sum + count, 0), areas: counted.filter((count) => count > 0).length }
  })

export const detect = (task: DetectTask): Alarm[] | Effect[] => {
  switch (task.kind) {
    case 'aberrations': return aberrations(task.areas)
    case 'clusters': return clusters(task.communes, task.seed)
    case 'effect': return effect(task.areas)
  }
}
