export { discretiseSerialInterval, serialIntervalMoments } from './serial-interval.ts'
export { slidingWindows, type DayWindow } from './day-window.ts'
export { overallInfectivity } from './infectivity.ts'
export { REPRODUCTION_QUANTILES } from './posterior-quantiles.ts'
export {
  estimateReproduction,
  estimateReproductions,
  type Incidence,
  type Prior,
  type ReproductionEstimate,
  type ReproductionOptions,
  type ReproductionTable,
} from './cori.ts'
export { estimateReproductionUncertain, type TruncatedNormal, type UncertainReproductionOptions } from './cori-uncertain.ts'
export { estimateCohortReproduction, type CohortOptions, type CohortReproduction } from './wallinga-teunis.ts'
export { doublingDays, growthRate, type GrowthRate } from './growth-rate.ts'
export { growthFromReproduction, reproductionFromGrowth } from './growth-and-reproduction.ts'
export {
  discretiseSerialIntervalDocument,
  estimateCohortDocument,
  estimateReproductionDocument,
  type CohortDocument,
  type CohortSection,
  type ReproductionDocument,
  type ReproductionSection,
  type SerialIntervalDocument,
} from './document.ts'
