import { ok, type PlainDate, type Problem, type Result } from '#base'
import { nearestChanges, possible, type Evidence, type NearestChange, type TraceStep, type Wanted } from '#decisions'
import type { Area } from '#platform/areas'
import type { Rulebook } from '#rulebooks'
import type { EvidenceBase } from './evidence.ts'
import { NOTHING, type InputValue } from './input-value.ts'

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

const ONLY: Readonly<Record<Level, readonly Level[]>> = { 1: [1], 2: [2], 3: [3], 4: [4] }
const NONE: readonly string[] = []
const ALONE: Assessment['beside'] = []

/** What an assessment found; `because` null where evaluating again tells it. */
interface Found extends Pick<Assessment, 'level' | 'possible' | 'missing' | 'decisive' | 'undetermined'> {
  readonly because: readonly TraceStep[] | null
}

/**
 * What was found out of an area and day. A year of a province is tens of thousands of them of which a few are looked into: where each input comes from and
 * which rows held is told when it is asked. A class, because accessors in an object literal make half a second of it; a spread leaves them out, `copyOf` does not.
 */
class Assessed implements Assessment {
  readonly area: Area
  readonly on: PlainDate
  readonly rulebook: Rulebook
  readonly level: Level | null
  readonly possible: readonly Level[]
  readonly missing: readonly string[]
  readonly decisive: readonly string[]
  readonly undetermined: Problem | null
  readonly beside = ALONE
  readonly #base: EvidenceBase
  readonly #previous: PreviousLevel | undefined
  #because: readonly TraceStep[] | null
  #inputs: Readonly<Record<string, InputValue>> | undefined

  constructor(base: EvidenceBase, area: Area, on: PlainDate, rulebook: Rulebook, previous: PreviousLevel | undefined, found: Found) {
    this.area = area
    this.on = on
    this.rulebook = rulebook
    this.level = found.level
    this.possible = found.possible
    this.missing = found.missing
    this.decisive = found.decisive
    this.undetermined = found.undetermined
    this.#because = found.because
    this.#base = base
    this.#previous = previous
  }

  get inputs(): Readonly<Record<string, InputValue>> {
    return (this.#inputs ??= gather(this.rulebook, this.#base, this.area, this.on, this.#previous))
  }

  get because(): readonly TraceStep[] {
    if (this.#because === null) {
      const evaluated = this.rulebook.compiled.evaluate(valuesOf(this.inputs), DECISION)
      this.#because = evaluated.ok ? evaluated.value.trace.filter((step) => step.row !== null) : []
    }
    return this.#because
  }

  get held(): readonly string[] {
    return Object.entries(this.inputs).filter(([, input]) => input.held).map(([name]) => name)
  }
}

/** An assessment with some of it changed. */
export const copyOf = (one: Assessment, changes: Partial<Assessment>): Assessment => ({ ...one, inputs: one.inputs, held: one.held, because: one.because, ...changes })

const evidenceOf = (evidence: Evidence | null, base: EvidenceBase, area: Area, on: PlainDate, previous: PreviousLevel | undefined): InputValue => {
  if (evidence === null) return NOTHING
  if (evidence.kind === 'assessment_day') return fromAssessment(on, on)
  if (evidence.kind === 'previous_level') return fromAssessment(previous?.level ?? null, previous?.day ?? null)
  return base.input(area.id, on, evidence)
}

/** Values of the rulebook's inputs for an area and day, each with where it comes from. */
const gather = (book: Rulebook, base: EvidenceBase, area: Area, on: PlainDate, previous: PreviousLevel | undefined): Record<string, InputValue> =>
  Object.fromEntries(book.model.inputs.map(({ name, evidence }) => [name, evidenceOf(evidence, base, area, on, previous)]))

const valuesOf = (inputs: Readonly<Record<string, InputValue>>): Record<string, InputValue['value']> =>
  Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]))

/** An input by the number of the day, or, where it comes from the assessment itself, what of it. */
type Column = 'day' | 'previous_level' | ((d: number) => InputValue['value'])

const columnOf = (evidence: Evidence | null, base: EvidenceBase, areaId: number): Column => {
  if (evidence === null) return () => null
  if (evidence.kind === 'assessment_day') return 'day'
  if (evidence.kind === 'previous_level') return 'previous_level'
  return base.answers(areaId, evidence).value
}

/** The rows that hold, without those that looked at missing evidence. */
const certain = (trace: readonly TraceStep[], missing: readonly string[]): TraceStep[] =>
  trace.filter((step) => step.row !== null && missing.every((name) => !(name in step.inputs)))

/** Assesses one area on one day after the other. */
export type Assessor = (on: PlainDate, previous?: PreviousLevel) => Result<Assessment>

/**
 * The epidemic levels of an area under a rulebook, a day at a time. Missing evidence never counts as zero: the levels it leaves open are listed,
 * and the level is decided all the same when they are one.
 */
export const assessorOf = (book: Rulebook | undefined, base: EvidenceBase, area: Area): Assessor => {
  if (!book) {
    return (on) => ok({
      area, on, rulebook: null, level: null, possible: [], missing: [], decisive: [], held: [], because: [], inputs: {}, undetermined: null, beside: [],
    })
  }
  const columns = book.model.inputs.map(({ name, evidence }) => ({ name, evidence, optional: evidence?.optional ?? false, column: columnOf(evidence, base, area.id) }))
  // One record for all days: it is read and never kept.
  const known: Record<string, InputValue['value']> = {}
  return (on, previous) => {
    const d = base.dayOf(on)
    let missing = NONE
    let required = NONE
    for (const { name, optional, column } of columns) {
      const value = column === 'day' ? on : column === 'previous_level' ? (previous?.level ?? null) : column(d)
      known[name] = value
      if (value !== null) continue
      missing = [...missing, name]
      if (!optional) required = [...required, name]
    }
    const found = (one: Found): Result<Assessment> => ok(new Assessed(base, area, on, book, previous, one))
    if (required.length === 0) {
      const result = book.compiled.resultOf(known, DECISION)
      if (!result.ok) return found({ level: null, possible: [], missing, decisive: NONE, because: [], undetermined: result.problem })
      const level = isLevel(result.value) ? result.value : null
      return found({ level, possible: level === null ? [] : ONLY[level], missing, decisive: NONE, because: null, undetermined: null })
    }
    const bounds = Object.fromEntries(columns.flatMap(({ name, evidence }) => {
      const atLeast = known[name] === null ? evidenceOf(evidence, base, area, on, previous).atLeast : null
      return atLeast === null ? [] : [[name, { min: atLeast }]]
    }))
    const open = possible(book.compiled, known, { decision: DECISION, bounds })
    if (!open.ok) return open
    if (open.value.kind === 'undetermined') return found({ level: null, possible: [], missing, decisive: NONE, because: [], undetermined: open.value.reason })
    const levels = open.value.results.filter(isLevel)
    const [level] = levels
    if (levels.length !== 1 || level === undefined) return found({ level: null, possible: levels, missing, decisive: open.value.decisive, because: [], undetermined: null })
    // With values for the missing evidence that lead to the level; the rows that asked for them are left out.
    const evaluated = book.compiled.evaluate({ ...known, ...open.value.examples[0] }, DECISION)
    return found({
      level, possible: levels, missing, decisive: open.value.decisive, because: evaluated.ok ? certain(evaluated.value.trace, required) : [], undetermined: null,
    })
  }
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

/** The nearest changes of the level, one each way for every numeric input (of those that are `wanted`), the others as they are. With a variant beside the rule it is the higher of both that changes. */
export const changesOf = (assessment: Assessment, wanted?: Wanted): Result<LevelChange[]> => {
  const { rulebook, inputs, level, beside } = assessment
  if (!rulebook || level === null) return ok([])
  const models = beside.flatMap((one) => (one.rulebook ? [{ compiled: one.rulebook.compiled, inputs: valuesOf(one.inputs) }] : []))
  // Where one of them cannot be told, what the others say is the least it can be: no fall is promised.
  const together = (answers: readonly unknown[]): Level | null => {
    const known = answers.filter(isLevel)
    const highest = known.toSorted().at(-1) ?? null
    return highest !== null && (known.length === answers.length || highest >= level) ? highest : null
  }
  const changes = nearestChanges(rulebook.compiled, valuesOf(inputs), DECISION, models.length === 0 ? undefined : { models, together }, wanted)
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
