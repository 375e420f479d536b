import { demand } from '../numerics/demand.ts'
import { SETTINGS, type ContactMatrices, type Setting } from './contact-matrix.ts'

/** Doses a person has: none, one, two, or two whose protection has waned. */
export const DOSE_STATES = 4

/** From this day on so much is left of the contacts of each setting: 1 all, 0 none. */
export interface ContactChange {
  readonly fromDay: number
  readonly left: Readonly<Record<Setting, number>>
}

/** Lists "by age" have one entry for each age group; days are counted from 0. */
export interface ScenarioParameters {
  readonly days: number
  /** People by age. */
  readonly population: readonly number[]
  readonly contacts: ContactMatrices
  /** In the order of their days; before the first, contacts are as in the matrices. */
  readonly contactChanges: readonly ContactChange[]
  /** Without immunity and measures; `sd` is how little it is known, each run draws its own. */
  readonly reproductionNumber: { readonly mean: number; readonly sd: number }
  readonly latentDays: number
  readonly infectiousDays: number
  /** By age, relative to each other. */
  readonly susceptibility: readonly number[]
  readonly infectiousness: readonly number[]
  readonly vaccination: {
    /** By doses: share of infections prevented, and of hospital admissions among those infected all the same. */
    readonly againstInfection: readonly number[]
    readonly againstSevere: readonly number[]
    /** How long the protection of two doses lasts on average. */
    readonly waningDays: number
    readonly secondDoseAfterDays: number
    readonly firstDosesPerDay: number
    readonly fromDay: number
    /** Share of each age that takes a first dose in the end. */
    readonly acceptance: readonly number[]
    /** Age groups in the order in which they are called. */
    readonly order: readonly number[]
    /** By age, the share in each of the four dose states on day 0. */
    readonly initial: readonly (readonly number[])[]
  }
  /** Infections brought from outside, a day. */
  readonly importedPerDay: number
  /** Share of the infectious whom tracing finds, and after how many days it isolates them on average. */
  readonly tracing: { readonly share: number; readonly delayDays: number }
  /** Share of infections that are ever reported, when they become infectious. */
  readonly ascertainment: number
  /** By age: of unvaccinated infected, those who need a hospital; of these, those whose highest need is oxygen, and intensive care. */
  readonly severity: { readonly hospital: readonly number[]; readonly oxygen: readonly number[]; readonly intensive: readonly number[] }
  readonly care: { readonly admissionDelayDays: number; readonly wardDays: number; readonly oxygenDays: number; readonly intensiveDays: number }
  /** On day 0, spread over the ages as people are: infected who are not infectious yet, infectious whom nobody traces; and by age the share that is immune. */
  readonly initial: { readonly infected: number; readonly infectious: number; readonly immune: readonly number[] }
}

const isShare = (value: number): boolean => value >= 0 && value <= 1

/** Refuses parameters that make no sense. Errors: `RangeError`. */
export const demandScenario = (p: ScenarioParameters): void => {
  const ages = p.population.length
  const byAge = [p.susceptibility, p.infectiousness, p.vaccination.acceptance, p.vaccination.initial, p.severity.hospital, p.severity.oxygen, p.severity.intensive, p.initial.immune]
  demand(Number.isInteger(p.days) && p.days > 0, 'a scenario lasts a whole number of days, one at least')
  demand(ages > 0 && p.population.every((people) => Number.isInteger(people) && people > 0 && people < 2 ** 31), 'every age group has a whole number of people, one at least and fewer than 2³¹')
  demand(byAge.every((list) => list.length === ages), 'a list by age has one entry for each age group')
  for (const setting of SETTINGS) {
    const matrix = p.contacts[setting]
    demand(matrix.length === ages && matrix.every((row) => row.length === ages && row.every((value) => value >= 0 && value < Infinity)), 'a contact matrix has a row and a column for each age group, none negative')
  }
  demand(p.contactChanges.every(({ fromDay, left }, i) => fromDay >= 0 && fromDay >= (p.contactChanges[i - 1]?.fromDay ?? 0) && SETTINGS.every((setting) => left[setting] >= 0)), 'contact changes come in the order of their days, none negative')
  demand(p.reproductionNumber.mean > 0 && p.reproductionNumber.sd >= 0, 'a reproduction number must be positive, its standard deviation not negative')
  demand([p.latentDays, p.infectiousDays, p.vaccination.waningDays, p.tracing.delayDays, ...Object.values(p.care)].every((days) => days > 0), 'durations must be positive')
  demand([...p.susceptibility, ...p.infectiousness].every((value) => value >= 0), 'susceptibility and infectiousness must not be negative')
  demand(p.vaccination.againstInfection.length === DOSE_STATES && p.vaccination.againstSevere.length === DOSE_STATES, 'protection is given for the four dose states')
  demand([...p.vaccination.againstInfection, ...p.vaccination.againstSevere, ...p.vaccination.acceptance, ...p.initial.immune, p.tracing.share, p.ascertainment].every(isShare), 'a share lies between 0 and 1')
  demand(p.severity.hospital.every((value, a) => isShare(value) && isShare(p.severity.oxygen[a] as number) && isShare(p.severity.intensive[a] as number) && (p.severity.oxygen[a] as number) + (p.severity.intensive[a] as number) <= 1), 'severities are shares, oxygen and intensive care together 1 at most')
  demand(p.vaccination.initial.every((shares) => shares.length === DOSE_STATES && shares.every(isShare) && Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9), 'the shares of the four dose states sum to 1')
  demand(p.vaccination.order.every((age) => Number.isInteger(age) && age >= 0 && age < ages) && new Set(p.vaccination.order).size === p.vaccination.order.length, 'the order of vaccination names age groups, each once')
  demand(Number.isInteger(p.vaccination.secondDoseAfterDays) && p.vaccination.secondDoseAfterDays > 0 && p.vaccination.firstDosesPerDay >= 0 && p.vaccination.fromDay >= 0, 'doses a day must not be negative, the interval between doses a whole number of days')
  demand(p.importedPerDay >= 0 && p.initial.infected >= 0 && p.initial.infectious >= 0, 'infections must not be negative')
}

const STEPS = 400

/**
 * The largest eigenvalue of the next-generation matrix of one contact a day that always transmits: what the transmission rate is divided by to have a reproduction number of 1.
 *
 *   K[a][b] = D·σₐ·C[a][b]·ρ_b·Nₐ/N_b      infections of group a by one infectious person of group b in a fully susceptible population
 *
 * Source: Diekmann, Heesterbeek & Metz (1990), J Math Biol 28:365–382; by power iteration. Example: one group, 5 contacts a day, 4 days infectious: 20.
 */
export const nextGenerationEigenvalue = (p: ScenarioParameters): number => {
  const ages = p.population.length
  const total = p.population.map((_, a) => p.population.map((_, b) => SETTINGS.reduce((sum, setting) => sum + (p.contacts[setting][a]?.[b] ?? 0), 0)))
  const generation = p.population.map((people, a) => p.population.map((others, b) =>
    ((total[a]?.[b] ?? 0) * (p.susceptibility[a] as number) * (p.infectiousness[b] as number) * people) / others))
  // Shifted, so that groups that only infect each other do not make the iteration swing.
  const shift = generation.reduce((sum, row) => sum + row.reduce((inner, value) => inner + value, 0), 0) / ages
  let vector = new Float64Array(ages).fill(1 / ages)
  let value = 0
  for (let step = 0; step < STEPS && shift > 0; step++) {
    const next = vector.map((own, a) => shift * own + (generation[a] ?? []).reduce((sum, times, b) => sum + times * (vector[b] as number), 0))
    value = next.reduce((sum, part) => sum + part, 0)
    vector = next.map((part) => part / value)
  }
  return Math.max(0, value - shift) * p.infectiousDays
}

/** Contacts of each day's measures: matrices in rows, one after the other, and for each day which of them holds. */
export const contactsByDay = (p: ScenarioParameters): { readonly matrices: readonly Float64Array[]; readonly ofDay: Int32Array } => {
  const ages = p.population.length
  const all: ContactChange = { fromDay: 0, left: { home: 1, school: 1, work: 1, other: 1 } }
  const changes = [all, ...p.contactChanges]
  const matrices = changes.map(({ left }) => Float64Array.from({ length: ages * ages }, (_, i) =>
    SETTINGS.reduce((sum, setting) => sum + left[setting] * (p.contacts[setting][Math.floor(i / ages)]?.[i % ages] ?? 0), 0)))
  return { matrices, ofDay: Int32Array.from({ length: p.days }, (_, day) => changes.findLastIndex(({ fromDay }) => fromDay <= day)) }
}
