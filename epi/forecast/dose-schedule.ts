import type { ScenarioParameters } from './scenario-parameters.ts'
import { DOSE_STATES } from './scenario-parameters.ts'

/** Moves a day and age: to one dose, to two doses, to protection that has waned. */
export const DOSE_MOVES = 3

/** Who is vaccinated when, whole people; the same in every run, for doses are given whether or not someone was infected. */
export interface DoseSchedule {
  /** People by age and dose state on day 0: `[age · 4 + state]`. */
  readonly initial: Float64Array
  /** Share of those still in the state before who move: `[(day · ages + age) · 3 + move]`. */
  readonly moving: Float64Array
}

/**
 * The days of vaccination: first doses in the order of ages until each has all who accept, second doses a fixed time later, protection of two doses lost at a constant rate.
 *
 * People with one dose on day 0 get their second evenly over the interval. Whoever moves takes along the susceptible in proportion: doses do not look at infection.
 * Example: 1 000 people, 100 first doses a day, the second after 21 days: on day 0 a tenth of the unvaccinated move, on day 21 as many get their second.
 */
export const doseSchedule = ({ population, days, vaccination }: ScenarioParameters): DoseSchedule => {
  const ages = population.length
  const initial = new Float64Array(ages * DOSE_STATES)
  for (let a = 0; a < ages; a++) {
    let left = population[a] as number
    for (let state = DOSE_STATES - 1; state > 0; state--) {
      const count = Math.min(left, Math.round((population[a] as number) * (vaccination.initial[a]?.[state] ?? 0)))
      initial[a * DOSE_STATES + state] = count
      left -= count
    }
    initial[a * DOSE_STATES] = left
  }

  const people = initial.slice()
  const interval = vaccination.secondDoseAfterDays
  const due = new Float64Array((days + interval) * ages)
  for (let a = 0; a < ages; a++) {
    const once = initial[a * DOSE_STATES + 1] as number
    for (let day = 0; day < interval && day < days; day++) due[day * ages + a] = Math.floor((once * (day + 1)) / interval) - Math.floor((once * day) / interval)
  }
  const moving = new Float64Array(days * ages * DOSE_MOVES)
  const waning = 1 - Math.exp(-1 / vaccination.waningDays)
  let carried = 0
  /** Moves whole people to the next state and notes their share. */
  const move = (day: number, a: number, from: number, wanted: number): number => {
    const before = people[a * DOSE_STATES + from] as number
    const count = Math.min(before, Math.floor(wanted))
    if (count <= 0) return 0
    people[a * DOSE_STATES + from] = before - count
    people[a * DOSE_STATES + from + 1] = (people[a * DOSE_STATES + from + 1] as number) + count
    moving[(day * ages + a) * DOSE_MOVES + from] = count / before
    return count
  }
  for (let day = 0; day < days; day++) {
    for (let a = 0; a < ages; a++) move(day, a, 2, (people[a * DOSE_STATES + 2] as number) * waning)
    for (let a = 0; a < ages; a++) move(day, a, 1, due[day * ages + a] as number)
    if (day < vaccination.fromDay) continue
    carried += vaccination.firstDosesPerDay
    for (const a of vaccination.order) {
      const dosed = (population[a] as number) - (people[a * DOSE_STATES] as number)
      const given = move(day, a, 0, Math.min(carried, (population[a] as number) * (vaccination.acceptance[a] as number) - dosed))
      due[(day + interval) * ages + a] = (due[(day + interval) * ages + a] as number) + given
      carried -= given
    }
    // Doses nobody takes are not kept for later, a part of a dose is.
    carried %= 1
  }
  return { initial, moving }
}
