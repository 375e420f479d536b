import { ok, type PlainDate, type Problem, type Result } from '#base'
import { nearestChanges, possible, type NearestChange, type TraceStep } from '#decisions'
import type { Area } from '#platform/areas'
import type { Rulebook } from '#rulebooks'
import { NOTHING, type EvidenceBase, type InputValue } from './evidence.ts'

/** Levels of Resolution 128/NQ-CP. */
export type Level = 1 | 2 | 3 | 4

/** The decision every rulebook of levels must answer. */
const DECISION = 'level'

/** Where a count must be shown beside its rate: one case more moves the rate by five per 100 000 (06-look, ADM-11). Unit: persons. */
export const SMALL_POPULATION = 20_000

/** Why an area has its level, or which levels it may have. */
export interface Assessment {
  readonly area: Area
  readonly on: PlainDate
  readonly rulebook: Rulebook | null
  readonly level: Level | null
  /** Levels the missing evidence leaves open; one when it is decided. */
  readonly possible: readonly Level[]
  /** Inputs without a value. */
  readonly missing: readonly string[]
  /** Of these, the ones that can change the level. */
  readonly decisive: readonly string[]
  /** Inputs of which a figure waits for confirmation. */
  readonly held: readonly string[]
  readonly because: readonly TraceStep[]
  readonly inputs: Readonly<Record<string, InputValue>>
  /** Why the possible levels could not be told. */
  readonly undetermined: Problem | null
  /** What was assessed under the rule or stricter variants that stand beside this one. */
  readonly beside: readonly Pick<Assessment, 'rulebook' | 'inputs'>[]
}

/** The level in force before, and whether it was published or computed in the same run. */
export interface PreviousLevel {
  readonly level: Level
  readonly day: PlainDate
  readonly published: boolean
}

const isLevel = (value: unknown): value is Level => value === 1 || value === 2 || value === 3 || value === 4

const fromAssessment = (value: InputValue['value'], day: PlainDate | null): InputValue => ({ ...NOTHING, value, day, sources: ['assessment'], missing: value === null })

/** Values of the rulebook's inputs for an area and day, each with where it comes from. */
const gather = (book: Rulebook, base: EvidenceBase, area: Area, on: PlainDate, previous: PreviousLevel | undefined): Record<string, InputValue> => {
  const inputs: Record<string, InputValue> = {}
  for (const { name, evidence } of book.model.inputs) {
    if (evidence === null) inputs[name] = NOTHING
    else if (evidence.kind === 'assessment_day') inputs[name] = fromAssessment(on, on)
    else if (evidence.kind === 'previous_level') inputs[name] = fromAssessment(previous?.level ?? null, previous?.day ?? null)
    else inputs[name] = base.input(area.id, on, evidence)
  }
  return inputs
}

/** The rows that hold, without those that looked at missing evidence. */
const certain = (trace: readonly TraceStep[], missing: readonly string[]): TraceStep[] =>
  trace.filter((step) => step.row !== null && missing.every((name) => !(name in step.inputs)))

/**
 * The epidemic level of an area on a day under a rulebook. Missing evidence never counts as zero: the levels it leaves open are listed,
 * and the level is decided all the same when they are one.
 */
export const assess = (book: Rulebook | undefined, base: EvidenceBase, area: Area, on: PlainDate, previous?: PreviousLevel): Result<Assessment> => {
  if (!book) {
    return ok({
      area, on, rulebook: null, level: null, possible: [], missing: [], decisive: [], held: [], because: [], inputs: {}, undetermined: null, beside: [],
    })
  }
  const inputs = gather(book, base, area, on, previous)
  const entries = Object.entries(inputs)
  const missing = entries.filter(([, input]) => input.missing).map(([name]) => name)
  const held = entries.filter(([, input]) => input.held).map(([name]) => name)
  const known = Object.fromEntries(entries.map(([name, input]) => [name, input.value]))
  const same = { area, on, rulebook: book, missing, held, inputs, beside: [] }
  const required = missing.filter((name) => !book.model.inputs.find((input) => input.name === name)?.evidence?.optional)
  if (required.length === 0) {
    const evaluated = book.compiled.evaluate(known, DECISION)
    if (!evaluated.ok) return ok({ ...same, level: null, possible: [], decisive: [], because: [], undetermined: evaluated.problem })
    const level = isLevel(evaluated.value.result) ? evaluated.value.result : null
    return ok({
      ...same, level, possible: level === null ? [] : [level], decisive: [], because: evaluated.value.trace.filter((step) => step.row !== null), undetermined: null,
    })
  }
  const bounds = Object.fromEntries(entries.flatMap(([name, input]) => (input.missing && input.atLeast !== null ? [[name, { min: input.atLeast }]] : [])))
  const open = possible(book.compiled, known, { decision: DECISION, bounds })
  if (!open.ok) return open
  if (open.value.kind === 'undetermined') return ok({ ...same, level: null, possible: [], decisive: [], because: [], undetermined: open.value.reason })
  const levels = open.value.results.filter(isLevel)
  // With values for the missing evidence that lead to one of the levels; the rows that asked for them are left out.
  const evaluated = book.compiled.evaluate({ ...known, ...open.value.examples[0] }, DECISION)
  return ok({
    ...same,
    level: levels.length === 1 ? (levels[0] as Level) : null,
    possible: levels,
    decisive: open.value.decisive,
    because: evaluated.ok && levels.length === 1 ? certain(evaluated.value.trace, required) : [],
    undetermined: null,
  })
}

/** What would change the level: an input, the boundary, and for a rate how many more (or fewer) counts of the window that is. */
export interface LevelChange {
  readonly input: string
  readonly direction: 'up' | 'down'
  readonly to: number
  readonly inclusive: boolean
  readonly level: Level
  /** Counts to add (or, negative, to take away) in the window for the boundary to be crossed; null where the input is no count over people. */
  readonly counts: number | null
}

const valuesOf = (inputs: Assessment['inputs']): Record<string, InputValue['value']> => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]))

/** The nearest changes of the level, one each way for every numeric input, the others as they are. With a variant beside the rule it is the higher of both that changes. */
export const changesOf = (assessment: Assessment): Result<LevelChange[]> => {
  const { rulebook, inputs, level, beside } = assessment
  if (!rulebook || level === null) return ok([])
  const models = beside.flatMap((one) => (one.rulebook ? [{ compiled: one.rulebook.compiled, inputs: valuesOf(one.inputs) }] : []))
  // Where one of them cannot be told, what the others say is the least it can be: no fall is promised.
  const together = (answers: readonly unknown[]): Level | null => {
    const known = answers.filter(isLevel)
    const highest = known.toSorted().at(-1) ?? null
    return highest !== null && (known.length === answers.length || highest >= level) ? highest : null
  }
  const changes = nearestChanges(rulebook.compiled, valuesOf(inputs), DECISION, models.length === 0 ? undefined : { models, together })
  if (!changes.ok) return changes
  const all: Assessment['inputs'] = Object.assign({}, ...beside.map((one) => one.inputs), inputs)
  return ok(changes.value.flatMap((change) => (isLevel(change.result) ? [{ ...toChange(change, all[change.input]), level: change.result }] : [])))
}

const toChange = (change: NearestChange, input: InputValue | undefined): Omit<LevelChange, 'level'> => {
  const { direction, to, inclusive } = change
  const same = { input: change.input, direction, to, inclusive }
  // A share or rate of nobody says nothing in counts; a count is its own.
  if (!input || input.numerator === null || input.denominator === 0) return { ...same, counts: null }
  const exact = input.denominator === null ? to : (to * input.denominator) / input.per
  // A count is whole: the first one at the boundary, or beyond it where the boundary itself does not change the level.
  const whole = direction === 'up' ? (inclusive ? Math.ceil(exact) : Math.floor(exact) + 1) : inclusive ? Math.floor(exact) : Math.ceil(exact) - 1
  return { ...same, counts: whole - input.numerator }
}
