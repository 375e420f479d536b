export type { Convention, Counts, Warning } from './series.ts'
export { ears, type EarsMethod, type EarsOptions } from './ears.ts'
export {
  farringtonFlexible, farringtonOriginal, type FarringtonOptions, type FarringtonWarning, type OriginalFarringtonOptions, type PowerTransform, type ThresholdMethod,
} from './farrington.ts'
export { cusum, type CusumOptions, type CusumTransform, type CusumWarning } from './cusum.ts'
export { glr, type GlrOptions, type GlrWarning } from './glr.ts'
export { bayes, BAYES_1 } from './bayes.ts'
export { rki, RKI_1 } from './rki.ts'
export type { PastWeeks } from './past-weeks.ts'
export { scan, type ScanCluster, type ScanData, type ScanOptions } from './scan.ts'
export { distanceKm, nearestPlaces, type Place } from './nearest.ts'
export { asksForAttention, gradeAlarms, joinAlarms, type Acknowledgement, type Episode, type Grade, type GradedAlarm } from './alarm-fatigue.ts'
export { cusumDocument, earsDocument, farringtonDocument, glrDocument, type EarsDocument, type FarringtonDocument, type GlrDocument } from './document.ts'
