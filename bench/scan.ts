import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nearestPlaces, samplePoisson, scan as scanClusters, seededRandom, type Place, type ScanData } from '#epi'
import { peakMegabytes, round, timed, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'

const TARGET = 5
const DAYS = 60
const LONGEST = 30
const REPLICATES = 999
const SEED = 20_210_427
/** Enough to know how long one takes. */
const PLAIN_REPLICATES = 10
const REFERENCE = join(import.meta.dirname, '../db/reference')
/** The day the communes of the boundaries are taken of. */
const ON = '2021-11-01'

interface Commune {
  readonly id: number
  readonly properties: { readonly validFrom: string; readonly validTo: string }
  readonly geometry: { readonly coordinates: readonly unknown[] }
}

/** The middle of the corners of a boundary, however deep they lie. */
const middleOf = (coordinates: readonly unknown[]): Place => {
  const corners = coordinates.flat(3).filter((value) => typeof value === 'number')
  const mean = (from: number): number => corners.filter((_, n) => n % 2 === from).reduce((sum, value) => sum + value, 0) / (corners.length / 2)
  return { longitude: mean(0), latitude: mean(1) }
}

/** The communes of Kiên Giang, their people, and two months of cases of which three neighbouring communes have five times as many in the last week. */
const epidemic = (): { readonly data: ScanData; readonly hot: readonly number[] } => {
  const { features } = JSON.parse(readFileSync(join(REFERENCE, 'boundaries/communes-2021.geojson'), 'utf8')) as { features: readonly Commune[] }
  const communes = features.filter(({ properties }) => properties.validFrom <= ON && properties.validTo >= ON)
  const people = new Map(readFileSync(join(REFERENCE, 'population.csv'), 'utf8').split('\n').map((line) => line.split(',')).filter(([, , metric]) => metric === 'population')
    .map(([id, , , value]) => [Number(id), Number(value)]))
  const nearest = nearestPlaces(communes.map(({ geometry }) => middleOf(geometry.coordinates)))
  const expected = communes.map(({ id }) => Array.from({ length: DAYS }, () => people.get(id) ?? 0))
  const hot = (nearest[60] as readonly number[]).slice(0, 3)
  const random = seededRandom(SEED)
  const cases = expected.map((row, area) => row.map((persons, day) => samplePoisson(random, persons * 2e-5 * (hot.includes(area) && day >= DAYS - 7 ? 5 : 1))))
  return { data: { cases, expected, nearest }, hot }
}

/** One replicate by hand: every cylinder summed up, every ratio computed with its logarithms. */
const plainReplicate = ({ expected, nearest }: ScanData, counts: readonly (readonly number[])[]): number => {
  const sumOf = (row: ArrayLike<number>): number => Array.from(row).reduce((sum, value) => sum + value, 0)
  const all = expected.reduce((sum, row) => sum + sumOf(row), 0)
  const total = counts.reduce((sum, row) => sum + sumOf(row), 0)
  let best = 0
  for (const order of nearest) {
    const inside = new Float64Array(LONGEST)
    const means = new Float64Array(LONGEST)
    let held = 0
    for (const area of order) {
      held += sumOf(expected[area] as ArrayLike<number>)
      if (held > all / 2) break
      let [count, mean] = [0, 0]
      for (let window = 0; window < LONGEST; window++) {
        count += (counts[area] as readonly number[])[DAYS - 1 - window] as number
        mean += ((expected[area] as ArrayLike<number>)[DAYS - 1 - window] as number) * (total / all)
        inside[window] = (inside[window] as number) + count
        means[window] = (means[window] as number) + mean
        const [c, e] = [inside[window] as number, means[window] as number]
        if (c > e) best = Math.max(best, c * Math.log(c / e) + (c < total ? (total - c) * Math.log((total - c) / (total - e)) : 0))
      }
    }
  }
  return best
}

/** Where cases stand together now, among all circles and times of a province, ranked among random data sets. */
export const scan = async ({ rows = REPLICATES, log }: BenchOptions): Promise<Outcome> => {
  const { data, hot } = epidemic()
  const times: number[] = []
  let found: ReturnType<typeof scanClusters> = []
  for (let n = 0; n < TRIES; n++) {
    const { value, seconds } = await timed(async () => scanClusters(data, seededRandom(SEED), { longest: LONGEST, replicates: rows }))
    times.push(seconds)
    found = value
  }
  const best = Math.min(...times)
  const [first] = found
  if (!first || !hot.some((area) => first.areas.includes(area))) throw new Error('the outbreak was not found')
  log(`the outbreak in ${hot.length} communes is found as ${first.areas.length}, p ${first.p}`)
  const cases = data.cases.map((row) => Array.from(row))
  const plain: number[] = []
  for (let n = 0; n < TRIES; n++) {
    const { seconds } = await timed(async () => {
      for (let replicate = 0; replicate < PLAIN_REPLICATES; replicate++) plainReplicate(data, cases)
    })
    plain.push(seconds)
  }
  return {
    bench: 'scan', seconds: round(best), target: `< ${TARGET} s`, reached: best < TARGET,
    baseline: { none: 'no other program is measured' },
    product: { seconds: round(best), tries: times.map(round).join(' '), areas: data.nearest.length, days: DAYS, replicates: rows, cases: cases.flat().reduce((sum, count) => sum + count, 0), clusters: found.length, p: first.p },
    calibration: { plain_loop_seconds_extrapolated: round((Math.min(...plain) / PLAIN_REPLICATES) * rows) },
    rows, peak_rss_mb: peakMegabytes(), versions: versions('none'),
  }
}
