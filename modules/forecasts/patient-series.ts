import { addDays, eachDay, type PlainDate } from '#base'
import type { Evidence } from '#decisions'
import { EvidenceBase, loadFacts } from '#levels'
import { EVERYWHERE } from '#platform/db'
import type { App } from '#platform/http'
import type { SeriesQuery } from '#warnings'
import { CARE_DAYS, type TierGiven } from './compute/care.ts'
import { TIERS, type Tier } from './contract.ts'

/** Free beds go out of date. Unit: days. */
const BEDS_DAYS = 7
const METRICS: Readonly<Record<Tier, { readonly patients: string; readonly free: string | null }>> = {
  hospital: { patients: 'patients_hospital', free: 'beds_free' }, oxygen: { patients: 'patients_oxygen', free: null }, intensive: { patients: 'patients_icu', free: 'icu_free' },
}

const evidence = (metric: string, measure: 'sum' | 'latest', windowDays: number): Evidence => ({
  kind: measure === 'sum' ? 'count' : 'value', numerator: [metric], denominator: null, per: 1, measure, windowDays, dayBasis: 'report', cutoffHour: 24, optional: false, labelEn: null,
})
const ASKED = TIERS.map((tier) => {
  const { patients, free } = METRICS[tier]
  return { tier, patients: evidence(patients, 'sum', 1), free: free === null ? null : evidence(free, 'latest', BEDS_DAYS) }
})

/** Patients by kind of bed up to a day and the beds that were free then: a figure of the area, or the sum of its parts where every part is known. Numbers, never people, read with the product's own rights. */
export const readPatients = async (app: App, { to, disease, knownAt }: Omit<SeriesQuery, 'from'>): Promise<(areaId: number) => TierGiven[]> => {
  const from: PlainDate = addDays(to, 1 - CARE_DAYS)
  const inputs = ASKED.flatMap(({ patients, free }) => [patients, ...(free ? [free] : [])]).map((one) => ({ evidence: one }))
  const facts = await app.database.read(EVERYWHERE, (tx) =>
    loadFacts(tx, app.areas, [{ model: { inputs } }], { from, to, disease, ...(knownAt === undefined ? {} : { knownAt }) }))
  const base = new EvidenceBase(facts)
  const days = eachDay(from, to)
  return (areaId) => ASKED.map(({ tier, patients, free }) => ({
    tier, patients: days.map((on) => base.input(areaId, on, patients).numerator), free: free && base.input(areaId, to, free).numerator,
  }))
}
