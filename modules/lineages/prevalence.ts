import { roganGladen, wilsonInterval } from '#epi'
import type { SurveyFacts } from './serosurvey.ts'

export interface Estimate {
  readonly share: number
  readonly lower: number
  readonly upper: number
}

export interface Prevalence {
  readonly tested: number
  readonly positive: number
  /** As measured, with Wilson's 95 % interval. */
  readonly raw: Estimate
  /** Corrected for the assay's errors (Rogan and Gladen, interval of Lang and Reiczigel); null where it cannot be. */
  readonly corrected: Estimate | null
  /** Why not. */
  readonly why: 'no_assay' | 'useless_assay' | 'several_assays' | null
  /** How many controls the assay was tried on is not said: its errors count as known exactly, and the interval is too narrow. */
  readonly exact: boolean
}

type Assay = Pick<SurveyFacts, 'assay' | 'sensitivity' | 'sensitivityOf' | 'specificity' | 'specificityOf'>

/** So many controls that their number adds no doubt. */
const KNOWN = 1e12

const assayKey = ({ assay, sensitivity, sensitivityOf, specificity, specificityOf }: Assay): string => [assay, sensitivity, sensitivityOf, specificity, specificityOf].join('|')

/** The assays some results were made with, each once. */
export const assaysOf = (results: readonly SurveyFacts[]): Assay[] => [
  ...new Map(results.map(({ assay, sensitivity, sensitivityOf, specificity, specificityOf }) => {
    const one = { assay, sensitivity, sensitivityOf, specificity, specificityOf }
    return [assayKey(one), one] as const
  })).values(),
]

/** Prevalence among the persons of some results together: their sum, as if one random sample, corrected where one assay made them all. At least one result. */
export const prevalenceOf = (results: readonly SurveyFacts[]): Prevalence => {
  const tested = results.reduce((sum, one) => sum + one.tested, 0)
  const positive = results.reduce((sum, one) => sum + one.positive, 0)
  const raw = { share: positive / tested, ...wilsonInterval(positive, tested) }
  const [assay, ...more] = assaysOf(results)
  const bare = { tested, positive, raw, corrected: null, exact: false }
  if (more.length > 0) return { ...bare, why: 'several_assays' }
  if (!assay || assay.sensitivity === null || assay.specificity === null) return { ...bare, why: 'no_assay' }
  const controls = (share: number, of: number | null) => ({ count: share * (of ?? KNOWN), of: of ?? KNOWN })
  const found = roganGladen({ positive: { count: positive, of: tested }, sensitivity: controls(assay.sensitivity, assay.sensitivityOf), specificity: controls(assay.specificity, assay.specificityOf) })
  if (!found) return { ...bare, why: 'useless_assay' }
  return {
    tested, positive, raw, corrected: { share: found.prevalence, lower: found.interval.lower, upper: found.interval.upper }, why: null, exact: assay.sensitivityOf === null || assay.specificityOf === null,
  }
}
