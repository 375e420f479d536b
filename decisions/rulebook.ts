import { ok, parseDate, problem, refuse, type PlainDate, type Problem, type Result } from '#base'
import type { XmlElement } from './xml.ts'

/** Namespace of the extension elements: `<extensionElements>` is the place DMN 1.5 (clause 6.3.2) keeps for other people's data. */
export const rulebookNamespace = 'https://luytre.vn/rulebook/1'

/** How sure a value is: read in the text; remembered, no text seen; left to the province to enter. */
export type Confidence = 'found' | 'recalled' | 'province'

/** Where a rule or a value comes from. What a cell leaves out its row says, and after the row the decision. */
export interface Provenance {
  readonly confidence: Confidence | null
  readonly clause: string | null
  readonly source: string | null
}

export const noProvenance: Provenance = { confidence: null, clause: null, source: null }

/** What a rulebook says of itself. A null `validTo` is open, a null `url` not published on the web. */
export interface RulebookInfo {
  readonly id: string
  readonly title: { readonly vi: string; readonly en: string }
  readonly disease: string
  /** Area code the text holds for. */
  readonly area: string
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly document: string
  readonly article: string | null
  readonly url: string | null
}

/**
 * What an input is made of. `rate`: numerators ÷ denominator × `per`; `proportion`: the same with `per` 1, 0…1; `count`: numerators
 * alone; `value`, `category`: the reported figure as it stands; `assessment_day` and `previous_level` come from the assessment itself.
 */
export type EvidenceKind = 'rate' | 'proportion' | 'count' | 'value' | 'category' | 'assessment_day' | 'previous_level'

/** How the product finds the value of an input: metric codes, window, day basis. */
export interface Evidence {
  readonly kind: EvidenceKind
  /** Metric codes, added together. */
  readonly numerator: readonly string[]
  readonly denominator: string | null
  readonly per: number
  /** `sum`: daily figures of the window added up; `latest`: the newest figure in the window. */
  readonly measure: 'sum' | 'latest'
  /** Days, ending on the assessment day; null when a figure never goes out of date. */
  readonly windowDays: number | null
  /** Which day a case counts on. */
  readonly dayBasis: 'report' | 'onset'
  /** Hour of the assessment day after which reports no longer count; 24 is the end of the day. */
  readonly cutoffHour: number
  /** A null is passed to the tables as it is, instead of counting as missing evidence. */
  readonly optional: boolean
  readonly labelEn: string | null
}

const kinds: readonly string[] = [
  'rate',
  'proportion',
  'count',
  'value',
  'category',
  'assessment_day',
  'previous_level',
] satisfies EvidenceKind[]
const confidences: readonly string[] = ['found', 'recalled', 'province'] satisfies Confidence[]
const isKind = (text: string): text is EvidenceKind => kinds.includes(text)
const isConfidence = (text: string): text is Confidence => confidences.includes(text)

const bad = (element: string, attribute: string, text: string): Problem =>
  problem('bad_extension', { params: { element, attribute, text } })

/** Our elements inside `<extensionElements>` of a DMN element. */
export const extensionsOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children
    .filter((child) => child.name === 'extensionElements' && child.namespace === element.namespace)
    .flatMap((child) => child.children)
    .filter((child) => child.name === name && child.namespace === rulebookNamespace)

/** Reads `<lt:provenance confidence clause source/>`; absent is "nothing said". Problem `bad_extension`. */
export const readProvenance = (element: XmlElement): Result<Provenance> => {
  const found = extensionsOf(element, 'provenance')[0]
  if (!found) return ok(noProvenance)
  const { confidence = null, clause = null, source = null } = found.attributes
  if (confidence !== null && !isConfidence(confidence)) return refuse(bad('provenance', 'confidence', confidence))
  return ok({ confidence, clause, source })
}

/** Reads `<lt:rulebook id disease area validFrom validTo document article url>` with `<lt:title lang>`; null in foreign models. Problem `bad_extension`. */
export const readRulebook = (definitions: XmlElement): Result<RulebookInfo | null> => {
  const found = extensionsOf(definitions, 'rulebook')[0]
  if (!found) return ok(null)
  const { id = '', disease = '', area = '', validFrom = '', validTo, document = '', article = null, url = null } = found.attributes
  for (const [attribute, text] of Object.entries({ id, disease, area, document }))
    if (text === '') return refuse(bad('rulebook', attribute, text))
  const from = parseDate(validFrom)
  if (!from.ok) return refuse(bad('rulebook', 'validFrom', validFrom))
  const to = validTo === undefined ? null : parseDate(validTo)
  if (to && (!to.ok || to.value < from.value)) return refuse(bad('rulebook', 'validTo', validTo ?? ''))
  const title = (language: string): string =>
    found.children.find((child) => child.name === 'title' && child.attributes['lang'] === language)?.text.trim() ?? document
  return ok({
    id,
    disease,
    area,
    document,
    article,
    url,
    title: { vi: title('vi'), en: title('en') },
    validFrom: from.value,
    validTo: to?.ok ? to.value : null,
  })
}

const wholeNumber = (text: string, least: number, most: number): number | undefined => {
  const value = Number(text)
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most ? value : undefined
}

/** Reads `<lt:evidence kind numerator denominator per measure windowDays dayBasis cutoffHour optional labelEn/>`. Problem `bad_extension`. */
export const readEvidence = (inputData: XmlElement): Result<Evidence | null> => {
  const found = extensionsOf(inputData, 'evidence')[0]
  if (!found) return ok(null)
  const { kind = '', numerator = '', denominator = null, measure = 'sum', dayBasis = 'report', labelEn = null } = found.attributes
  if (!isKind(kind)) return refuse(bad('evidence', 'kind', kind))
  if (measure !== 'sum' && measure !== 'latest') return refuse(bad('evidence', 'measure', measure))
  if (dayBasis !== 'report' && dayBasis !== 'onset') return refuse(bad('evidence', 'dayBasis', dayBasis))
  const metrics = numerator.split(/\s+/).filter((code) => code !== '')
  const fromAssessment = kind === 'assessment_day' || kind === 'previous_level'
  if (!fromAssessment && metrics.length === 0) return refuse(bad('evidence', 'numerator', numerator))
  if ((kind === 'rate' || kind === 'proportion') && denominator === null) return refuse(bad('evidence', 'denominator', ''))
  const per = wholeNumber(found.attributes['per'] ?? '1', 1, 1e9)
  if (per === undefined) return refuse(bad('evidence', 'per', found.attributes['per'] ?? ''))
  const window = found.attributes['windowDays']
  const windowDays = window === undefined ? null : wholeNumber(window, 1, 3660)
  if (windowDays === undefined) return refuse(bad('evidence', 'windowDays', window ?? ''))
  const cutoffHour = wholeNumber(found.attributes['cutoffHour'] ?? '24', 1, 24)
  if (cutoffHour === undefined) return refuse(bad('evidence', 'cutoffHour', found.attributes['cutoffHour'] ?? ''))
  const optional = found.attributes['optional'] === 'true'
  return ok({ kind, numerator: metrics, denominator, per, measure, windowDays, dayBasis, cutoffHour, optional, labelEn })
}

/** The least sure of several: a row is as sure as its least sure cell. Example: found with recalled is recalled. */
export const weakest = (all: readonly Provenance[]): Confidence | null => {
  const order: readonly Confidence[] = ['province', 'recalled', 'found']
  return order.find((confidence) => all.some((one) => one.confidence === confidence)) ?? null
}

/** What a row or cell says of its origin, completed by what it stands in. */
export const inheritProvenance = (own: Provenance, from: Provenance): Provenance => ({
  confidence: own.confidence ?? from.confidence,
  clause: own.clause ?? from.clause,
  source: own.source ?? from.source,
})
