import { discretiseSerialInterval } from '../reproduction/index.ts'
import type { ForecastOptions } from './forecast-areas.ts'

/** The longest serial interval looked at. Unit: days. */
const LONGEST = 20

/**
 * Options of `forecastAreas` as tuned on 31 of the 62 Vietnamese provinces with COVID-19 between April and October 2021 (every second one by code, from the first), by
 * leaving provinces out in turn; `npm run -s bench -- skill` fits the growth coefficients again, compares, and reports on the other 31. Serial interval: mean 4.7, sd 2.9 days
 * (Nishiura, Linton & Akhmetzhanov 2020, Int J Infect Dis 93:284). Another disease, another place: fit anew.
 */
export const VIETNAM_2021: Omit<ForecastOptions, 'seed' | 'nearness'> = {
  growth: [
    { centre: [-0.0963, 0.3288, 0.309, 0.1768], spread: [-0.7348, 0.7322, 0.5133], skew: 0.0102, degrees: 8.3871 },
    { centre: [-0.2383, 0.3669, 0.4116, 0.506], spread: [-0.3891, 1.2409, 0.389], skew: 0.0088, degrees: 100 },
    { centre: [-0.333, 0.3162, 0.431, 0.7601], spread: [-0.2692, 1.5677, 0.2803], skew: 0.0246, degrees: 100 },
    { centre: [-0.3919, 0.2425, 0.4947, 0.8629], spread: [-0.1759, 1.6928, 0.1969], skew: 0.0984, degrees: 100 },
  ],
  renewal: { serialInterval: discretiseSerialInterval(4.7, 2.9, LONGEST), memoryDays: 7, reversionDays: 3, restingReproduction: 0.85, driftPerDay: 0.2, draws: 1000 },
  weights: { growth: 0.8, renewal: 0.2 },
}
