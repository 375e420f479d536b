import { expect, test } from 'vitest'
import {
  delayAdjustedFatality, fitChainSizes, fitOffspring, fitSerialIntervalCensored, jeffreysInterval, lineageGrowth, pooledPrevalence, roganGladen, sampleBinomial, sampleGamma, sampleMultinomial,
  sampleNegativeBinomial, sampleNormal, screeningEffectiveness, seededRandom, testNegativeEffectiveness, wilsonInterval, type ConfidenceInterval,
} from '../index.ts'

/** The share of simulations whose 95 % interval holds the truth; larger studies are tabulated in docs/epi. */
const coverage = (times: number, truth: number, simulate: (seed: number) => ConfidenceInterval | undefined): number => {
  let held = 0
  for (let seed = 1; seed <= times; seed++) {
    const interval = simulate(seed)
    if (interval && interval.lower <= truth && interval.upper >= truth) held++
  }
  return held / times
}
const isNominal = (found: number): void => expect(found).toBeGreaterThanOrEqual(0.9)

test('R 0.8 and k 0.3 from 150 traced cases', () => {
  const fit = (seed: number) => {
    const random = seededRandom(seed)
    return fitOffspring(Array.from({ length: 150 }, () => sampleNegativeBinomial(random, 0.8, 0.3)))
  }
  const fits = Array.from({ length: 80 }, (_, seed) => fit(seed))
  isNominal(coverage(80, 0.8, (seed) => fits[seed - 1]?.reproductionInterval))
  isNominal(coverage(80, 0.3, (seed) => fits[seed - 1]?.dispersionInterval))
})

test('R 0.6 and k 0.5 from the sizes of 120 clusters', () => {
  const fit = (seed: number) => {
    const random = seededRandom(1000 + seed)
    return fitChainSizes(Array.from({ length: 120 }, () => {
      let size = 0
      for (let open = 1; open > 0; open--) {
        size++
        open += sampleNegativeBinomial(random, 0.6, 0.5)
      }
      return size
    }))
  }
  const fits = Array.from({ length: 80 }, (_, seed) => fit(seed))
  isNominal(coverage(80, 0.6, (seed) => fits[seed - 1]?.reproductionInterval))
  isNominal(coverage(80, 0.5, (seed) => fits[seed - 1]?.dispersionInterval))
})

test('a serial interval of mean 4 and sd 3 from 80 pairs of whole days, some negative', () => {
  const fit = (seed: number) => {
    const random = seededRandom(2000 + seed)
    return fitSerialIntervalCensored(Array.from({ length: 80 }, () => {
      const infector = random.uniform() * 30
      const [from, to] = [Math.floor(infector), Math.floor(infector + sampleNormal(random, 4, 3))]
      return { infectorFrom: from, infectorTo: from + 1, infecteeFrom: to, infecteeTo: to + 1 }
    }), 'normal')
  }
  const fits = Array.from({ length: 30 }, (_, seed) => fit(seed))
  isNominal(coverage(30, 4, (seed) => fits[seed - 1]?.meanInterval))
  expect(coverage(30, 3, (seed) => fits[seed - 1]?.sdInterval)).toBeGreaterThanOrEqual(0.85)
})

test('a fatality of 4 % in growth, when only a fifth of outcomes is known', () => {
  const delay = Array.from({ length: 40 }, (_, d) => (d < 8 ? 0 : 1 / 32))
  isNominal(coverage(300, 0.04, (seed) => {
    const random = seededRandom(3000 + seed)
    const cases = Array.from({ length: 60 }, (_, t) => Math.round(2 * Math.exp(0.08 * t)))
    const deaths = new Float64Array(60)
    cases.forEach((count, t) => {
      const dead = sampleBinomial(random, count, 0.04)
      for (let n = 0; n < dead; n++) {
        const on = t + 8 + Math.floor(random.uniform() * 32)
        if (on < 60) deaths[on] = (deaths[on] as number) + 1
      }
    })
    return delayAdjustedFatality({ cases, deaths, delay })?.adjustedInterval
  }))
})

test('a vaccine of 80 % by screening and by the test-negative design', () => {
  isNominal(coverage(400, 0.8, (seed) => {
    const random = seededRandom(4000 + seed)
    return screeningEffectiveness([0.5, 0.7, 0.9].map((covered) => ({ cases: 120, coverage: covered, vaccinatedCases: sampleBinomial(random, 120, (0.2 * covered) / (0.2 * covered + 1 - covered)) })))?.interval
  }))
  isNominal(coverage(400, 0.8, (seed) => {
    const random = seededRandom(5000 + seed)
    return testNegativeEffectiveness([0.5, 0.7, 0.85].map((covered) => {
      const [positive, negative] = [sampleBinomial(random, 150, (0.2 * covered) / (0.2 * covered + 1 - covered)), sampleBinomial(random, 400, covered)]
      return { vaccinatedPositive: positive, unvaccinatedPositive: 150 - positive, vaccinatedNegative: negative, unvaccinatedNegative: 400 - negative }
    }))?.interval
  }))
})

test('a prevalence of 10 % with a test of 85 % and 96 %, each from a sample of 150; and 2 % from pools', () => {
  isNominal(coverage(1000, 0.1, (seed) => {
    const random = seededRandom(6000 + seed)
    return roganGladen({
      positive: { count: sampleBinomial(random, 1000, 0.1 * 0.85 + 0.9 * 0.04), of: 1000 }, sensitivity: { count: sampleBinomial(random, 150, 0.85), of: 150 },
      specificity: { count: sampleBinomial(random, 150, 0.96), of: 150 },
    })?.interval
  }))
  isNominal(coverage(400, 0.02, (seed) => {
    const random = seededRandom(7000 + seed)
    return pooledPrevalence([5, 10].map((size) => ({ size, tested: 60, positive: sampleBinomial(random, 60, 1 - 0.98 ** size) }))).interval
  }))
})

test('a lineage that grows 0.09 a day faster, from 50 sequences a week', () => {
  isNominal(coverage(300, 0.09, (seed) => {
    const random = seededRandom(8000 + seed)
    const days = [0, 7, 14, 21, 28, 35, 42]
    const counts = days.map((day) => [...sampleMultinomial(random, 50, [1, 0.3 * Math.exp(0.02 * day), 0.03 * Math.exp(0.09 * day)])])
    return counts.some((row) => (row[2] as number) > 0) ? lineageGrowth({ days, counts })?.lineages[2]?.interval : undefined
  }))
})

test('shares of 7 % in 80: Jeffreys and Wilson cover what they say on average over the truth', () => {
  for (const interval of [jeffreysInterval, wilsonInterval]) {
    let held = 0
    const random = seededRandom(9)
    for (let n = 0; n < 3000; n++) {
      const truth = sampleGamma(random, 3, 40)
      const { lower, upper } = interval(sampleBinomial(random, 80, truth), 80)
      if (lower <= truth && truth <= upper) held++
    }
    expect(held / 3000).toBeGreaterThan(0.93)
    expect(held / 3000).toBeLessThan(0.97)
  }
})
