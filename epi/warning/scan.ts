import { demand } from '../numerics/demand.ts'
import type { Random } from '../numerics/index.ts'

export interface ScanData {
  /** Cases by area and day; the last day is the one the scan is made on. */
  readonly cases: readonly ArrayLike<number>[]
  /** What is expected by area and day, on any scale: populations, or what history leads to expect. Positive somewhere, never negative. */
  readonly expected: readonly ArrayLike<number>[]
  /** For each area the areas around it, nearest first, itself at the head (`nearestPlaces`). */
  readonly nearest: readonly (readonly number[])[]
}

export interface ScanOptions {
  /** Longest time window. Unit: days. Default: half of the days. */
  readonly longest?: number | undefined
  /** Largest share of what is expected (in space) a cluster may hold. Default 0.5. */
  readonly largestShare?: number | undefined
  /** Fewest cases of a cluster. Default 2. */
  readonly fewest?: number | undefined
  /** Random data sets the observed one is ranked among. Default 999. */
  readonly replicates?: number | undefined
  /** Clusters after the most likely one are told as far as their p value reaches this. Default 0.05. */
  readonly significance?: number | undefined
}

export interface ScanCluster {
  readonly centre: number
  /** The areas in it, nearest to the centre first. */
  readonly areas: readonly number[]
  /** Days in it: the last of the series. */
  readonly days: number
  readonly cases: number
  readonly expected: number
  /** Risk inside against outside; undefined if all cases lie inside. */
  readonly relativeRisk: number | undefined
  /** Logarithm of the likelihood ratio. */
  readonly logLikelihoodRatio: number
  readonly p: number
}

/**
 * Prospective space–time scan: where, at this moment, more cases stand together than chance would put there.
 *
 *   cylinders: an area with its 0, 1, 2, … nearest neighbours × the last 1, 2, … days
 *   LLR = c·ln(c/e) + (C − c)·ln((C − c)/(C − e)) where c > e; c, e cases and expected cases inside (e scaled so that all sum to C), C all cases
 *   p = (1 + replicates whose greatest LLR is at least as large) / (1 + replicates), each replicate spreading the same C cases at random as expected
 *
 * The first cluster is the most likely one; the following hold no area of those before them and are ranked among the same replicates, so their p errs on the safe side.
 * Source: Kulldorff (2001), JRSS A 164:61–72, Poisson model. Units: days, cases, natural log.
 * Errors: `RangeError` for shapes that do not agree, negative numbers, options outside their range. No cluster where there are too few cases.
 * Example: nine cases in one of ten equal areas on the last of ten days, and one case in each of the others on the first: c = 9, e = 0.18, RR = 99, a cluster of one area and one day.
 */
export const scan = (data: ScanData, random: Random, options: ScanOptions = {}): readonly ScanCluster[] => {
  const { cases, expected, nearest } = data
  const days = cases[0]?.length ?? 0
  const { longest = Math.max(1, Math.floor(days / 2)), largestShare = 0.5, fewest = 2, replicates = 999, significance = 0.05 } = options
  demandData(data, days)
  demand(Number.isInteger(longest) && longest >= 1 && longest <= Math.max(1, days), 'the longest window must be a whole number of days within the series')
  demand(largestShare > 0 && largestShare <= 1, 'the largest share must lie between 0 and 1')
  demand(Number.isInteger(replicates) && replicates >= 1, 'there must be one replicate at least')

  const total = sumOf(cases)
  if (total < fewest) return []
  const weights = lastDays(expected, longest)
  const cylinders = cylindersOf(data, windowSums(weights, longest), longest, largestShare, total)
  const ratioOf = ratios(cylinders, total)
  const leastCounts = Int32Array.from(cylinders.expected, (mean) => Math.max(1, fewest, Math.floor(mean) + 1))
  const search = searcher(data.nearest, cylinders, ratioOf, leastCounts, longest)

  const clusters: Found[] = []
  const observed = windowSums(lastDays(cases, longest), longest)
  const taken = new Uint8Array(nearest.length)
  for (;;) {
    const found = search(observed, taken)
    if (!found) break
    clusters.push(found)
    for (const area of found.areas) taken[area] = 1
  }
  const [first] = clusters
  if (!first) return []

  const draw = aliasSampler(withRest(weights, sumOf(expected)))
  const free = new Uint8Array(nearest.length)
  const counts = new Float64Array(weights.length + 1)
  const replicate = (): number => {
    counts.fill(0)
    for (let n = 0; n < total; n++) {
      const cell = draw(random)
      counts[cell] = (counts[cell] as number) + 1
    }
    return search(windowSums(counts.subarray(0, weights.length), longest), free)?.ratio ?? 0
  }
  // Half of so many replicates are more than `significance` of all. What lies below their median is no cluster to be told of, and need not be ranked: with the greatest ratio of a
  // replicate below it the search has little to compute.
  const sample = Math.min(replicates, 2 * Math.ceil(significance * (1 + replicates)) + 1)
  const greatest = Float64Array.from({ length: sample }, replicate).sort()
  const floor = Math.min(first.ratio, greatest[Math.floor(sample / 2)] as number) * (1 - ROUNDING)
  for (let at = 0; at < leastCounts.length; at++) while ((leastCounts[at] as number) <= total && ratioOf(at, leastCounts[at] as number) < floor) leastCounts[at] = (leastCounts[at] as number) + 1
  const all = [...greatest, ...Array.from({ length: replicates - sample }, replicate)]

  const ranked = clusters.filter(({ ratio }) => ratio >= floor).map(({ centre, areas, days: length, cases: count, expected: mean, ratio }) => ({
    centre, areas, days: length, cases: count, expected: mean, logLikelihoodRatio: ratio,
    relativeRisk: count < total ? count / mean / ((total - count) / (total - mean)) : undefined,
    p: (1 + all.filter((other) => other >= ratio * (1 - ROUNDING)).length) / (1 + replicates),
  }))
  return ranked.filter(({ p }, n) => n === 0 || p <= significance)
}

/** Equal ratios may differ by the order of their sums. */
const ROUNDING = 1e-12

const demandData = ({ cases, expected, nearest }: ScanData, days: number): void => {
  const areas = nearest.length
  demand(cases.length === areas && expected.length === areas, 'cases, expected and nearest must have one entry for each area')
  demand(cases.every((row) => row.length === days) && expected.every((row) => row.length === days), 'cases and expected must cover the same days in every area')
  demand(cases.every((row) => Array.from(row).every((count) => Number.isInteger(count) && count >= 0)), 'cases must be whole numbers that are not negative')
  demand(expected.every((row) => Array.from(row).every((value) => value >= 0 && value < Infinity)), 'what is expected must not be negative')
  demand(nearest.every((order, centre) => order[0] === centre && order.every((area) => Number.isInteger(area) && area >= 0 && area < areas)), 'nearest must begin with the area itself and name areas')
  demand(areas === 0 || sumOf(expected) > 0, 'something must be expected somewhere')
}

const sumOf = (rows: readonly ArrayLike<number>[]): number => {
  let sum = 0
  for (const row of rows) for (let day = 0; day < row.length; day++) sum += row[day] as number
  return sum
}

/** The last days of all areas in one array, area by area, the last day first. */
const lastDays = (rows: readonly ArrayLike<number>[], longest: number): Float64Array => {
  const values = new Float64Array(rows.length * longest)
  rows.forEach((row, area) => {
    for (let back = 0; back < longest; back++) values[area * longest + back] = row[row.length - 1 - back] as number
  })
  return values
}

/** From days to windows that end on the last day: sums of 1, 2, … days, area by area. */
const windowSums = (values: Float64Array, longest: number): Float64Array => {
  const sums = Float64Array.from(values)
  for (let at = 0; at < sums.length; at++) if (at % longest > 0) sums[at] = (sums[at] as number) + (sums[at - 1] as number)
  return sums
}

/** All cylinders in the order in which they are searched: centre by centre, size by size, window by window. */
interface Cylinders {
  /** By centre: how many sizes there are. */
  readonly sizes: Int32Array
  readonly expected: Float64Array
  /** ln e and ln(C − e). */
  readonly logExpected: Float64Array
  readonly logRest: Float64Array
}

const cylindersOf = ({ expected, nearest }: ScanData, windows: Float64Array, longest: number, largestShare: number, total: number): Cylinders => {
  const weightOf = expected.map((row) => sumOf([row]))
  const all = weightOf.reduce((sum, weight) => sum + weight, 0)
  const sizes = Int32Array.from(nearest, (order) => {
    let held = 0
    const first = order.findIndex((area) => (held += weightOf[area] as number) > largestShare * all)
    // An area too large by itself is still looked at.
    return first < 0 ? order.length : Math.max(1, first)
  })
  const inside = new Float64Array(longest)
  const values = new Float64Array(sizes.reduce((sum, size) => sum + size, 0) * longest)
  let at = 0
  nearest.forEach((order, centre) => {
    inside.fill(0)
    for (let size = 0; size < (sizes[centre] as number); size++) {
      for (let window = 0; window < longest; window++) {
        inside[window] = (inside[window] as number) + (windows[(order[size] as number) * longest + window] as number)
        values[at++] = ((inside[window] as number) * total) / all
      }
    }
  })
  return { sizes, expected: values, logExpected: values.map(Math.log), logRest: values.map((value) => Math.log(Math.max(0, total - value))) }
}

interface Found {
  readonly ratio: number
  readonly centre: number
  readonly areas: readonly number[]
  readonly days: number
  readonly cases: number
  readonly expected: number
}

/** The ratio of the cylinder at a place for a count. n·ln n of every count there can be is computed once: no logarithm is left in the search. */
const ratios = ({ logExpected, logRest }: Cylinders, total: number): ((at: number, count: number) => number) => {
  const entropies = Float64Array.from({ length: total + 1 }, (_, n) => (n === 0 ? 0 : n * Math.log(n)))
  return (at, count) => {
    const rest = total - count
    return (entropies[count] as number) + (entropies[rest] as number) - count * (logExpected[at] as number) - (rest === 0 ? 0 : rest * (logRest[at] as number))
  }
}

/** Adds the counts of an area to those inside, window by window; whether one now has its least count. All of the search's time is spent here: no branch in the loop. */
const addAndCompare = (inside: Int32Array, sums: Int32Array, from: number, leastCounts: Int32Array, at: number, longest: number): boolean => {
  let missing = 0
  for (let window = 0; window < longest; window++) {
    const count = ((inside[window] as number) + (sums[from + window] as number)) | 0
    inside[window] = count
    // Negative where the count reaches the least.
    missing |= (leastCounts[at + window] as number) - 1 - count
  }
  return missing < 0
}

/** Finds the cylinder of the greatest ratio whose areas are all free, among those with the least count that matters; nothing where there is none. */
const searcher = (
  nearest: ScanData['nearest'], { sizes, expected }: Cylinders, ratioOf: (at: number, count: number) => number, leastCounts: Int32Array, longest: number,
): ((sums: Float64Array, taken: Uint8Array) => Found | undefined) => {
  const orders = nearest.map((order) => Int32Array.from(order))
  const inside = new Int32Array(longest)
  const cylinderAt = (place: number): Pick<Found, 'centre' | 'areas' | 'days'> => {
    let row = Math.floor(place / longest)
    let centre = 0
    for (; row >= (sizes[centre] as number); centre++) row -= sizes[centre] as number
    return { centre, areas: Array.from((orders[centre] as Int32Array).subarray(0, row + 1)), days: (place % longest) + 1 }
  }
  return (windowCounts, taken) => {
    const sums = Int32Array.from(windowCounts)
    let best = 0
    let bestAt = -1
    let bestCount = 0
    let at = 0
    for (let centre = 0; centre < orders.length; centre++) {
      const order = orders[centre] as Int32Array
      const end = at + (sizes[centre] as number) * longest
      inside.fill(0)
      for (let n = 0; at < end; n++, at += longest) {
        const area = order[n] as number
        if (taken[area] === 1) break
        if (!addAndCompare(inside, sums, area * longest, leastCounts, at, longest)) continue
        for (let window = 0; window < longest; window++) {
          const count = inside[window] as number
          if (count < (leastCounts[at + window] as number)) continue
          const ratio = ratioOf(at + window, count)
          if (ratio <= best) continue
          best = ratio
          bestAt = at + window
          bestCount = count
        }
      }
      at = end
    }
    return bestAt < 0 ? undefined : { ...cylinderAt(bestAt), ratio: best, cases: bestCount, expected: expected[bestAt] as number }
  }
}

/** The weights of the cells, and of everything else, as the last one. */
const withRest = (weights: Float64Array, all: number): Float64Array => {
  const cells = new Float64Array(weights.length + 1)
  cells.set(weights)
  cells[weights.length] = Math.max(0, all - weights.reduce((sum, weight) => sum + weight, 0))
  return cells
}

/** Draws cells by their weights, one uniform number each (A. J. Walker's alias method, as M. D. Vose 1991, IEEE Trans Softw Eng 17:972–975, builds it). */
const aliasSampler = (weights: Float64Array): ((random: Random) => number) => {
  const count = weights.length
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const keep = weights.map((weight) => (weight * count) / sum)
  const alias = Int32Array.from(keep, (_, cell) => cell)
  const small: number[] = []
  const large: number[] = []
  keep.forEach((share, cell) => (share < 1 ? small : large).push(cell))
  while (small.length > 0 && large.length > 0) {
    const low = small.pop() as number
    const high = large.at(-1) as number
    alias[low] = high
    keep[high] = (keep[high] as number) - (1 - (keep[low] as number))
    if ((keep[high] as number) < 1) small.push(large.pop() as number)
  }
  // What rounding left over keeps itself.
  for (const cell of [...small, ...large]) keep[cell] = 1
  return (random) => {
    const place = random.uniform() * count
    const cell = Math.floor(place)
    return place - cell < (keep[cell] as number) ? cell : (alias[cell] as number)
  }
}
