import { temporalKind, toPlain, type FeelValue, type PlainValue } from './feel.ts'
import type { Confidence, Provenance } from './rulebook.ts'

/** One row that held (or the absence of one), as it is shown and stored. Steps may be shared between traces: never change one. */
export interface TraceStep {
  /** Name of the decision, or of the business knowledge, whose table or expression was asked. */
  readonly table: string
  /** Row, from 1; null when no row held or the logic is not a table. */
  readonly row: number | null
  readonly inputs: Readonly<Record<string, PlainValue>>
  readonly outputs: Readonly<Record<string, PlainValue>>
  readonly clause: string | null
  /** The weakest of the row and its cells. */
  readonly confidence: Confidence | null
  readonly source: string | null
  /** Annotation columns by name. */
  readonly annotations: Readonly<Record<string, string>>
}

/** What a step says of a row besides its values. */
export interface TracedRow {
  readonly row: number
  readonly provenance: Provenance
  readonly annotations: Readonly<Record<string, string>>
  /** The outputs where all of them are constants, as a record that every step shares. */
  readonly answered: Readonly<Record<string, PlainValue>> | null
}

/** Values under their names, as JSON. */
export const plainRecord = (names: readonly string[], values: readonly FeelValue[]): Record<string, PlainValue> => {
  const record: Record<string, PlainValue> = {}
  let i = 0
  for (const name of names) {
    record[name] = toPlain(values[i])
    i += 1
  }
  return record
}

interface LastStep {
  readonly values: readonly FeelValue[]
  readonly outputs: readonly FeelValue[]
  readonly step: TraceStep
}

const isMutable = (value: FeelValue): boolean => typeof value === 'object' && value !== null && temporalKind(value) === undefined

const sameItems = (a: readonly FeelValue[], b: readonly FeelValue[]): boolean => {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i] || isMutable(a[i])) return false
  return true
}

const noAnnotations: Readonly<Record<string, string>> = {}

/**
 * Makes the steps of one table. Of 50 000 evaluations most repeat a row with the values it had the last time; such a step is the same
 * object, which more than doubles the speed and keeps a year of traces small.
 */
export const stepsOf = (
  table: string,
  inputs: readonly string[],
  outputs: readonly string[],
  from: Provenance,
): ((rule: TracedRow | null, values: readonly FeelValue[], answers: readonly FeelValue[]) => TraceStep) => {
  const lastSteps: (LastStep | undefined)[] = []
  return (rule, values, answers) => {
    const place = rule?.row ?? 0
    const last = lastSteps[place]
    if (last && sameItems(last.values, values) && (last.outputs === answers || sameItems(last.outputs, answers))) return last.step
    const { clause, confidence, source } = rule?.provenance ?? from
    const step: TraceStep = {
      table,
      row: rule?.row ?? null,
      inputs: plainRecord(inputs, values),
      outputs: rule?.answered ?? plainRecord(outputs, answers),
      clause,
      confidence,
      source,
      annotations: rule?.annotations ?? noAnnotations,
    }
    lastSteps[place] = { values, outputs: answers, step }
    return step
  }
}
