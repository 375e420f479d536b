import { demand } from '../numerics/demand.ts'
import { doseSchedule, DOSE_MOVES } from './dose-schedule.ts'
import { contactsByDay, demandScenario, DOSE_STATES, nextGenerationEigenvalue, type ScenarioParameters } from './scenario-parameters.ts'
import { SCENARIO_SERIES, TIERS, type ScenarioSeries } from './scenario-series.ts'

/** Compartments of an age: susceptible by dose state, exposed, infectious not traced, infectious traced, recovered. */
const COMPARTMENTS = DOSE_STATES + 4
const [EXPOSED, UNTRACED, TRACED, RECOVERED] = [DOSE_STATES, DOSE_STATES + 1, DOSE_STATES + 2, DOSE_STATES + 3]
/** After those of all ages: waiting and in bed by tier, and infections and reports so far. */
const SHARED = 2 * TIERS.length + 2

export interface SeirCourse {
  readonly series: Readonly<Record<ScenarioSeries, Float64Array>>
  /** People of each age at the end: never infected, ever infected. */
  readonly susceptible: Float64Array
  readonly everInfected: Float64Array
  /** At the end of the last day, by age and compartment: susceptible with 0, 1, 2 doses, waned; exposed; infectious not traced, traced; recovered. */
  readonly state: Float64Array
}

/**
 * The course of an epidemic by age without chance: ordinary differential equations, solved by the classical Runge–Kutta method of order 4.
 *
 *   λₐ   = q·σₐ·Σ_b C[a][b](t)·ρ_b·(U_b + T_b)/N_b + imported/N           q = R₀ / eigenvalue of the next-generation matrix
 *   S′ₐᵥ = −λₐ·(1 − εᵥ)·Sₐᵥ            E′ₐ = Σᵥ λₐ·(1 − εᵥ)·Sₐᵥ − Eₐ/L
 *   U′ₐ  = (1 − f)·Eₐ/L − Uₐ/D         T′ₐ = f·Eₐ/L − (1/D + 1/d)·Tₐ     R′ₐ = Uₐ/D + (1/D + 1/d)·Tₐ
 *   W′ₖ  = Σₐᵥ hₐₖ·(1 − sᵥ)·infections − Wₖ/delay      B′ₖ = Wₖ/delay − Bₖ/stayₖ    (k: ward, oxygen, intensive care)
 *
 * v: doses; f, d: share found by tracing and days until they are isolated; L latent, D infectious days. Doses move people between days (`doseSchedule`); contacts change between days. Whoever
 * recovered stays immune. Immunity after infection does not wane: runs of a season. Convention: the usual SEIR with exponential stages (Keeling & Rohani 2008, Modeling
 * Infectious Diseases, ch. 3). Units: people, days. Errors: `RangeError` as `demandScenario`, and for steps a day below 1.
 * Example: one age, no measures, no vaccine, R₀ = 2: 79.68 % are ever infected (the final size z = 1 − e^(−2z)).
 */
export const solveSeir = (p: ScenarioParameters, stepsPerDay = 4): SeirCourse => {
  demandScenario(p)
  demand(Number.isInteger(stepsPerDay) && stepsPerDay >= 1, 'there is at least one step a day')
  const ages = p.population.length
  const size = ages * COMPARTMENTS + SHARED
  const shared = ages * COMPARTMENTS
  const { matrices, ofDay } = contactsByDay(p)
  const doses = doseSchedule(p)
  const scale = p.reproductionNumber.mean / nextGenerationEigenvalue(p)
  const everyone = p.population.reduce((sum, people) => sum + people, 0)
  const importedForce = p.importedPerDay / everyone
  const toInfectious = 1 / p.latentDays
  const recovery = 1 / p.infectiousDays
  const tracedExit = recovery + 1 / p.tracing.delayDays
  const admission = 1 / p.care.admissionDelayDays
  const discharge = [1 / p.care.wardDays, 1 / p.care.oxygenDays, 1 / p.care.intensiveDays]

  const state = new Float64Array(size)
  for (let a = 0; a < ages; a++) {
    const people = p.population[a] as number
    const open = 1 - (p.initial.immune[a] as number)
    const exposed = Math.min(people * open, (p.initial.infected * people) / everyone)
    const infectious = Math.min(people * open - exposed, (p.initial.infectious * people) / everyone)
    for (let v = 0; v < DOSE_STATES; v++) state[a * COMPARTMENTS + v] = (doses.initial[a * DOSE_STATES + v] as number) * (open - (exposed + infectious) / people)
    state[a * COMPARTMENTS + EXPOSED] = exposed
    state[a * COMPARTMENTS + UNTRACED] = infectious
    state[a * COMPARTMENTS + RECOVERED] = people * (1 - open)
  }
  const before = state.slice()

  const slope = (y: Float64Array, contacts: Float64Array, into: Float64Array): void => {
    into.fill(0)
    let infections = 0
    let onsets = 0
    for (let a = 0; a < ages; a++) {
      const at = a * COMPARTMENTS
      let force = 0
      for (let b = 0; b < ages; b++) {
        const other = b * COMPARTMENTS
        force += ((contacts[a * ages + b] as number) * (p.infectiousness[b] as number) * ((y[other + UNTRACED] as number) + (y[other + TRACED] as number))) / (p.population[b] as number)
      }
      force = scale * (p.susceptibility[a] as number) * force + importedForce
      let infected = 0
      let severe = 0
      for (let v = 0; v < DOSE_STATES; v++) {
        const flow = force * (1 - (p.vaccination.againstInfection[v] as number)) * (y[at + v] as number)
        into[at + v] = -flow
        infected += flow
        severe += flow * (1 - (p.vaccination.againstSevere[v] as number))
      }
      const onset = (y[at + EXPOSED] as number) * toInfectious
      const untraced = (y[at + UNTRACED] as number) * recovery
      const traced = (y[at + TRACED] as number) * tracedExit
      into[at + EXPOSED] = infected - onset
      into[at + UNTRACED] = (1 - p.tracing.share) * onset - untraced
      into[at + TRACED] = p.tracing.share * onset - traced
      into[at + RECOVERED] = untraced + traced
      const hospital = severe * (p.severity.hospital[a] as number)
      const [oxygen, intensive] = [hospital * (p.severity.oxygen[a] as number), hospital * (p.severity.intensive[a] as number)]
      into[shared] = (into[shared] as number) + hospital - oxygen - intensive
      into[shared + 1] = (into[shared + 1] as number) + oxygen
      into[shared + 2] = (into[shared + 2] as number) + intensive
      infections += infected
      onsets += onset
    }
    for (let k = 0; k < TIERS.length; k++) {
      const admitted = (y[shared + k] as number) * admission
      into[shared + k] = (into[shared + k] as number) - admitted
      into[shared + TIERS.length + k] = admitted - (y[shared + TIERS.length + k] as number) * (discharge[k] as number)
    }
    into[size - 2] = infections
    into[size - 1] = onsets * p.ascertainment
  }

  const [k1, k2, k3, k4, trial] = [0, 1, 2, 3, 4].map(() => new Float64Array(size)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
  const h = 1 / stepsPerDay
  const step = (contacts: Float64Array): void => {
    slope(state, contacts, k1)
    for (let i = 0; i < size; i++) trial[i] = (state[i] as number) + 0.5 * h * (k1[i] as number)
    slope(trial, contacts, k2)
    for (let i = 0; i < size; i++) trial[i] = (state[i] as number) + 0.5 * h * (k2[i] as number)
    slope(trial, contacts, k3)
    for (let i = 0; i < size; i++) trial[i] = (state[i] as number) + h * (k3[i] as number)
    slope(trial, contacts, k4)
    for (let i = 0; i < size; i++) state[i] = (state[i] as number) + (h / 6) * ((k1[i] as number) + 2 * (k2[i] as number) + 2 * (k3[i] as number) + (k4[i] as number))
  }

  const series = Object.fromEntries(SCENARIO_SERIES.map((name) => [name, new Float64Array(p.days)])) as Record<ScenarioSeries, Float64Array>
  for (let day = 0; day < p.days; day++) {
    for (let a = 0; a < ages; a++) {
      for (let move = DOSE_MOVES - 1; move >= 0; move--) {
        const moved = (state[a * COMPARTMENTS + move] as number) * (doses.moving[(day * ages + a) * DOSE_MOVES + move] as number)
        state[a * COMPARTMENTS + move] = (state[a * COMPARTMENTS + move] as number) - moved
        state[a * COMPARTMENTS + move + 1] = (state[a * COMPARTMENTS + move + 1] as number) + moved
      }
    }
    const [infectedBefore, reportedBefore] = [state[size - 2] as number, state[size - 1] as number]
    for (let n = 0; n < stepsPerDay; n++) step(matrices[ofDay[day] as number] as Float64Array)
    series.infections[day] = (state[size - 2] as number) - infectedBefore
    series.reported[day] = (state[size - 1] as number) - reportedBefore
    for (const [k, tier] of TIERS.entries()) series[tier][day] = state[shared + TIERS.length + k] as number
  }
  const susceptibleOf = (y: Float64Array, a: number): number => y.subarray(a * COMPARTMENTS, a * COMPARTMENTS + DOSE_STATES).reduce((sum, people) => sum + people, 0)
  const susceptible = Float64Array.from({ length: ages }, (_, a) => susceptibleOf(state, a))
  return {
    series, susceptible,
    everInfected: susceptible.map((people, a) => susceptibleOf(before, a) + (before[a * COMPARTMENTS + EXPOSED] as number) + (before[a * COMPARTMENTS + UNTRACED] as number) - people),
    state: state.slice(0, shared),
  }
}
