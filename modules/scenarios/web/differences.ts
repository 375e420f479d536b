import type { Band, Counted, Variant } from '../contract.ts'

export const SETTINGS = ['home', 'school', 'work', 'other'] as const
export const TIERS = ['ward', 'oxygen', 'intensive'] as const
export type Tier = (typeof TIERS)[number]

/** One thing in which a variant is not as the baseline. */
export type Difference =
  | { readonly kind: 'contacts'; readonly setting: (typeof SETTINGS)[number]; readonly from: number; readonly to: number }
  | { readonly kind: 'fromDay'; readonly to: number }
  | { readonly kind: 'dosesPerDay' | 'tracingShare' | 'tracingDelayDays' | 'importedPerDay'; readonly from: number; readonly to: number }
  | { readonly kind: 'beds'; readonly tier: Tier; readonly from: number | null; readonly to: number | null }

/** What drives a variant: everything in which it differs. The day contacts change is told where they do; how fast tracing is, where anyone is traced. Contacts are told as what they are cut by. */
export const differences = (baseline: Variant, variant: Variant): Difference[] => {
  const contacts = SETTINGS.flatMap((setting): Difference[] =>
    (baseline.contacts[setting] === variant.contacts[setting] ? [] : [{ kind: 'contacts', setting, from: 1 - baseline.contacts[setting], to: 1 - variant.contacts[setting] }]))
  return [
    ...contacts,
    ...(contacts.length > 0 && variant.fromDay > 0 ? [{ kind: 'fromDay', to: variant.fromDay } as const] : []),
    ...(['dosesPerDay', 'tracingShare', 'tracingDelayDays', 'importedPerDay'] as const).flatMap((kind): Difference[] =>
      (baseline[kind] === variant[kind] || (kind === 'tracingDelayDays' && variant.tracingShare === 0) ? [] : [{ kind, from: baseline[kind], to: variant[kind] }])),
    ...TIERS.flatMap((tier): Difference[] => (baseline.beds[tier] === variant.beds[tier] ? [] : [{ kind: 'beds', tier, from: baseline.beds[tier], to: variant.beds[tier] }])),
  ]
}

/** Of the days counted since the start, how many lie in the 95 % interval of reported cases. `lead`: days counted up to the start. */
export const heldDays = (band: Band, { counts }: Counted, lead: number): { readonly days: number; readonly inside: number } => {
  const since = counts.slice(lead).flatMap((count, n) => (count === null || band.lower95[n] === undefined ? [] : [{ count, n }]))
  return { days: since.length, inside: since.filter(({ count, n }) => count >= (band.lower95[n] as number) && count <= (band.upper95[n] as number)).length }
}
