import { contactMatrices, DISEASE_PROFILES, PROFILE_AGES, type ScenarioParameters } from '#epi'
import { DAYS, type Ground, type Variant } from '../contract.ts'

/** Shares of the population by decade of age: about Vietnam's of the census of 2019 (recalled); areas have none of their own by decade. */
const AGE_SHARES: readonly number[] = [0.163, 0.135, 0.157, 0.171, 0.138, 0.113, 0.075, 0.031, 0.017]
/** 7.7 contacts a day: Horby et al. 2011, PLoS ONE 6:e16965; how they divide is assumed. */
const CONTACTS = { home: 3, school: 1.5, work: 1.7, other: 1.5 }
const AT_SCHOOL = [0.6, 0.8, 0.1, 0.02, 0.02, 0.02, 0, 0, 0]
const AT_WORK = [0, 0.15, 0.8, 0.9, 0.9, 0.8, 0.5, 0.2, 0.05]
/** Who takes a dose in the end, and who has had one already: the first decade nobody, the second in part (assumed). Called from the oldest on. */
const ACCEPTANCE = [0, 0.4, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
const ORDER = [8, 7, 6, 5, 4, 3, 2, 1]
const FIRST_ADULTS = 2

/** People by age, whole and of that sum. */
export const peopleByAge = (population: number): number[] => {
  const people = AGE_SHARES.map((share) => Math.max(1, Math.floor(population * share)))
  people[FIRST_ADULTS] = (people[FIRST_ADULTS] as number) + population - people.reduce((sum, count) => sum + count, 0)
  return people
}

/**
 * The parameters of the model from what a person says of a scenario. The infected of day 0 follow from the cases reported a day: cases ÷ reported share are infected a day, and they stay latent and then
 * infectious as long as the disease has it. Doses given so far are shared among those of twenty and over. Example: see the test.
 */
export const parametersOf = (ground: Ground, before: Variant['contacts'], variant: Variant): ScenarioParameters => {
  const profile = DISEASE_PROFILES[ground.profile]
  const population = peopleByAge(ground.population)
  const everyAge = (value: number): number[] => population.map(() => value)
  const infectionsPerDay = ground.casesPerDay / ground.reportedShare
  const adults = population.slice(FIRST_ADULTS).reduce((sum, people) => sum + people, 0)
  const dosed = Math.min(1, ((ground.onceShare + ground.twiceShare) * ground.population) / adults)
  const twice = ground.twiceShare === 0 ? 0 : (dosed * ground.twiceShare) / (ground.onceShare + ground.twiceShare)
  return {
    days: DAYS, population,
    contacts: contactMatrices({ population, fromAge: PROFILE_AGES, contactsPerDay: CONTACTS, atSchool: AT_SCHOOL, atWork: AT_WORK }),
    contactChanges: [{ fromDay: 0, left: before }, { fromDay: variant.fromDay, left: variant.contacts }],
    reproductionNumber: profile.reproductionNumber.value, latentDays: profile.latentDays.value, infectiousDays: profile.infectiousDays.value,
    susceptibility: profile.susceptibility.value, infectiousness: everyAge(1),
    vaccination: {
      againstInfection: profile.againstInfection.value, againstSevere: profile.againstSevere.value, waningDays: profile.waningDays.value, secondDoseAfterDays: profile.secondDoseAfterDays.value,
      firstDosesPerDay: variant.dosesPerDay, fromDay: 0, acceptance: ACCEPTANCE, order: ORDER,
      initial: population.map((_, a) => (a < FIRST_ADULTS ? [1, 0, 0, 0] : [1 - dosed, dosed - twice, twice, 0])),
    },
    importedPerDay: variant.importedPerDay, tracing: { share: variant.tracingShare, delayDays: variant.tracingDelayDays }, ascertainment: ground.reportedShare,
    severity: { hospital: profile.hospital.value, oxygen: profile.oxygen.value, intensive: profile.intensive.value },
    care: { admissionDelayDays: profile.admissionDelayDays.value, wardDays: profile.wardDays.value, oxygenDays: profile.oxygenDays.value, intensiveDays: profile.intensiveDays.value },
    initial: { infected: infectionsPerDay * profile.latentDays.value, infectious: infectionsPerDay * profile.infectiousDays.value, immune: everyAge(ground.immuneShare) },
  }
}
