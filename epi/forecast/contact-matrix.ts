import { demand } from '../numerics/demand.ts'

/** Where people meet. */
export const SETTINGS = ['home', 'school', 'work', 'other'] as const
export type Setting = (typeof SETTINGS)[number]

/** Contacts a day of one person of a group (row) with all of another (column), by setting. */
export type ContactMatrices = Readonly<Record<Setting, readonly (readonly number[])[]>>

export interface ContactStructure {
  /** People of each age group. */
  readonly population: readonly number[]
  /** First year of life of each group, rising from 0. */
  readonly fromAge: readonly number[]
  /** Mean contacts a day of a person of the whole population, by setting. */
  readonly contactsPerDay: Readonly<Record<Setting, number>>
  /** Share of each group that goes to school, and that works. */
  readonly atSchool: readonly number[]
  readonly atWork: readonly number[]
}

const LAST_GROUP_YEARS = 10
/** Years between parents and children, and how far each relation scatters. */
const GENERATION_YEARS = 27
const HOME_SCATTER_YEARS = 8
const CLASS_SCATTER_YEARS = 4
const OTHER_SCATTER_YEARS = 15
/** What is left of assortative mixing: a share of contacts at random. */
const RANDOM_SHARE = { school: 0.1, other: 0.5 }

const bell = (years: number, scatter: number): number => Math.exp((-years * years) / (2 * scatter * scatter))

/** How much likelier than at random two people meet; symmetric. */
const AFFINITY: Readonly<Record<Setting, (yearsApart: number) => number>> = {
  home: (years) => bell(years, HOME_SCATTER_YEARS) + bell(years - GENERATION_YEARS, HOME_SCATTER_YEARS),
  school: (years) => RANDOM_SHARE.school + (1 - RANDOM_SHARE.school) * bell(years, CLASS_SCATTER_YEARS),
  work: () => 1,
  other: (years) => RANDOM_SHARE.other + (1 - RANDOM_SHARE.other) * bell(years, OTHER_SCATTER_YEARS),
}

/**
 * A contact matrix made from the structure of a population: who lives, learns and works with whom.
 *
 *   C[a][b] = κ · aₐ·a_b · f(|yearₐ − year_b|) · N_b ,      κ such that a person has the given number of contacts on average
 *
 * with a the share that takes part in the setting (1 at home and elsewhere) and f an affinity: at home peers and a generation of 27 years, at school nearly the same age, at
 * work at random among those who work, elsewhere half assortative. Contacts are mutual: Nₐ·C[a][b] = N_b·C[b][a]. Confidence: **derived**, not measured — the published synthetic matrices for
 * Vietnam (Prem et al. 2017, 2021) replace it where they are at hand. Units: contacts a day, years. Errors: `RangeError` for lists of different length, an empty population, ages that
 * do not rise, shares outside 0…1. Example: two groups of 100 that only work, at 2 contacts a day: each has 1 with either group.
 */
export const contactMatrices = ({ population, fromAge, contactsPerDay, atSchool, atWork }: ContactStructure): ContactMatrices => {
  const groups = population.length
  demand(groups > 0 && [fromAge, atSchool, atWork].every((list) => list.length === groups), 'every age group needs people, a first age, and shares at school and at work')
  demand(population.every((people) => people > 0), 'an age group must not be empty')
  demand(fromAge.every((age, i) => age >= 0 && (i === 0 || age > (fromAge[i - 1] as number))), 'the first ages of the groups must rise')
  demand([...atSchool, ...atWork].every((share) => share >= 0 && share <= 1), 'a share lies between 0 and 1')
  const middle = fromAge.map((age, i) => (age + (fromAge[i + 1] ?? age + LAST_GROUP_YEARS)) / 2)
  const everyone = population.reduce((sum, people) => sum + people, 0)
  const takesPart: Readonly<Record<Setting, readonly number[]>> = { home: population.map(() => 1), school: atSchool, work: atWork, other: population.map(() => 1) }
  const matrixOf = (setting: Setting): number[][] => {
    const share = takesPart[setting]
    const raw = population.map((_, a) => population.map((people, b) =>
      (share[a] as number) * (share[b] as number) * AFFINITY[setting](Math.abs((middle[a] as number) - (middle[b] as number))) * people))
    const mean = raw.reduce((sum, row, a) => sum + (population[a] as number) * row.reduce((inner, value) => inner + value, 0), 0) / everyone
    const scale = mean > 0 ? contactsPerDay[setting] / mean : 0
    return raw.map((row) => row.map((value) => value * scale))
  }
  return { home: matrixOf('home'), school: matrixOf('school'), work: matrixOf('work'), other: matrixOf('other') }
}
