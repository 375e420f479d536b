import { demand } from '../numerics/demand.ts'
import { sampleGamma, seededRandom, type Random } from '../numerics/index.ts'
import { doseSchedule, DOSE_MOVES } from './dose-schedule.ts'
import { drawBinomial } from './draw-binomial.ts'
import { contactsByDay, demandScenario, DOSE_STATES, nextGenerationEigenvalue, type ScenarioParameters } from './scenario-parameters.ts'
import { SCENARIO_SERIES, TIERS } from './scenario-series.ts'

/**
 * Runs of the same epidemic as `solveSeir`, with chance: a chain of binomial draws in steps of a day, each person acting for himself.
 *
 *   leaving a stage of mean stay τ:  Bin(n + m/2, p)  of n there before and m who arrived in the step,  p = 1/(τ + ½)
 *   infections:                      Bin( Sₐᵥ, 1 − e^(−λₐ·(1 − εᵥ)) ),  λₐ from the mean of the infectious before and after the step
 *
 * and Bin for severity and report. R₀ of a run ~ Gamma of the given mean and standard deviation. Source: chain binomial models (Bailey 1957); tau-leaping with
 * binomial steps (Tian & Burrage 2004, J Chem Phys 121:10356), which keeps every count ≥ 0 and the population whole. Convention: the half of the arrivals (rounded at random) is own; with it the mean of the chain is the
 * trapezoidal rule for the differential equations, of order 2, where the usual chain (p = 1 − e^(−1/τ), nobody leaves on arrival) is of order 1 and lags behind by days at Delta's speed.
 * Severity of the day's infections of an age is drawn at their mean protection; doses take the susceptible along in proportion, rounded at random. Stages should last half a day at least.
 *
 * Run r has a generator of its own, of seed + r, so that runs `first` … `end − 1` are the same whoever computes them: workers take ranges. Result: `[(run · 5 + series) · days + day]` in the order
 * of `SCENARIO_SERIES`. Errors: `RangeError` as `demandScenario`. Example: see the test: runs 0 … 9 at once are runs 0 … 3 followed by 4 … 9.
 */
export const simulateRuns = (p: ScenarioParameters, first: number, end: number, seed: number): Float64Array => {
  demandScenario(p)
  demand(Number.isSafeInteger(seed) && Number.isInteger(first) && Number.isInteger(end) && first >= 0 && end >= first, 'runs are counted by whole numbers from 0, and a seed is one')
  const width = SCENARIO_SERIES.length * p.days
  const results = new Float64Array((end - first) * width)
  const simulate = simulator(p)
  for (let run = first; run < end; run++) simulate(seededRandom(seed + run), results.subarray((run - first) * width, (run - first + 1) * width))
  return results
}

/** So many people of a share, rounded up or down at random so that the mean is right. */
const moveShare = (random: Random, from: number, share: number): number => {
  const exact = from * share
  const whole = Math.floor(exact)
  return exact > whole && random.uniform() < exact - whole ? whole + 1 : whole
}

/** The chance to leave a stage of this mean stay within a day. */
const leaving = (stayDays: number): number => Math.min(1, 1 / (stayDays + 0.5))

/** 1 − e^(−x); the series is right to 5e-8 of it below 0.01, where most days lie, and far quicker. */
const chanceOf = (hazard: number): number => (hazard < 0.01 ? hazard * (1 - (hazard / 2) * (1 - hazard / 3)) : -Math.expm1(-hazard))

/** Those of a stage who leave in a day: of those there before, and of half of those who came in it. */
const leave = (random: Random, before: number, arrived: number, chance: number): number => {
  const half = arrived >> 1
  return drawBinomial(random, before + half + ((arrived & 1) === 1 && random.uniform() < 0.5 ? 1 : 0), chance)
}

const simulator = (p: ScenarioParameters): ((random: Random, into: Float64Array) => void) => {
  const { days } = p
  const ages = p.population.length
  const { matrices, ofDay } = contactsByDay(p)
  const doses = doseSchedule(p)
  const eigenvalue = nextGenerationEigenvalue(p)
  const everyone = p.population.reduce((sum, people) => sum + people, 0)
  const importedHazard = p.importedPerDay / everyone
  const onsetChance = leaving(p.latentDays)
  const recoveryChance = leaving(p.infectiousDays)
  const tracedChance = leaving(1 / (1 / p.infectiousDays + 1 / p.tracing.delayDays))
  /** Of those infected in a step, the part of it they are infectious already, as counted in the mean of before and after. */
  const early = (onsetChance / 4) * (1 - (p.tracing.share * tracedChance + (1 - p.tracing.share) * recoveryChance) / 2)
  const admissionChance = leaving(p.care.admissionDelayDays)
  const dischargeChance = [p.care.wardDays, p.care.oxygenDays, p.care.intensiveDays].map((stay) => leaving(stay))
  const open = Float64Array.from(p.vaccination.againstInfection, (share) => 1 - share)
  const unprotected = Float64Array.from(p.vaccination.againstSevere, (share) => 1 - share)
  const hospital = Float64Array.from(p.severity.hospital)
  const oxygen = Float64Array.from(p.severity.oxygen)
  /** Of those who need more than a ward but not oxygen at most: intensive care. */
  const intensive = Float64Array.from(p.severity.intensive, (share, a) => ((oxygen[a] as number) < 1 ? share / (1 - (oxygen[a] as number)) : 0))
  const weight = Float64Array.from(p.population, (people, b) => (p.infectiousness[b] as number) / people)
  const susceptibility = Float64Array.from(p.susceptibility)

  const susceptible = new Int32Array(ages * DOSE_STATES)
  const exposed = new Int32Array(ages)
  const untraced = new Int32Array(ages)
  const traced = new Int32Array(ages)
  const pressure = new Float64Array(ages)
  const hazards = new Float64Array(ages)
  const infected = new Int32Array(ages)
  const severe = new Float64Array(ages)
  const waiting = new Int32Array(TIERS.length)
  const beds = new Int32Array(TIERS.length)
  const arriving = new Int32Array(TIERS.length)

  const begin = (random: Random): void => {
    waiting.fill(0)
    beds.fill(0)
    traced.fill(0)
    for (let a = 0; a < ages; a++) {
      const people = p.population[a] as number
      const immune = moveShare(random, people, p.initial.immune[a] as number)
      exposed[a] = Math.min(people - immune, moveShare(random, people, Math.min(1, p.initial.infected / everyone)))
      untraced[a] = Math.min(people - immune - (exposed[a] as number), moveShare(random, people, Math.min(1, p.initial.infectious / everyone)))
      // Those who were immune or are infected had doses as all others.
      let gone = immune + (exposed[a] as number) + (untraced[a] as number)
      let left = people
      for (let v = DOSE_STATES - 1; v >= 0; v--) {
        const here = doses.initial[a * DOSE_STATES + v] as number
        const most = Math.min(here, gone)
        const least = Math.max(0, gone - (left - here))
        const out = left > 0 ? Math.max(least, Math.min(most, moveShare(random, here, gone / left))) : 0
        susceptible[a * DOSE_STATES + v] = here - out
        gone -= out
        left -= here
      }
    }
  }

  const vaccinate = (random: Random, day: number): void => {
    for (let a = 0; a < ages; a++) {
      for (let move = DOSE_MOVES - 1; move >= 0; move--) {
        const share = doses.moving[(day * ages + a) * DOSE_MOVES + move] as number
        if (share === 0) continue
        const at = a * DOSE_STATES + move
        const moved = moveShare(random, susceptible[at] as number, share)
        susceptible[at] = (susceptible[at] as number) - moved
        susceptible[at + 1] = (susceptible[at + 1] as number) + moved
      }
    }
  }

  const hazardsFrom = (contacts: Float64Array, transmission: number): void => {
    for (let a = 0; a < ages; a++) {
      let met = 0
      for (let b = 0; b < ages; b++) met += (contacts[a * ages + b] as number) * (pressure[b] as number)
      hazards[a] = transmission * (susceptibility[a] as number) * met + importedHazard
    }
  }

  /** One day; new infections and their lack of protection by age. The number of onsets. */
  const step = (random: Random, contacts: Float64Array, transmission: number): number => {
    let onsets = 0
    for (let a = 0; a < ages; a++) {
      const onset = drawBinomial(random, exposed[a] as number, onsetChance)
      const found = drawBinomial(random, onset, p.tracing.share)
      const before = (untraced[a] as number) + (traced[a] as number)
      exposed[a] = (exposed[a] as number) - onset
      untraced[a] = (untraced[a] as number) + onset - found - leave(random, untraced[a] as number, onset - found, recoveryChance)
      traced[a] = (traced[a] as number) + found - leave(random, traced[a] as number, found, tracedChance)
      pressure[a] = ((weight[a] as number) * (before + (untraced[a] as number) + (traced[a] as number))) / 2
      onsets += onset
    }
    hazardsFrom(contacts, transmission)
    // Those infected early in the step infect in it too: as many as are to be expected.
    for (let a = 0; a < ages; a++) {
      let expected = 0
      for (let v = 0; v < DOSE_STATES; v++) expected += (susceptible[a * DOSE_STATES + v] as number) * (open[v] as number)
      pressure[a] = (pressure[a] as number) + (weight[a] as number) * expected * chanceOf(hazards[a] as number) * early
    }
    hazardsFrom(contacts, transmission)
    for (let a = 0; a < ages; a++) {
      const hazard = hazards[a] as number
      if (hazard <= 0) continue
      let caught = 0
      for (let v = 0; v < DOSE_STATES; v++) {
        const at = a * DOSE_STATES + v
        const people = susceptible[at] as number
        if (people === 0) continue
        const count = drawBinomial(random, people, chanceOf(hazard * (open[v] as number)))
        susceptible[at] = people - count
        caught += count
        severe[a] = (severe[a] as number) + count * (unprotected[v] as number)
      }
      const onset = leave(random, 0, caught, onsetChance)
      const found = drawBinomial(random, onset, p.tracing.share)
      exposed[a] = (exposed[a] as number) + caught - onset
      untraced[a] = (untraced[a] as number) + onset - found - leave(random, 0, onset - found, recoveryChance)
      traced[a] = (traced[a] as number) + found - leave(random, 0, found, tracedChance)
      infected[a] = caught
      onsets += onset
    }
    return onsets
  }

  const care = (random: Random): void => {
    arriving.fill(0)
    for (let a = 0; a < ages; a++) {
      const count = infected[a] as number
      if (count === 0) continue
      const ill = drawBinomial(random, count, ((hospital[a] as number) * (severe[a] as number)) / count)
      if (ill === 0) continue
      const onOxygen = drawBinomial(random, ill, oxygen[a] as number)
      const critical = drawBinomial(random, ill - onOxygen, intensive[a] as number)
      arriving[0] = (arriving[0] as number) + ill - onOxygen - critical
      arriving[1] = (arriving[1] as number) + onOxygen
      arriving[2] = (arriving[2] as number) + critical
    }
    for (let k = 0; k < TIERS.length; k++) {
      const admitted = leave(random, waiting[k] as number, arriving[k] as number, admissionChance)
      const left = leave(random, beds[k] as number, admitted, dischargeChance[k] as number)
      waiting[k] = (waiting[k] as number) + (arriving[k] as number) - admitted
      beds[k] = (beds[k] as number) + admitted - left
    }
  }

  return (random, into) => {
    const { mean, sd } = p.reproductionNumber
    const reproduction = sd > 0 ? sampleGamma(random, (mean / sd) ** 2, mean / (sd * sd)) : mean
    const transmission = reproduction / eigenvalue
    begin(random)
    for (let day = 0; day < days; day++) {
      infected.fill(0)
      severe.fill(0)
      vaccinate(random, day)
      const contacts = matrices[ofDay[day] as number] as Float64Array
      const onsets = step(random, contacts, transmission)
      care(random)
      let all = 0
      for (let a = 0; a < ages; a++) all += infected[a] as number
      into[day] = all
      into[days + day] = drawBinomial(random, onsets, p.ascertainment)
      for (let k = 0; k < TIERS.length; k++) into[(2 + k) * days + day] = beds[k] as number
    }
  }
}
