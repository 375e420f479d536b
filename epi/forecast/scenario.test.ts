import { describe, expect, test } from 'vitest'
import { binomialCdf, seededRandom } from '../numerics/index.ts'
import { doseSchedule, DOSE_MOVES } from './dose-schedule.ts'
import { drawBinomial } from './draw-binomial.ts'
import {
  BAND_LEVELS, contactMatrices, DISEASE_PROFILES, nextGenerationEigenvalue, PROFILE_AGES, runScenario, simulateRuns, solveSeir, summariseRuns, type ContactStructure, type ScenarioParameters,
} from './index.ts'

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

/** One group whose members meet at random: everything known of it in closed form. */
const plain = (change: Partial<ScenarioParameters> = {}): ScenarioParameters => ({
  days: 400, population: [1_000_000], contacts: { home: [[5]], school: [[0]], work: [[0]], other: [[0]] }, contactChanges: [], reproductionNumber: { mean: 2, sd: 0 }, latentDays: 3, infectiousDays: 4,
  susceptibility: [1], infectiousness: [1],
  vaccination: {
    againstInfection: [0, 0.4, 0.7, 0.3], againstSevere: [0, 0.5, 0.8, 0.7], waningDays: 180, secondDoseAfterDays: 21, firstDosesPerDay: 0, fromDay: 0, acceptance: [0.8], order: [0], initial: [[1, 0, 0, 0]],
  },
  importedPerDay: 0, tracing: { share: 0, delayDays: 2 }, ascertainment: 0.5, severity: { hospital: [0.05], oxygen: [0.4], intensive: [0.2] },
  care: { admissionDelayDays: 6, wardDays: 7, oxygenDays: 8, intensiveDays: 10 }, initial: { infected: 10, infectious: 0, immune: [0] }, ...change,
})

const STRUCTURE: ContactStructure = {
  population: [282_000, 233_600, 271_600, 295_800, 238_700, 195_500, 129_700, 53_600, 29_400], fromAge: PROFILE_AGES, contactsPerDay: { home: 3, school: 1.5, work: 1.7, other: 1.5 },
  atSchool: [0.6, 0.8, 0.1, 0.02, 0.02, 0.02, 0, 0, 0], atWork: [0, 0.15, 0.8, 0.9, 0.9, 0.8, 0.5, 0.2, 0.05],
}
const delta = DISEASE_PROFILES.covidDelta
const byAge = (change: Partial<ScenarioParameters> = {}): ScenarioParameters => plain({
  days: 90, population: STRUCTURE.population, contacts: contactMatrices(STRUCTURE), susceptibility: delta.susceptibility.value, infectiousness: STRUCTURE.population.map(() => 1),
  vaccination: {
    againstInfection: delta.againstInfection.value, againstSevere: delta.againstSevere.value, waningDays: 180, secondDoseAfterDays: 28, firstDosesPerDay: 8000.5, fromDay: 10,
    acceptance: [0, 0.3, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], order: [8, 7, 6, 5, 4, 3, 2, 1], initial: STRUCTURE.population.map((_, a) => (a < 2 ? [1, 0, 0, 0] : [0.85, 0.1, 0.03, 0.02])),
  },
  severity: { hospital: delta.hospital.value, oxygen: delta.oxygen.value, intensive: delta.intensive.value }, initial: { infected: 2000, infectious: 1500, immune: STRUCTURE.population.map(() => 0.03) },
  tracing: { share: 0.3, delayDays: 2 }, importedPerDay: 3, contactChanges: [{ fromDay: 30, left: { home: 1, school: 0, work: 0.5, other: 0.4 } }], ...change,
})

describe('binomial draws', () => {
  test.each([[1000, 0.0004], [60, 0.12], [40, 0.7], [400, 0.05], [30_000, 0.001], [500_000, 0.3]])('n = %d, p = %d as the distribution says', (n, p) => {
    const random = seededRandom(41)
    const draws = Float64Array.from({ length: 6000 }, () => drawBinomial(random, n, p)).sort()
    let distance = 0
    for (const [i, k] of draws.entries()) if (draws[i + 1] !== k) distance = Math.max(distance, Math.abs((i + 1) / draws.length - binomialCdf(k, n, p)))
    // Kolmogorov and Smirnov's bound at the level of 0.001; conservative for counts.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(draws.length))
  })

  test('ends', () => {
    const random = seededRandom(1)
    expect([drawBinomial(random, 7, 1), drawBinomial(random, 7, 0), drawBinomial(random, 0, 0.5), drawBinomial(random, 7, -1e-18)]).toEqual([7, 0, 0, 0])
  })
})

describe('contacts', () => {
  test('two groups that only work', () => {
    const { work, home } = contactMatrices({ population: [100, 100], fromAge: [20, 40], contactsPerDay: { home: 0, school: 0, work: 2, other: 0 }, atSchool: [0, 0], atWork: [1, 1] })
    expect(work).toEqual([[1, 1], [1, 1]])
    expect(sum(home.flat())).toBe(0)
  })

  test('contacts are mutual and as many as said; children meet children at school, parents at home', () => {
    const matrices = contactMatrices(STRUCTURE)
    const everyone = sum(STRUCTURE.population)
    for (const setting of ['home', 'school', 'work', 'other'] as const) {
      const matrix = matrices[setting]
      expect(sum(matrix.map((row, a) => sum(row) * (STRUCTURE.population[a] as number))) / everyone).toBeCloseTo(STRUCTURE.contactsPerDay[setting], 9)
      for (const [a, row] of matrix.entries()) for (const [b, value] of row.entries()) expect(value * (STRUCTURE.population[a] as number)).toBeCloseTo((matrix[b]?.[a] as number) * (STRUCTURE.population[b] as number), 4)
    }
    expect(matrices.school[1]?.[1]).toBeGreaterThan(3 * (matrices.school[1]?.[3] as number))
    expect((matrices.home[0]?.[3] as number) / (STRUCTURE.population[3] as number)).toBeGreaterThan((matrices.home[0]?.[6] as number) / (STRUCTURE.population[6] as number))
    expect(() => contactMatrices({ ...STRUCTURE, atWork: [1] })).toThrow(RangeError)
  })

  test('next generation: one group of 5 contacts, 4 days infectious', () => {
    expect(nextGenerationEigenvalue(plain())).toBeCloseTo(20, 9)
    // Two groups that meet only each other: the geometric mean of what each makes of the other.
    const apart = plain({ population: [100, 400], contacts: { ...plain().contacts, home: [[0, 8], [2, 0]], school: [[0, 0], [0, 0]], work: [[0, 0], [0, 0]], other: [[0, 0], [0, 0]] }, susceptibility: [1, 1], infectiousness: [1, 1] })
    expect(nextGenerationEigenvalue(apart)).toBeCloseTo(4 * Math.sqrt(8 * 2), 9)
  })
})

describe('doses', () => {
  test('a tenth of the unvaccinated on the first day, their second dose three weeks later', () => {
    const { moving } = doseSchedule(plain({ days: 30, population: [1000], vaccination: { ...plain().vaccination, firstDosesPerDay: 100 } }))
    expect(moving[0]).toBeCloseTo(0.1, 12)
    const at = (day: number, move: number): number => moving[day * DOSE_MOVES + move] as number
    expect(at(20, 1)).toBe(0)
    expect(at(21, 1)).toBeGreaterThan(0)
    // Acceptance of 80 % is reached on the eighth day.
    expect(at(7, 0)).toBeGreaterThan(0)
    expect(at(8, 0)).toBe(0)
  })
})

describe('without chance', () => {
  test.each([[1.3, 0.4229], [2, 0.7968], [5, 0.9930]])('final size of R₀ = %d: z = 1 − e^(−R₀·z)', (mean, size) => {
    const { everInfected } = solveSeir(plain({ days: 1200, reproductionNumber: { mean, sd: 0 } }), 2)
    const z = (everInfected[0] as number) / 1e6
    expect(z).toBeCloseTo(size, 3)
    expect(Math.abs(z - (1 - Math.exp(-mean * z)))).toBeLessThan(1e-4)
  })

  test('final size by age: −log(1 − zₐ) = Σ_b K[a][b]·z_b', () => {
    const p = byAge({
      days: 600, contactChanges: [], importedPerDay: 0, tracing: { share: 0, delayDays: 1 }, initial: { infected: 1, infectious: 0, immune: STRUCTURE.population.map(() => 0) },
      vaccination: { ...byAge().vaccination, againstInfection: [0, 0, 0, 0], firstDosesPerDay: 0 },
    })
    const { everInfected } = solveSeir(p, 2)
    const z = everInfected.map((people, a) => people / (p.population[a] as number))
    const scale = p.reproductionNumber.mean / nextGenerationEigenvalue(p)
    for (const [a, share] of z.entries()) {
      const pressure = sum(p.population.map((_, b) => (p.contacts.home[a]?.[b] ?? 0) + (p.contacts.school[a]?.[b] ?? 0) + (p.contacts.work[a]?.[b] ?? 0) + (p.contacts.other[a]?.[b] ?? 0)).map((met, b) => met * (z[b] as number)))
      expect(-Math.log(1 - share)).toBeCloseTo(scale * p.infectiousDays * (p.susceptibility[a] as number) * pressure, 3)
    }
  })

  test('people are conserved by age and never negative; beds are nobody’s loss', () => {
    const p = byAge()
    const { state, series } = solveSeir(p)
    const compartments = state.length / p.population.length
    for (const [a, people] of p.population.entries()) expect(sum(state.subarray(a * compartments, (a + 1) * compartments)) / people).toBeCloseTo(1, 10)
    expect(Math.min(...state)).toBeGreaterThanOrEqual(0)
    for (const values of Object.values(series)) expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  })

  test('halving the step: errors fall sixteenfold, as of order 4', () => {
    const end = (steps: number): Float64Array => solveSeir(byAge({ days: 40 }), steps).state
    const apart = (a: Float64Array, b: Float64Array): number => Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))))
    const [one, two, four, eight] = [end(1), end(2), end(4), end(8)]
    expect(Math.log2(apart(two, four) / apart(four, eight))).toBeGreaterThan(3.6)
    expect(Math.log2(apart(two, four) / apart(four, eight))).toBeLessThan(4.4)
    expect(apart(one, two)).toBeGreaterThan(apart(two, four))
  })

  test('the first weeks grow at the rate that R₀ = (1 + r·L)·(1 + r·D) says', () => {
    const { infections } = solveSeir(plain({ days: 40, population: [1e9] })).series
    const rate = Math.log((infections[39] as number) / (infections[29] as number)) / 10
    expect((1 + 3 * rate) * (1 + 4 * rate)).toBeCloseTo(2, 3)
  })
})

describe('with chance', () => {
  test('runs are the same whoever computes them, and different from each other', () => {
    const p = byAge({ days: 30 })
    const whole = simulateRuns(p, 0, 10, 7)
    expect([...simulateRuns(p, 0, 4, 7), ...simulateRuns(p, 4, 10, 7)]).toEqual([...whole])
    expect([...whole.subarray(0, 30)]).not.toEqual([...whole.subarray(150, 180)])
    expect(runScenario(p, { ward: 10 }, 10, 7)).toEqual(summariseRuns(p, [simulateRuns(p, 0, 4, 7), simulateRuns(p, 4, 10, 7)], { ward: 10 }))
  })

  test('counts are whole, never negative, and nobody is infected twice', () => {
    const p = byAge({ days: 120, reproductionNumber: { mean: 9, sd: 0 }, population: STRUCTURE.population.map((people) => Math.round(people / 1000)), initial: { infected: 5, infectious: 0, immune: STRUCTURE.population.map(() => 0.5) } })
    const runs = simulateRuns(p, 0, 40, 3)
    expect(runs.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    const people = sum(p.population)
    for (let run = 0; run < 40; run++) expect(sum(runs.subarray(run * 600, run * 600 + 120))).toBeLessThanOrEqual(people * 0.5 + p.population.length)
  })

  test.each([2, 5])('the mean of many runs is the course without chance, at R₀ = %d: infections, reports and beds', (mean) => {
    const p = byAge({ days: 50, importedPerDay: 30, reproductionNumber: { mean, sd: 0 } })
    const runs = 40
    const draws = simulateRuns(p, 0, runs, 19)
    const { series } = solveSeir(p)
    for (const [place, name] of (['infections', 'reported', 'ward', 'oxygen', 'intensive'] as const).entries()) {
      for (const day of [15, 25, 35]) {
        const values = Array.from({ length: runs }, (_, run) => draws[(run * 5 + place) * 50 + day] as number)
        const average = sum(values) / runs
        const error = Math.sqrt(sum(values.map((value) => (value - average) ** 2)) / (runs - 1) / runs)
        // Four standard errors, and 2 % for the steps of a day.
        expect([name, day, Math.abs(average - (series[name][day] as number)) < 4 * error + 0.02 * (series[name][day] as number)]).toEqual([name, day, true])
      }
    }
  })

  test('early on, runs scatter as the chain in continuous time does, event by event (Gillespie 1977)', () => {
    const [people, exposed, latent, infectious, mean, days, runs] = [20_000, 20, 2.2, 2.5, 3, 10, 1000]
    const totals = (of: (run: number) => number): { mean: number; spread: number } => {
      const values = Array.from({ length: runs }, (_, run) => of(run))
      const average = sum(values) / runs
      return { mean: average, spread: Math.sqrt(sum(values.map((value) => (value - average) ** 2)) / (runs - 1)) / average }
    }
    const draws = simulateRuns(plain({ days, population: [people], reproductionNumber: { mean, sd: 0 }, latentDays: latent, infectiousDays: infectious, initial: { infected: exposed, infectious: 0, immune: [0] } }), 0, runs, 23)
    const ours = totals((run) => sum(draws.subarray(run * 5 * days, run * 5 * days + days)))
    const exact = totals((run) => {
      const random = seededRandom(90_000 + run)
      let [susceptible, e, i, time, infections] = [people - exposed, exposed, 0, 0, 0]
      for (;;) {
        const rates = [((mean / infectious) * susceptible * i) / people, e / latent, i / infectious] as const
        time -= Math.log(1 - random.uniform()) / (rates[0] + rates[1] + rates[2])
        if (!(time < days)) return infections
        const event = random.uniform() * (rates[0] + rates[1] + rates[2])
        if (event < rates[0]) [susceptible, e, infections] = [susceptible - 1, e + 1, infections + 1]
        else if (event < rates[0] + rates[1]) [e, i] = [e - 1, i + 1]
        else i--
      }
    })
    expect(Math.abs(ours.mean / exact.mean - 1)).toBeLessThan(0.05)
    // Coefficients of variation of 0.30 and 0.31; the error of either is 2 to 3 %.
    expect(Math.abs(ours.spread / exact.spread - 1)).toBeLessThan(0.1)
  })

  test('what helps, helps: fewer contacts, faster tracing, more doses', () => {
    const beds = (change: Partial<ScenarioParameters>): number => Math.max(...(runScenario(byAge(change), {}, 20, 5).bands.oxygen[3] as Float64Array))
    const now = beds({})
    expect(beds({ contactChanges: [{ fromDay: 10, left: { home: 1, school: 0, work: 0.5, other: 0.4 } }] })).toBeLessThan(now)
    expect(beds({ tracing: { share: 0.6, delayDays: 0.5 } })).toBeLessThan(now)
    expect(beds({ vaccination: { ...byAge().vaccination, firstDosesPerDay: 30_000, fromDay: 0 } })).toBeLessThan(now)
  })

  test('crossing a capacity: sooner where there are fewer beds; never where there are enough', () => {
    const p = byAge()
    const runs = [simulateRuns(p, 0, 40, 5)]
    const few = summariseRuns(p, runs, { intensive: 20 }).crossings.intensive
    const more = summariseRuns(p, runs, { intensive: 60 }).crossings.intensive
    expect(few?.probability).toBe(1)
    expect(few?.days[3]).toBeLessThan(more?.days[3] as number)
    expect(few?.days).toHaveLength(BAND_LEVELS.length)
    expect(summariseRuns(p, runs, { intensive: 1e7 }).crossings.intensive).toEqual({ probability: 0, days: BAND_LEVELS.map(() => undefined) })
  })

  test('bands of constant courses, worked by hand', () => {
    const p = plain({ days: 1 })
    const block = Float64Array.from({ length: 25 }, (_, i) => Math.floor(i / 5) * 10)
    const { bands, crossings, runs } = summariseRuns(p, [block], { ward: 15 })
    expect(runs).toBe(5)
    expect(bands.infections.map((band) => band[0])).toEqual([1, 4, 10, 20, 30, 36, 39].map((value) => expect.closeTo(value, 9)))
    expect(crossings.ward).toEqual({ probability: 0.6, days: [0, 0, 0, 0, undefined, undefined, undefined] })
    expect(crossings.oxygen).toBeUndefined()
  })

  test('what makes no sense is refused', () => {
    expect(() => simulateRuns(plain({ population: [0] }), 0, 1, 1)).toThrow(RangeError)
    expect(() => simulateRuns(plain({ latentDays: 0 }), 0, 1, 1)).toThrow(RangeError)
    expect(() => simulateRuns(plain({ severity: { hospital: [0.1], oxygen: [0.8], intensive: [0.4] } }), 0, 1, 1)).toThrow(RangeError)
    expect(() => simulateRuns(plain(), 3, 1, 1)).toThrow(RangeError)
    expect(() => summariseRuns(plain(), [], {})).toThrow(RangeError)
  })
})

test('profiles: every figure has a source; lists fit the ages; shares are shares', () => {
  for (const { caveat: _, disease: __, ...figures } of Object.values(DISEASE_PROFILES)) {
    for (const { source, value } of Object.values(figures)) {
      expect(source).not.toBe('')
      if (typeof value !== 'number' && !('mean' in value)) expect([4, PROFILE_AGES.length]).toContain(value.length)
    }
    for (const [a, oxygen] of figures.oxygen.value.entries()) expect(oxygen + (figures.intensive.value[a] as number)).toBeLessThanOrEqual(1)
    expect(Math.max(...figures.hospital.value)).toBeLessThanOrEqual(1)
  }
})
