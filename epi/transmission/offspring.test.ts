import { describe, expect, test } from 'vitest'
import {
  chainLengthDistribution, chainSizeDistribution, chainSizeLogProbability, extinctionProbability, fitChainSizes, fitOffspring, samplePoisson, seededRandom, shareOfCases, shareOfTransmission,
} from '../index.ts'

/** [how often, value] written out. */
const repeat = (pairs: readonly (readonly [number, number])[]): number[] => pairs.flatMap(([times, value]) => Array.from({ length: times }, () => value))

// Faye et al. (2015), Lancet Infect Dis 15:320–326: 152 cases of Ebola in Conakry, February–August 2014; those not listed infected nobody.
const CONAKRY = [1, 2, 2, 5, 14, 1, 4, 4, 1, 3, 3, 8, 2, 1, 1, 4, 9, 9, 1, 1, 17, 2, 1, 1, 1, 4, 3, 3, 4, 2, 5, 1, 2, 2, 1, 9, 1, 3, 1, 2, 1, 1, 2]
// Adam et al. (2020), Nat Med 26:1714–1719: SARS-CoV-2 in Hong Kong, 23 January–28 April 2020 (counted from the published transmission pairs and 46 sporadic cases).
const HONG_KONG = repeat([[199, 0], [57, 1], [18, 2], [6, 3], [5, 4], [1, 5], [2, 6], [1, 10], [1, 11]])

describe('R and k from traced cases', () => {
  test('Ebola, Conakry 2014: Althaus (2015) 0.95 and 0.18', () => {
    const fit = fitOffspring([...CONAKRY, ...repeat([[152 - CONAKRY.length, 0]])])
    expect(fit?.reproduction).toBeCloseTo(145 / 152, 12)
    // scipy 1.17, nbinom, bounded minimisation to 1e-10 and brentq.
    expect(fit?.dispersion).toBeCloseTo(0.1815061467, 6)
    expect(fit?.logLikelihood).toBeCloseTo(-177.1965993818, 8)
    expect(fit?.dispersionInterval.lower).toBeCloseTo(0.1173021896, 6)
    expect(fit?.dispersionInterval.upper).toBeCloseTo(0.2786559297, 6)
  })
  test('SARS-CoV-2, Hong Kong 2020: Adam et al. (2020) 0.58 (0.45–0.72) and 0.43 (0.29–0.67)', () => {
    const fit = fitOffspring(HONG_KONG)
    expect(fit?.reproduction.toFixed(2)).toBe('0.58')
    expect(fit?.dispersion.toFixed(2)).toBe('0.43')
    expect(fit?.dispersionInterval.lower).toBeCloseTo(0.29, 2)
    // The paper's upper ends are of a bootstrap; a profile likelihood is not symmetric in the same way.
    expect(fit?.dispersionInterval.upper).toBeCloseTo(0.6496, 3)
    expect(fit?.reproductionInterval.lower).toBeCloseTo(0.46, 2)
    expect(fit?.reproductionInterval.upper).toBeCloseTo(0.74, 2)
  })
  test('monkeypox, Zaire 1980–1984, with shared offspring: Blumberg, Funk & Pulliam (2014) 0.3 and 0.4', () => {
    // Fine et al. (1988), Int J Epidemiol 17:643–650: [how often, infectors, infected].
    const rows = [[164, 1, 0], [21, 1, 1], [8, 1, 2], [2, 1, 3], [1, 1, 5], [3, 2, 2], [1, 2, 4], [1, 3, 3], [1, 2, 1]] as const
    const fit = fitOffspring(rows.flatMap(([times, , infected]) => repeat([[times, infected]])), { infectors: rows.flatMap(([times, infectors]) => repeat([[times, infectors]])) })
    expect(fit?.reproduction).toBeCloseTo(0.29665, 4)
    expect(fit?.dispersion).toBeCloseTo(0.32759, 4)
  })
  test('counts that vary no more than Poisson counts: k has no upper limit', () => {
    const fit = fitOffspring([1, 1, 1, 1, 1, 2])
    expect(fit?.dispersion).toBe(Infinity)
    expect(fit?.dispersionInterval.upper).toBe(Infinity)
    expect(fit?.dispersionInterval.lower).toBeGreaterThan(0.5)
  })
  test('nobody infected anybody: no estimate; nonsense is refused', () => {
    expect(fitOffspring([0, 0, 0])).toBeUndefined()
    expect(() => fitOffspring([])).toThrow(RangeError)
    expect(() => fitOffspring([1, -1])).toThrow(RangeError)
    expect(() => fitOffspring([1.5])).toThrow(RangeError)
    expect(() => fitOffspring([1], { infectors: [1, 2] })).toThrow(RangeError)
  })
})

describe('R and k from sizes of clusters', () => {
  test('MERS to August 2013: Kucharski & Althaus (2015) 0.47 (0.29–0.80) and 0.26 (0.09–1.24)', () => {
    // Poletto et al. (2014), Euro Surveill 19:20824.
    const fit = fitChainSizes(repeat([[42, 1], [7, 2], [2, 3], [2, 5], [1, 10], [1, 22]]))
    expect(fit?.reproduction.toFixed(2)).toBe('0.47')
    expect(fit?.dispersion.toFixed(2)).toBe('0.26')
    expect(fit?.reproductionInterval.lower).toBeCloseTo(0.29, 2)
    expect(fit?.reproductionInterval.upper).toBeCloseTo(0.8, 2)
    expect(fit?.dispersionInterval.lower).toBeCloseTo(0.09, 2)
    expect(fit?.dispersionInterval.upper).toBeCloseTo(1.24, 2)
  })
  test('measles, United States 1997–1999, and monkeypox with several primary cases', () => {
    // Gay et al. (2004), J Infect Dis 189 Suppl 1:S36–S42, as tabulated by Blumberg, Funk & Pulliam (2014); expected values: scipy 1.17, Nelder–Mead and brentq.
    const measles = fitChainSizes(repeat([[122, 1], [13, 2], [10, 3], [6, 4], [5, 5], [2, 6], [2, 8], [1, 9], [1, 11], [1, 13], [1, 15], [1, 33]]))
    expect(measles?.reproduction).toBeCloseTo(1 - 165 / 336, 12)
    expect(measles?.dispersion).toBeCloseTo(0.3199342, 5)
    expect(measles?.dispersionInterval.upper).toBeCloseTo(0.7510478, 5)
    // [how often, primaries, size]: Fine et al. (1988), as above.
    const rows = [[84, 1, 1], [12, 2, 2], [2, 3, 3], [7, 1, 2], [3, 2, 4], [1, 2, 6], [1, 3, 6], [9, 1, 3], [2, 1, 4], [2, 1, 6], [2, 1, 5]] as const
    const monkeypox = fitChainSizes(rows.flatMap(([times, , size]) => repeat([[times, size]])), { primaries: rows.flatMap(([times, primaries]) => repeat([[times, primaries]])) })
    expect(monkeypox?.reproduction).toBeCloseTo(1 - 147 / 209, 12)
    expect(monkeypox?.dispersion).toBeCloseTo(0.3586667, 5)
  })
  test('closed forms: k = ∞ is Borel–Tanner, k = 1 counts trees, and simulated clusters follow', () => {
    expect(Math.exp(chainSizeLogProbability(2, { reproduction: 0.5, dispersion: Infinity }))).toBeCloseTo(Math.exp(-1) * 0.5, 14)
    // Geometric offspring: P(3) = Catalan number 2 · p²(1−p)³ with p = R/(1 + R).
    expect(Math.exp(chainSizeLogProbability(3, { reproduction: 1, dispersion: 1 }))).toBeCloseTo(2 / 32, 14)
    expect([...chainSizeDistribution({ reproduction: 0, dispersion: 1 }, 3)]).toEqual([0, 1, 0, 0])
    // Two primary cases: the convolution of two clusters of one.
    const one = chainSizeDistribution({ reproduction: 0.7, dispersion: 0.4 }, 12)
    const two = chainSizeDistribution({ reproduction: 0.7, dispersion: 0.4 }, 12, 2)
    for (let size = 2; size <= 12; size++) {
      let sum = 0
      for (let first = 1; first < size; first++) sum += (one[first] as number) * (one[size - first] as number)
      expect(two[size]).toBeCloseTo(sum, 13)
    }
    const random = seededRandom(4)
    let singles = 0
    for (let n = 0; n < 4000; n++) if (samplePoisson(random, 0.8) === 0) singles++
    expect(singles / 4000).toBeCloseTo(chainSizeDistribution({ reproduction: 0.8, dispersion: Infinity }, 1)[1] as number, 1)
  })
  test('no cluster grew, or sizes below the primaries', () => {
    expect(fitChainSizes([1, 1])).toBeUndefined()
    expect(() => fitChainSizes([1], { primaries: [2] })).toThrow(RangeError)
    expect(() => chainSizeLogProbability(0, { reproduction: 1, dispersion: 1 })).toThrow(RangeError)
  })
})

describe('extinction and concentration', () => {
  test('known probabilities', () => {
    expect(extinctionProbability({ reproduction: 1.5, dispersion: 1 })).toBeCloseTo(2 / 3, 14)
    expect(extinctionProbability({ reproduction: 3, dispersion: 1 }, 4)).toBeCloseTo(3 ** -4, 14)
    expect(extinctionProbability({ reproduction: 0.99, dispersion: 0.1 })).toBe(1)
    // Poisson: 1 − the final size of the same R.
    expect(extinctionProbability({ reproduction: 2, dispersion: Infinity })).toBeCloseTo(0.20318786997, 10)
    // k = ½: q² (1 + 2R(1 − q)) = 1.
    const q = extinctionProbability({ reproduction: 1.5, dispersion: 0.5 })
    expect(q * q * (1 + 3 * (1 - q))).toBeCloseTo(1, 13)
    expect(q).toBeCloseTo(0.7675918, 6)
  })
  test('generations of a critical geometric process: n + 1 of n + 2', () => {
    const extinct = chainLengthDistribution({ reproduction: 1, dispersion: 1 }, 4)
    extinct.forEach((q, n) => expect(q).toBeCloseTo((n + 1) / (n + 2), 14))
  })
  test('who causes transmission: Lloyd-Smith et al. (2005) 88 %, Adam et al. (2020) 19 %, Endo et al. (2020) about 10 %', () => {
    expect(shareOfTransmission(0.16, 0.2)).toBeCloseTo(0.88, 2)
    expect(shareOfTransmission(Infinity, 0.2)).toBe(0.2)
    expect(shareOfCases({ reproduction: 0.58, dispersion: 0.43 })).toBeCloseTo(0.19, 2)
    expect(shareOfCases({ reproduction: 2.5, dispersion: 0.1 })).toBeCloseTo(0.09, 2)
    expect(shareOfCases({ reproduction: 0, dispersion: 1 })).toBeUndefined()
    // Everyone alike and many offspring each: 80 % of cases cause nearly 80 %.
    expect(shareOfCases({ reproduction: 400, dispersion: Infinity })).toBeCloseTo(0.8, 1)
  })
})
