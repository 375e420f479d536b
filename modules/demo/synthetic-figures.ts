import { addDays, type PlainDate } from '#base'
import type { SyntheticCommune } from './households.ts'
import { isReal, REAL_SOURCE, seasonTotals } from './kien-giang-2021.ts'
import { seeded } from './seeded.ts'

export const FIGURES_HEADER = ['Mã xã', 'Ngày', 'Chỉ tiêu', 'Giá trị', 'Nguồn'] as const

/** What a rulebook asks beside cases: coverage rising through the season, capacity, patients on oxygen; every value made up. */
export function* syntheticFigures(communes: readonly SyntheticCommune[], from: PlainDate, days: number, seed: number, oxygenFrom = from): Generator<readonly string[]> {
  const random = seeded(seed)
  const source = SYNTHETIC_SOURCE
  for (const { code, population } of communes) {
    const adults = Math.round(population * 0.7)
    const over50 = Math.round(population * 0.22)
    const over65 = Math.round(population * 0.08)
    const risk = Math.round(population * 0.15)
    const fixed: readonly (readonly [string, number])[] = [
      ['population_18plus', adults], ['population_50plus', over50], ['population_65plus', over65], ['population_highrisk', risk],
    ]
    for (const [metric, value] of fixed) yield [code, from, metric, String(value), source]
    const pace = 0.85 + random() * 0.3
    for (let d = 0; d < days; d += 7) {
      const day = addDays(from, d)
      const share = Math.min(0.99, (0.55 + (0.45 * d) / days) * pace)
      const full = Math.min(0.97, share * (0.5 + (0.5 * d) / days))
      yield [code, day, 'dose1_18plus', String(Math.round(adults * share)), source]
      yield [code, day, 'full_50plus', String(Math.round(over50 * full)), source]
      yield [code, day, 'full_65plus', String(Math.round(over65 * full)), source]
      yield [code, day, 'full_total', String(Math.round(population * full * 0.85)), source]
      yield [code, day, 'full_highrisk', String(Math.round(risk * full)), source]
      yield [code, day, 'care_capacity', random() < 0.9 ? 'met' : 'not_met', source]
      yield [code, day, 'response_capacity', random() < 0.7 ? 'high' : random() < 0.8 ? 'medium' : 'low', source]
    }
    for (let d = 0; d < days; d++) {
      if (addDays(from, d) >= oxygenFrom) yield [code, addDays(from, d), 'patients_oxygen', String(random() < 0.08 ? 1 : 0), source]
    }
  }
}

/** Beds of the province, and the share of reported cases that takes one, with how long: made up. */
const BEDS = [
  { patients: 'patients_hospital', free: 'beds_free', beds: 2_400, share: 0.6, stayDays: 10 },
  { patients: 'patients_icu', free: 'icu_free', beds: 90, share: 0.025, stayDays: 12 },
] as const

/** Patients of the province and its free beds on each day, as the totals of the season might have filled them: made up. */
export function* syntheticCare(province: string, seed: number): Generator<readonly string[]> {
  const random = seeded(seed)
  for (const { patients, free, beds, share, stayDays } of BEDS) {
    let lying = 0
    for (const { on, cases } of seasonTotals()) {
      lying = share * (0.9 + 0.2 * random()) * cases + Math.exp(-1 / stayDays) * lying
      const taken = Math.min(beds, Math.round(lying))
      yield [province, on, patients, String(taken), SYNTHETIC_SOURCE]
      yield [province, on, free, String(beds - taken), SYNTHETIC_SOURCE]
    }
  }
}

/** The province's published totals of 2021, under its code of the day, with where they come from. */
export function* realTotals(province: string): Generator<readonly string[]> {
  for (const { on, cases } of seasonTotals()) if (isReal(on)) yield [province, on, 'cases_new', String(cases), REAL_SOURCE]
}

/** What the first message of every tenth published day might have said, too little: the published total then comes as a correction. Made up. */
export function* firstReports(province: string): Generator<readonly string[]> {
  for (const [index, { on, cases }] of seasonTotals().entries()) {
    if (isReal(on) && index % 10 === 0 && cases > 20) yield [province, on, 'cases_new', String(Math.round(cases * 0.8)), SYNTHETIC_SOURCE]
  }
}

/** Stands on every row that was made up. */
export const SYNTHETIC_SOURCE = 'DỮ LIỆU GIẢ LẬP'
