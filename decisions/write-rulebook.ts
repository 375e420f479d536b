import type { Evidence, Provenance, RulebookInfo } from './rulebook.ts'
import { element, type Written } from './write-xml.ts'

/** Prefix of our namespace in the files we write. */
export const rulebookPrefix = 'lt'

/** `<provenance>`; nothing when nothing is said. */
export const writeProvenance = ({ confidence, clause, source }: Provenance): Written[] =>
  confidence === null && clause === null && source === null ? [] : [element('provenance', { confidence, clause, source })]

export const writeEvidence = (evidence: Evidence): Written =>
  element('evidence', {
    kind: evidence.kind,
    numerator: evidence.numerator.length > 0 ? evidence.numerator.join(' ') : null,
    denominator: evidence.denominator,
    per: evidence.per,
    measure: evidence.measure,
    windowDays: evidence.windowDays,
    dayBasis: evidence.dayBasis,
    cutoffHour: evidence.cutoffHour,
    optional: evidence.optional || null,
    labelEn: evidence.labelEn,
  })

export const writeRulebook = ({ id, disease, area, validFrom, validTo, document, article, url, title }: RulebookInfo): Written =>
  element('rulebook', { id, disease, area, validFrom, validTo, document, article, url }, [
    element(`${rulebookPrefix}:title`, { lang: 'vi' }, title.vi),
    element(`${rulebookPrefix}:title`, { lang: 'en' }, title.en),
  ])
