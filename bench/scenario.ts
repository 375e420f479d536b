import { contactMatrices, DISEASE_PROFILES, PROFILE_AGES, simulateRuns, summariseRuns, type ScenarioParameters } from '#epi'
import { keptThreads } from '#platform/threads'
import { peakMegabytes, round, timed, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'
import type { RunRange } from './scenario-worker.ts'

const TARGET = 2
const RUNS = 1000
const DAYS = 180
const SEED = 20_211_012
const CAPACITY = { ward: 3000, oxygen: 800, intensive: 120 }

/** A province of 1.73 million under Delta, half way through its vaccination, measures taken and lifted. Ages: about Vietnam's of 2019 (recalled). */
const province = (): ScenarioParameters => {
  const population = [0.163, 0.135, 0.157, 0.171, 0.138, 0.113, 0.075, 0.031, 0.017].map((share) => Math.round(1_730_000 * share))
  const profile = DISEASE_PROFILES.covidDelta
  const everyAge = (value: number): number[] => population.map(() => value)
  return {
    days: DAYS, population,
    // 7.7 contacts a day: Horby et al. 2011, PLoS ONE 6:e16965 (6 675 contacts of 865 people); how they divide is assumed.
    contacts: contactMatrices({
      population, fromAge: PROFILE_AGES, contactsPerDay: { home: 3, school: 1.5, work: 1.7, other: 1.5 },
      atSchool: [0.6, 0.8, 0.1, 0.02, 0.02, 0.02, 0, 0, 0], atWork: [0, 0.15, 0.8, 0.9, 0.9, 0.8, 0.5, 0.2, 0.05],
    }),
    contactChanges: [
      { fromDay: 0, left: { home: 1, school: 0, work: 0.6, other: 0.5 } }, { fromDay: 30, left: { home: 1, school: 0, work: 0.4, other: 0.25 } }, { fromDay: 80, left: { home: 1, school: 0.3, work: 0.8, other: 0.6 } },
    ],
    reproductionNumber: profile.reproductionNumber.value, latentDays: profile.latentDays.value, infectiousDays: profile.infectiousDays.value,
    susceptibility: profile.susceptibility.value, infectiousness: everyAge(1),
    vaccination: {
      againstInfection: profile.againstInfection.value, againstSevere: profile.againstSevere.value, waningDays: profile.waningDays.value, secondDoseAfterDays: profile.secondDoseAfterDays.value,
      firstDosesPerDay: 12_000, fromDay: 0, acceptance: [0, 0.4, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], order: [8, 7, 6, 5, 4, 3, 2, 1], initial: population.map((_, a) => (a < 2 ? [1, 0, 0, 0] : [0.6, 0.3, 0.1, 0])),
    },
    importedPerDay: 5, tracing: { share: 0.3, delayDays: 2 }, ascertainment: 0.4,
    severity: { hospital: profile.hospital.value, oxygen: profile.oxygen.value, intensive: profile.intensive.value },
    care: { admissionDelayDays: profile.admissionDelayDays.value, wardDays: profile.wardDays.value, oxygenDays: profile.oxygenDays.value, intensiveDays: profile.intensiveDays.value },
    initial: { infected: 300, infectious: 0, immune: everyAge(0.01) },
  }
}

const threads = keptThreads<RunRange, Float64Array>(new URL('./scenario-worker.ts', import.meta.url))

/** Runs shared out evenly; blocks come back in the order of their runs. */
const shareOut = async (parameters: ScenarioParameters, runs: number): Promise<Float64Array[]> => {
  const { signal } = new AbortController()
  const blocks = await Promise.all(Array.from({ length: threads.count }, (_, i) =>
    threads.ask({ parameters, first: Math.floor((runs * i) / threads.count), end: Math.floor((runs * (i + 1)) / threads.count), seed: SEED }, signal)))
  return blocks.filter((block) => block !== undefined)
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Stochastic runs of an epidemic by age, from the parameters to the bands of the chart, in threads that are kept. */
export const scenario = async ({ rows: runs = RUNS, log }: BenchOptions): Promise<Outcome> => {
  const parameters = province()
  // The threads start and compile once, as in the product.
  const few = await shareOut(parameters, 40)
  const alone = simulateRuns(parameters, 0, 40, SEED)
  if (few.flatMap((block) => Array.from(block)).some((value, i) => value !== alone[i])) throw new Error('threads change the result')
  const tries: { readonly wall: number; readonly cpu: number }[] = []
  let result = summariseRuns(parameters, few, CAPACITY)
  for (let n = 0; n < TRIES; n++) {
    const begun = cpuSeconds()
    const { value, seconds } = await timed(async () => summariseRuns(parameters, await shareOut(parameters, runs), CAPACITY))
    tries.push({ wall: seconds, cpu: cpuSeconds() - begun })
    result = value
    log(`${runs} runs in ${round(seconds)} s`)
  }
  const best = Math.min(...tries.map(({ wall }) => wall))
  const cpu = Math.min(...tries.map((one) => one.cpu))
  const { intensive } = result.crossings
  return {
    bench: 'scenario', seconds: round(best), target: `< ${TARGET} s`, reached: best < TARGET, baseline: {},
    product: {
      runs: result.runs, days: DAYS, ages: parameters.population.length, threads: threads.count, tries: tries.map(({ wall }) => round(wall)).join(' '),
      intensive_crossed: intensive?.probability ?? 0, intensive_crossed_median_day: intensive?.days[3] ?? 'never',
    },
    calibration: { cpu_seconds_of_all_threads: round(cpu), cpu_ms_a_run: round((1000 * cpu) / runs) },
    rows: runs, peak_rss_mb: peakMegabytes(), versions: versions('none'),
  }
}
