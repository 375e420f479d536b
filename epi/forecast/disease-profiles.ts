import type { DiseaseProfile, Sourced } from './disease-profile.ts'

const found = <T>(value: T, source: string): Sourced<T> => ({ value, source, confidence: 'found' })
const recalled = <T>(value: T, source: string): Sourced<T> => ({ value, source, confidence: 'recalled' })
const assumed = <T>(value: T, why: string): Sourced<T> => ({ value, source: why, confidence: 'assumed' })

const DAVIES = 'Davies et al. 2020, Nat Med 26:1205: under 20 about half as susceptible as above'
const VERITY = 'Verity et al. 2020, Lancet Infect Dis 20:669, table 3 (posterior modes)'
const FERGUSON = 'Ferguson et al. 2020, Imperial College Report 9: share of hospitalised cases in critical care'
const HALF_OF_THE_REST = 'half of those in hospital who need no intensive care'

const halfOfRest = (intensive: readonly number[]): number[] => intensive.map((share) => (1 - share) / 2)
const scaled = (values: readonly number[], times: number): number[] => values.map((value) => Math.min(1, value * times))
const everyAge = (value: number): number[] => Array.from({ length: 9 }, () => value)

const HOSPITAL = [0, 0.000408, 0.0104, 0.0343, 0.0425, 0.0816, 0.118, 0.166, 0.184]
const INTENSIVE = [0.05, 0.05, 0.05, 0.05, 0.063, 0.122, 0.274, 0.432, 0.709]
const SUSCEPTIBILITY = [0.5, 0.5, 1, 1, 1, 1, 1, 1, 1]

const covid: Pick<DiseaseProfile, 'susceptibility' | 'oxygen' | 'intensive' | 'admissionDelayDays' | 'wardDays' | 'oxygenDays' | 'intensiveDays' | 'secondDoseAfterDays'> = {
  susceptibility: found(SUSCEPTIBILITY, DAVIES),
  oxygen: assumed(halfOfRest(INTENSIVE), HALF_OF_THE_REST),
  intensive: found(INTENSIVE, FERGUSON),
  admissionDelayDays: assumed(8, 'from infection: an incubation of 5 days and some days until admission'),
  wardDays: recalled(8, 'Ferguson et al. 2020, Report 9: 8 days in hospital without critical care'),
  oxygenDays: recalled(8, 'Ferguson et al. 2020, Report 9: 8 days in hospital without critical care'),
  intensiveDays: recalled(10, 'Ferguson et al. 2020, Report 9: 10 of 16 days in critical care'),
  secondDoseAfterDays: recalled(28, 'vaccines with two doses in Vietnam 2021: three to twelve weeks apart'),
}

/** Diseases as data for scenarios. Each figure says where it comes from; what is `recalled` or `assumed` must be checked by whoever decides by it. */
export const DISEASE_PROFILES: Readonly<Record<'covidAncestral' | 'covidDelta' | 'covidOmicron' | 'dengue' | 'measles', DiseaseProfile>> = {
  covidAncestral: {
    ...covid,
    disease: 'COVID-19, ancestral',
    reproductionNumber: found({ mean: 3, sd: 0.6 }, 'J R Soc Interface 19:20210781 (2022), table 2: 3 (2.1–4.6)'),
    serialIntervalDays: recalled({ mean: 4.7, sd: 2.9 }, 'Nishiura, Linton & Akhmetzhanov 2020, Int J Infect Dis 93:284'),
    latentDays: found(3.7, 'J R Soc Interface 19:20210781 (2022), table 2: 3.7 (3.3–3.9)'),
    infectiousDays: assumed(2.5, 'so that latent and infectious days together are about a generation'),
    hospital: found(HOSPITAL, VERITY),
    againstInfection: assumed([0, 0.5, 0.8, 0.6], 'order of magnitude of the first trials and cohorts'),
    againstSevere: assumed([0, 0.6, 0.9, 0.8], 'order of magnitude; among those infected all the same'),
    waningDays: assumed(240, 'most of the protection is there half a year later'),
    caveat: '',
  },
  covidDelta: {
    ...covid,
    disease: 'COVID-19, Delta',
    reproductionNumber: recalled({ mean: 5.1, sd: 1 }, 'Liu & Rocklöv 2021, J Travel Med 28:taab124: mean 5.08'),
    serialIntervalDays: found({ mean: 3.7, sd: 2.4 }, 'mean: Ryu et al. 2022, Emerg Infect Dis 28:407; the standard deviation is assumed'),
    latentDays: assumed(2.2, 'with the infectious days a generation of 4.7 days (Hart et al. 2022, Lancet Infect Dis 22:603, recalled)'),
    infectiousDays: assumed(2.5, 'with the latent days a generation of 4.7 days'),
    hospital: assumed(scaled(HOSPITAL, 1.8), `${VERITY}, times 1.8 for Delta (order of the hazard ratios of Twohig et al. 2022, Lancet Infect Dis 22:35)`),
    againstInfection: recalled([0, 0.33, 0.75, 0.5], 'Lopez Bernal et al. 2021, N Engl J Med 385:585: about 33 % after one dose, 67–88 % after two (symptomatic)'),
    againstSevere: assumed([0, 0.6, 0.8, 0.7], 'among those infected all the same, so that together about 95 % after two doses'),
    waningDays: assumed(180, 'protection against infection halves in about half a year'),
    caveat: '',
  },
  covidOmicron: {
    ...covid,
    disease: 'COVID-19, Omicron',
    reproductionNumber: recalled({ mean: 9.5, sd: 2 }, 'Liu & Rocklöv 2022, J Travel Med 29:taac037: mean 9.5'),
    serialIntervalDays: recalled({ mean: 3, sd: 2 }, 'about 3 days in Korean and British pairs of early 2022'),
    latentDays: assumed(1.5, 'an incubation of about 3 days (J R Soc Interface 19:20210781, table 2)'),
    infectiousDays: assumed(2, 'with the latent days a generation of 3.5 days'),
    hospital: assumed(scaled(HOSPITAL, 0.7), `${VERITY}, times 0.7: Omicron less severe than Delta`),
    againstInfection: assumed([0, 0.1, 0.3, 0.1], 'two doses protect little against infection'),
    againstSevere: assumed([0, 0.4, 0.65, 0.55], 'order of magnitude; among those infected all the same'),
    waningDays: assumed(120, 'faster than against Delta'),
    caveat: '',
  },
  dengue: {
    disease: 'Dengue',
    reproductionNumber: recalled({ mean: 3, sd: 1 }, 'reviews of dengue R₀ in cities: mostly 2 to 5'),
    serialIntervalDays: recalled({ mean: 16, sd: 5 }, 'human to human through the mosquito: about two weeks and more'),
    latentDays: assumed(11, 'incubation in the human, the mosquito’s incubation and its wait until it bites'),
    infectiousDays: recalled(5, 'viraemia of about five days'),
    susceptibility: assumed(everyAge(1), 'whoever is bitten; immunity by age belongs into the start of the scenario'),
    hospital: assumed(everyAge(0.05), 'infections that come to a bed, most being silent'),
    oxygen: assumed(everyAge(0.02), 'few need oxygen'),
    intensive: assumed(everyAge(0.03), 'shock'),
    admissionDelayDays: assumed(9, 'from infection: an incubation of 4 to 7 days and some of fever'),
    wardDays: recalled(5, 'usual stay with warning signs'),
    oxygenDays: assumed(5, 'as on the ward'),
    intensiveDays: assumed(4, 'shock passes or kills within days'),
    againstInfection: assumed(everyAge(0).slice(0, 4), 'no vaccine in the programme'),
    againstSevere: assumed(everyAge(0).slice(0, 4), 'no vaccine in the programme'),
    waningDays: assumed(3650, 'not used'),
    secondDoseAfterDays: assumed(90, 'not used'),
    caveat: 'Carried by mosquitoes: contacts between people stand in for shared places, seasons and four serotypes are not in the model. Only for the load of a season, not for measures.',
  },
  measles: {
    disease: 'Measles',
    reproductionNumber: found({ mean: 15, sd: 2 }, 'often cited as 12–18 (Guerra et al. 2017, Lancet Infect Dis 17:e420)'),
    serialIntervalDays: found({ mean: 11.5, sd: 2.5 }, 'generation time of 11–12 days (Klinkenberg & Nishiura 2011, J Theor Biol 284:52); the standard deviation is assumed'),
    latentDays: assumed(8, 'infectious from about four days before the rash, which comes after about two weeks'),
    infectiousDays: assumed(4, 'with the latent days about a generation: most is spread around the onset of fever'),
    susceptibility: assumed(everyAge(1), 'immunity by age belongs into the start of the scenario'),
    hospital: assumed([0.2, 0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2], 'one in four to ten is admitted, small children and adults more often'),
    oxygen: assumed(everyAge(0.2), 'pneumonia'),
    intensive: assumed(everyAge(0.02), 'few'),
    admissionDelayDays: assumed(14, 'from infection: about the day of the rash'),
    wardDays: assumed(5, 'usual stay'),
    oxygenDays: assumed(6, 'usual stay with pneumonia'),
    intensiveDays: assumed(7, 'usual stay'),
    againstInfection: recalled([0, 0.93, 0.97, 0.97], 'WHO position paper 2017: about 93 % after one dose at 12 months or later, 97 % after two'),
    againstSevere: assumed([0, 0.5, 0.5, 0.5], 'milder where it breaks through'),
    waningDays: assumed(3650, 'hardly wanes'),
    secondDoseAfterDays: recalled(180, 'Vietnam: at 9 and 18 months of age'),
    caveat: '',
  },
}
