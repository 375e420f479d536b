import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chainSizeDistribution, exactInterval, extinctionProbability, finalSize, finalSizeOfGroups, findClusters, fitOffspring, fitSerialInterval, fitSerialIntervalCensored, jeffreysInterval, lineageGrowth,
  lineageShares, pooledPrevalence, roganGladen, screeningEffectiveness, shareOfCases, shareOfTransmission, testNegativeEffectiveness, traceChains, wilsonInterval,
} from '../index.ts'

const few = { numRuns: 40 }
const share = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })

describe('branching', () => {
  const offspring = fc.record({ reproduction: share(0.1, 3), dispersion: share(0.1, 5) })
  test('sizes of clusters sum to the probability that they end', () => {
    fc.assert(fc.property(offspring, (one) => {
      // Near R = 1 clusters are long: what lies beyond the table is no test of the formula.
      fc.pre(Math.abs(one.reproduction - 1) > 0.3)
      const sum = chainSizeDistribution(one, 3000).reduce((all, probability) => all + probability, 0)
      expect(sum).toBeCloseTo(extinctionProbability(one), 4)
    }), few)
  })
  test('more heterogeneity: extinction likelier, fewer cases cause most', () => {
    fc.assert(fc.property(share(1.1, 4), share(0.1, 2), share(1.1, 3), (reproduction, dispersion, times) => {
      const alike = { reproduction, dispersion: dispersion * times }
      const unlike = { reproduction, dispersion }
      expect(extinctionProbability(unlike)).toBeGreaterThan(extinctionProbability(alike))
      expect(shareOfCases(unlike) as number).toBeLessThan((shareOfCases(alike) as number) + 1e-9)
      expect(shareOfTransmission(dispersion, 0.2)).toBeGreaterThan(shareOfTransmission(dispersion * times, 0.2))
    }), few)
  })
  test('a fit does not depend on the order, and its intervals hold it', () => {
    fc.assert(fc.property(fc.array(fc.nat(8), { minLength: 5, maxLength: 40 }), (counts) => {
      fc.pre(counts.some((count) => count > 0))
      const fit = fitOffspring(counts)
      const again = fitOffspring(counts.toReversed())
      expect(again?.logLikelihood).toBeCloseTo(fit?.logLikelihood as number, 9)
      expect(fit?.reproductionInterval.lower).toBeLessThan(fit?.reproduction as number)
      expect(fit?.reproductionInterval.upper).toBeGreaterThan(fit?.reproduction as number)
      expect(fit?.dispersionInterval.lower).toBeLessThanOrEqual(fit?.dispersion as number)
      expect(fit?.dispersionInterval.upper).toBeGreaterThanOrEqual(fit?.dispersion as number)
    }), { numRuns: 15 })
  })
})

test('chains: every case in exactly one, whatever the infectors say', () => {
  const list = fc.array(fc.option(fc.nat(30), { nil: undefined }), { maxLength: 25 })
  fc.assert(fc.property(list, (infectors) => {
    const cases = infectors.map((from, i) => ({ id: String(i), infector: from === undefined ? undefined : String(from), onsetDay: (i * 7) % 11 }))
    const { chains, offspring, infectorMissing, circles } = traceChains(cases)
    expect(chains.flatMap((chain) => chain.cases).toSorted()).toEqual(cases.map(({ id }) => id).toSorted())
    for (const { size, length, generations } of chains) {
      expect(generations.reduce((sum, count) => sum + count, 0)).toBe(size)
      expect(generations).toHaveLength(length + 1)
    }
    expect(offspring.reduce((sum, count) => sum + count, 0)).toBe(cases.length - chains.length)
    expect(chains).toHaveLength(infectors.filter((from) => from === undefined).length + infectorMissing.length + circles.length)
  }))
})

describe('serial intervals', () => {
  const days = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 20 })
  test('moving the calendar moves nothing; moving every interval moves the mean alone', () => {
    fc.assert(fc.property(days, fc.integer({ min: -500, max: 500 }), (intervals, shift) => {
      fc.pre(new Set(intervals).size > 2)
      const pairs = intervals.map((day, i) => ({ infectorFrom: i, infectorTo: i + 1, infecteeFrom: i + day, infecteeTo: i + day + 1 }))
      const moved = pairs.map((pair) => ({ infectorFrom: pair.infectorFrom + shift, infectorTo: pair.infectorTo + shift, infecteeFrom: pair.infecteeFrom + shift, infecteeTo: pair.infecteeTo + shift }))
      const fit = fitSerialIntervalCensored(pairs, 'normal')
      expect(fitSerialIntervalCensored(moved, 'normal').logLikelihood).toBeCloseTo(fit.logLikelihood, 6)
      const exact = fitSerialInterval(intervals, 'normal')
      const later = fitSerialInterval(intervals.map((day) => day + 3), 'normal')
      expect(later?.meanDays).toBeCloseTo((exact?.meanDays as number) + 3, 5)
      expect(later?.sdDays).toBeCloseTo(exact?.sdDays as number, 5)
    }), { numRuns: 8 })
  })
  test('gamma and lognormal stretch with the unit of time', () => {
    fc.assert(fc.property(days, share(0.5, 4), fc.constantFrom('gamma' as const, 'lognormal' as const), (intervals, unit, family) => {
      fc.pre(new Set(intervals).size > 2)
      const fit = fitSerialInterval(intervals, family)
      const stretched = fitSerialInterval(intervals.map((day) => day * unit), family)
      expect((stretched?.meanDays as number) / unit / (fit?.meanDays as number)).toBeCloseTo(1, 5)
      expect((stretched?.sdInterval.upper as number) / unit / (fit?.sdInterval.upper as number)).toBeCloseTo(1, 4)
    }), { numRuns: 12 })
  })
})

test('clusters are the components that comparing every pair finds', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -10, max: 20 }), fc.nat(20))
  fc.assert(fc.property(fc.array(point, { maxLength: 30 }), fc.integer({ min: 0, max: 6 }), fc.nat(5), (points, kilometres, span) => {
    const label = points.map((_, i) => i)
    for (let round = 0; round < points.length; round++) {
      points.forEach(([x, y, day], i) => points.forEach(([u, v, other], j) => {
        if (Math.hypot(x - u, y - v) <= kilometres && Math.abs(day - other) <= span) label[i] = label[j] = Math.min(label[i] as number, label[j] as number)
      }))
    }
    const places = { eastKm: Float64Array.from(points, ([x]) => x), northKm: Float64Array.from(points, ([, y]) => y) }
    const found = findClusters(places, points.map(([, , day]) => day), { kilometres, days: span }, 1)
    const members = [...Map.groupBy(points.keys(), (i) => label[i]).values()].map((own) => own.join())
    expect(found.map(({ cases }) => cases.join()).toSorted()).toEqual(members.toSorted())
  }), { numRuns: 60 })
})

describe('final size', () => {
  test('solves its equation, rises with R₀, and even mixing is one group', () => {
    fc.assert(fc.property(share(1.05, 8), share(0.3, 1), (reproduction, susceptible) => {
      const z = finalSize(reproduction, susceptible)
      expect(1 - Math.exp(-reproduction * susceptible * z)).toBeCloseTo(z, 10)
      expect(finalSize(reproduction * 1.1, susceptible)).toBeGreaterThanOrEqual(z)
      const groups = finalSizeOfGroups({ reproduction, contacts: [[1, 2], [1, 2]], susceptible: [susceptible, susceptible] })
      for (const each of groups) expect(each).toBeCloseTo(z, 6)
    }), few)
  })
  test('any contacts: between 0 and 1, and each group’s equation holds', () => {
    const matrix = fc.array(fc.array(share(0.05, 10), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })
    fc.assert(fc.property(matrix, share(1.2, 6), fc.array(share(0.2, 1), { minLength: 3, maxLength: 3 }), (contacts, reproduction, susceptibility) => {
      const z = finalSizeOfGroups({ reproduction, contacts, susceptibility })
      const equal = finalSizeOfGroups({ reproduction, contacts })
      z.forEach((each, i) => {
        expect(each >= 0 && each < 1).toBe(true)
        expect(each).toBeLessThanOrEqual((equal[i] as number) + 1e-12)
      })
      // The scale is the same for all groups. It is taken where the force is nearest to 1: where nearly all were infected, rounding is most of it.
      const force = [...equal].map((each) => -Math.log1p(-each))
      const met = contacts.map((row) => row.reduce((sum, entry, j) => sum + entry * (equal[j] as number), 0))
      const clearest = force.map((each, i) => [Math.abs(Math.log(each)), i] as const).toSorted(([x], [y]) => x - y)[0]?.[1] ?? 0
      const scale = (force[clearest] as number) / (met[clearest] as number)
      equal.forEach((each, i) => expect(-Math.expm1(-scale * (met[i] as number))).toBeCloseTo(each, 8))
    }), few)
  })
})

describe('proportions', () => {
  const tally = fc.integer({ min: 1, max: 400 }).chain((of) => fc.tuple(fc.nat(of), fc.constant(of)))
  test.each([['wilson', wilsonInterval], ['jeffreys', jeffreysInterval], ['exact', exactInterval]] as const)('%s: holds the share, and mirrors', (_, interval) => {
    fc.assert(fc.property(tally, ([count, of]) => {
      const { lower, upper } = interval(count, of)
      const mirrored = interval(of - count, of)
      expect(lower <= count / of && upper >= count / of).toBe(true)
      expect(mirrored.upper).toBeCloseTo(1 - lower, 10)
    }), few)
  })
  test('true prevalence: more positives never less, a better specificity sample never wider', () => {
    fc.assert(fc.property(fc.integer({ min: 10, max: 180 }), (count) => {
      const survey = (positive: number, times: number): ReturnType<typeof roganGladen> =>
        roganGladen({ positive: { count: positive, of: 200 }, sensitivity: { count: 90 * times, of: 100 * times }, specificity: { count: 95 * times, of: 100 * times } })
      const [one, more, better] = [survey(count, 1), survey(count + 1, 1), survey(count, 100)]
      expect(more?.prevalence).toBeGreaterThanOrEqual(one?.prevalence as number)
      expect((better?.interval.upper as number) - (better?.interval.lower as number)).toBeLessThanOrEqual((one?.interval.upper as number) - (one?.interval.lower as number) + 0.005)
    }), few)
  })
  test('pools told apart or together are the same pools', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 40 }), fc.nat(10), (size, tested, found) => {
      const positive = Math.min(found, tested - 1)
      const together = pooledPrevalence([{ size, tested, positive }])
      const apart = pooledPrevalence(Array.from({ length: tested }, (_, i) => ({ size, tested: 1, positive: i < positive ? 1 : 0 })))
      expect(apart.prevalence).toBeCloseTo(together.prevalence, 10)
      expect(apart.interval.upper).toBeCloseTo(together.interval.upper, 6)
    }), few)
  })
})

describe('vaccine effectiveness', () => {
  const count = fc.integer({ min: 1, max: 300 })
  test('ten times the people: the same answer, √10 narrower', () => {
    fc.assert(fc.property(count, count, count, count, (a, b, c, d) => {
      const stratum = (times: number) => [{ vaccinatedPositive: a * times, unvaccinatedPositive: b * times, vaccinatedNegative: c * times, unvaccinatedNegative: d * times }]
      const one = testNegativeEffectiveness(stratum(1))
      const ten = testNegativeEffectiveness(stratum(10))
      expect(ten?.oddsRatio).toBeCloseTo(one?.oddsRatio as number, 9)
      const width = (found: typeof one): number => Math.log((1 - (found?.interval.lower as number)) / (1 - (found?.interval.upper as number)))
      expect(width(one) / width(ten)).toBeCloseTo(Math.sqrt(10), 8)
    }), few)
  })
  test('strata of the same coverage are one stratum', () => {
    fc.assert(fc.property(count, count, count, count, share(0.1, 0.95), (v, u, w, x, coverage) => {
      const split = screeningEffectiveness([{ cases: v + u, vaccinatedCases: v, coverage }, { cases: w + x, vaccinatedCases: w, coverage }])
      const whole = screeningEffectiveness([{ cases: v + u + w + x, vaccinatedCases: v + w, coverage }])
      expect(split?.effectiveness).toBeCloseTo(whole?.effectiveness as number, 8)
      expect(split?.interval.lower).toBeCloseTo(whole?.interval.lower as number, 8)
    }), few)
  })
})

describe('lineages', () => {
  const counts = fc.array(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 8 })
  test('another reference, another origin of days: the same differences', () => {
    fc.assert(fc.property(counts, fc.integer({ min: -2000, max: 20_000 }), (table, shift) => {
      const days = table.map((_, i) => i * 7)
      const first = lineageGrowth({ days, counts: table })
      const other = lineageGrowth({ days: days.map((day) => day + shift), counts: table, reference: 1 })
      const slope = (fit: typeof first, j: number): number => fit?.lineages[j]?.perDay as number
      for (const j of [0, 1, 2]) expect(slope(other, j)).toBeCloseTo(slope(first, j) - slope(first, 1), 8)
      expect(other?.lineages[0]?.standardError).toBeCloseTo(first?.lineages[1]?.standardError as number, 8)
      expect(other?.logLikelihood).toBeCloseTo(first?.logLikelihood as number, 6)
    }), few)
  })
  test('shares of a week sum to one, smoothed or not', () => {
    fc.assert(fc.property(counts, fc.nat(3), (table, smoothWeeks) => {
      for (const week of lineageShares(table, { smoothWeeks })) expect(week.reduce((sum, one) => sum + (one.share as number), 0)).toBeCloseTo(1, 12)
    }), few)
  })
})
