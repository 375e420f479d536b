import { nowcastDocument } from './nowcast/index.ts'
import { discretiseSerialIntervalDocument, estimateCohortDocument, estimateReproductionDocument } from './reproduction/index.ts'
import { cusumDocument, earsDocument, farringtonDocument, glrDocument } from './warning/index.ts'

/**
 * The methods a shell offers by name: a document in, a document out, both with the field names of the R packages they are held against; null for what cannot be computed.
 * A document that does not fit throws `RangeError` naming the field. Example: `EPI_METHODS['discr-si']?.({ mu: 2.6, sigma: 1.5, k: [0, 1] })`.
 */
export const EPI_METHODS: Readonly<Record<string, (input: unknown) => unknown>> = {
  rt: estimateReproductionDocument,
  'wallinga-teunis': (input) => estimateCohortDocument(input),
  'discr-si': discretiseSerialIntervalDocument,
  ears: earsDocument,
  farrington: farringtonDocument,
  cusum: cusumDocument,
  glr: glrDocument,
  nowcast: nowcastDocument,
}
