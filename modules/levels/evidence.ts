import { addDays, dayNumber, type Instant, type PlainDate } from '#base'
import type { Evidence } from '#decisions'
import type { AreaTree } from '#platform/areas'

/** One reported figure: what an office sent for an area and a day. */
export interface FigureFact {
  readonly areaId: number
  readonly day: PlainDate
  readonly metric: string
  /** Number; the code of a category is given beside it. */
  readonly value: number
  readonly category?: string | undefined
  readonly held: boolean
  readonly source: string
  readonly recordedAt: Instant
  /** Came to this area by an estimated share of a unit that was split. */
  readonly estimated?: boolean | undefined
}

/** A count of the case registry at its lowest known area. */
export interface RegistryCount {
  readonly areaId: number
  readonly day: PlainDate
  readonly metric: string
  readonly value: number
  readonly changedAt: Instant
  readonly estimated?: boolean | undefined
}

export interface PopulationFact {
  readonly areaId: number
  readonly metric: string
  readonly value: number
  readonly source: string
  readonly estimated: boolean
}

/** Everything a run of assessments rests on, for one tree of units. */
export interface EvidenceFacts {
  readonly tree: AreaTree
  /** A day of the tree: units of this day take part. */
  readonly treeDay: PlainDate
  /** First and last day covered, windows included. */
  readonly from: PlainDate
  readonly to: PlainDate
  readonly figures: readonly FigureFact[]
  readonly counts: readonly RegistryCount[]
  /** Metrics the registry counts. */
  readonly registryMetrics: readonly string[]
  /** Report day of the first case in the registry; null while it is not in use. */
  readonly registryFrom: PlainDate | null
  readonly populations: readonly PopulationFact[]
}

/** Where a number comes from. */
export type SourceKind = 'figures' | 'registry' | 'sum_of_parts' | 'reference' | 'inherited' | 'assessment'

/** The value of one input with all that a reader needs to trust it. */
export interface InputValue {
  readonly value: number | string | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly per: number
  readonly sources: readonly SourceKind[]
  /** Names of the senders, or of the reference. */
  readonly source: string | null
  /** Instant of the newest part. */
  readonly freshness: Instant | null
  /** Day of the figure, where the newest one counts. */
  readonly day: PlainDate | null
  readonly missing: boolean
  /** Days of the window without a number. */
  readonly missingDays: number
  /** Some figure waits for confirmation. */
  readonly held: boolean
  readonly estimated: boolean
  /** What the value is at least, where some days or parts are missing. */
  readonly atLeast: number | null
}

const FIGURE = 1
const REGISTRY = 2
const PARTS = 4
const REFERENCE = 8

/** One metric of one area, day by day. `value` is NaN where it is not known; `known` is what is known of it all the same. */
interface Series {
  readonly value: Float64Array
  readonly known: Float64Array
  readonly held: Uint8Array
  readonly from: Uint8Array
  readonly estimated: Uint8Array
  readonly at: readonly (Instant | null)[]
}

interface Latest {
  readonly value: number
  readonly category: string | undefined
  readonly day: PlainDate
  readonly at: Instant | null
  readonly source: string
  readonly from: number
  readonly estimated: boolean
}

/** Facts by metric and area: a text as the key of each of tens of thousands of them would cost more than all that is done with them. */
type ByArea<F> = ReadonlyMap<string, ReadonlyMap<number, readonly F[]>>

const byArea = <F extends { readonly metric: string; readonly areaId: number }>(facts: readonly F[]): ByArea<F> => {
  const metrics = new Map<string, Map<number, F[]>>()
  for (const fact of facts) {
    let areas = metrics.get(fact.metric)
    if (!areas) metrics.set(fact.metric, (areas = new Map()))
    const own = areas.get(fact.areaId)
    if (own) own.push(fact)
    else areas.set(fact.areaId, [fact])
  }
  return metrics
}

const key = (metric: string, areaId: number): string => `${metric} ${areaId}`

/**
 * Answers what a rulebook asks, for any area and day of the facts.
 * A day's count of an area is, in this order: the figure reported for it (held ones count as missing); the count of the registry, once
 * it is in use in the province; the sum of its parts, when every part is known.
 */
export class EvidenceBase {
  readonly #facts: EvidenceFacts
  readonly #first: number
  readonly #days: number
  readonly #figures: ByArea<FigureFact>
  /** By metric, area and day: what is looked up for every day of a run. */
  readonly #newestBy = new Map<string, Map<number, readonly (Latest | undefined)[]>>()
  readonly #held: ByArea<FigureFact>
  readonly #counts: ByArea<RegistryCount>
  readonly #populations: Map<string, PopulationFact>
  /** Areas with a fact of their own or beneath them: the others need no looking into. */
  readonly #active = new Set<number>()
  readonly #series = new Map<string, Series>()
  readonly #parts = new Map<number, readonly number[]>()
  /** Answers by what is asked, area and day. */
  readonly #told = new WeakMap<Evidence, Map<number, InputValue[]>>()
  readonly #toldBy = new Map<string, Map<number, InputValue[]>>()
  readonly #sums = new Map<string, (Latest | null)[]>()
  readonly #nothing: Series
  readonly #zero: Series

  constructor(facts: EvidenceFacts) {
    this.#facts = facts
    this.#first = dayNumber(facts.from)
    this.#days = dayNumber(facts.to) - this.#first + 1
    this.#figures = byArea(facts.figures)
    this.#held = byArea(facts.figures.filter((fact) => fact.held))
    this.#counts = byArea(facts.counts)
    this.#populations = new Map(facts.populations.map((fact) => [key(fact.metric, fact.areaId), fact]))
    for (const areas of [...this.#figures.values(), ...this.#counts.values()]) for (const areaId of areas.keys()) this.#activate(areaId)
    this.#nothing = this.#empty(NaN)
    this.#zero = this.#empty(0)
    this.#zero.from.fill(REGISTRY)
  }

  #activate(areaId: number): void {
    for (let area = this.#facts.tree.byId(areaId); area && !this.#active.has(area.id); area = this.#facts.tree.parent(area.id)) this.#active.add(area.id)
  }

  #empty(value: number): Series {
    const days = this.#days
    return {
      value: new Float64Array(days).fill(value), known: new Float64Array(days), held: new Uint8Array(days), from: new Uint8Array(days),
      estimated: new Uint8Array(days), at: Array<Instant | null>(days).fill(null),
    }
  }

  #partsOf(areaId: number): readonly number[] {
    let parts = this.#parts.get(areaId)
    if (!parts) this.#parts.set(areaId, (parts = this.#facts.tree.children(areaId, this.#facts.treeDay).map((child) => child.id)))
    return parts
  }

  #fromRegistry(metric: string): boolean {
    return this.#facts.registryFrom !== null && this.#facts.registryMetrics.includes(metric)
  }

  #seriesOf(areaId: number, metric: string): Series {
    const registry = this.#fromRegistry(metric)
    if (!this.#active.has(areaId)) return registry ? this.#zero : this.#nothing
    const name = key(metric, areaId)
    const known = this.#series.get(name)
    if (known) return known
    const series = this.#empty(0)
    this.#series.set(name, series)
    const at = series.at as (Instant | null)[]
    const parts = this.#partsOf(areaId).map((part) => this.#seriesOf(part, metric))
    const quiet = parts.filter((part) => part === this.#nothing).length
    const speaking = parts.filter((part) => part !== this.#nothing && part !== this.#zero)
    for (let d = 0; d < this.#days; d++) {
      let missing = quiet
      for (const part of speaking) {
        const value = part.value[d] as number
        if (Number.isNaN(value)) missing += 1
        else series.value[d] = (series.value[d] as number) + value
        series.known[d] = (series.known[d] as number) + (part.known[d] as number)
        series.held[d] = (series.held[d] as number) | (part.held[d] as number)
        series.estimated[d] = (series.estimated[d] as number) | (part.estimated[d] as number)
        series.from[d] = (series.from[d] as number) | (part.from[d] as number)
        at[d] = newer(at[d] ?? null, part.at[d] ?? null)
      }
      if (registry) series.from[d] = (series.from[d] as number) | REGISTRY
      else if (parts.length > 0) series.from[d] = (series.from[d] as number) | PARTS
      if (missing > 0 || (parts.length === 0 && !registry)) series.value[d] = NaN
    }
    for (const count of this.#counts.get(metric)?.get(areaId) ?? []) {
      const d = dayNumber(count.day) - this.#first
      if (d < 0 || d >= this.#days || !registry) continue
      series.value[d] = (series.value[d] as number) + count.value
      series.known[d] = (series.known[d] as number) + count.value
      if (count.estimated) series.estimated[d] = 1
      at[d] = newer(at[d] ?? null, count.changedAt)
    }
    for (const figure of this.#figures.get(metric)?.get(areaId) ?? []) {
      const d = dayNumber(figure.day) - this.#first
      if (d < 0 || d >= this.#days) continue
      if (figure.held) {
        series.value[d] = NaN
        series.held[d] = 1
      } else {
        series.value[d] = figure.value
        series.known[d] = figure.value
        series.held[d] = 0
        series.from[d] = FIGURE
        series.estimated[d] = figure.estimated ? 1 : 0
        at[d] = figure.recordedAt
      }
    }
    return series
  }

  /** For each day the newest accepted figure up to it; of several of a day the one recorded last. Days that share a figure share the answer. */
  #newestByDay(metric: string, areaId: number): readonly (Latest | undefined)[] {
    let areas = this.#newestBy.get(metric)
    if (!areas) this.#newestBy.set(metric, (areas = new Map()))
    let days = areas.get(areaId)
    if (days) return days
    const figures = (this.#figures.get(metric)?.get(areaId) ?? []).filter((figure) => !figure.held)
      .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.recordedAt < b.recordedAt ? -1 : 1))
    const filled: (Latest | undefined)[] = []
    let newest: Latest | undefined
    for (let d = 0, next = 0; figures.length > 0 && d < this.#days; d++) {
      for (let figure = figures[next]; figure && dayNumber(figure.day) - this.#first <= d; figure = figures[next]) {
        next += 1
        const following = figures[next]
        if (following && dayNumber(following.day) - this.#first <= d) continue
        const { value, category, day, recordedAt, source, estimated = false } = figure
        newest = { value, category, day, at: recordedAt, source, from: FIGURE, estimated }
      }
      filled.push(newest)
    }
    areas.set(areaId, (days = filled))
    return days
  }

  /** The newest accepted figure of an area not later than a day, within a window; the sum of its parts when each has one. */
  #latest(areaId: number, metric: string, on: PlainDate, windowDays: number | null): Latest | undefined {
    const d = dayNumber(on) - this.#first
    const newest = this.#newestByDay(metric, areaId)[d]
    if (newest && (windowDays === null || newest.day >= addDays(on, 1 - windowDays))) return newest
    const reference = this.#populations.get(key(metric, areaId))
    if (reference) {
      return { value: reference.value, category: undefined, day: on, at: null, source: reference.source, from: REFERENCE, estimated: reference.estimated }
    }
    if (!this.#active.has(areaId)) return undefined
    const name = `${metric} ${areaId} ${windowDays}`
    let sums = this.#sums.get(name)
    if (!sums) this.#sums.set(name, (sums = []))
    if (sums[d] === undefined) sums[d] = this.#sumOfParts(areaId, metric, on, windowDays) ?? null
    return sums[d] ?? undefined
  }

  #sumOfParts(areaId: number, metric: string, on: PlainDate, windowDays: number | null): Latest | undefined {
    let sum: Latest | undefined
    for (const part of this.#partsOf(areaId)) {
      const one = this.#latest(part, metric, on, windowDays)
      if (!one || one.category !== undefined) return undefined
      sum = sum
        ? { ...sum, value: sum.value + one.value, day: one.day < sum.day ? one.day : sum.day, at: newer(sum.at, one.at), estimated: sum.estimated || one.estimated }
        : { ...one, from: one.from | PARTS }
    }
    return sum
  }

  #heldBy(areaId: number, metric: string, on: PlainDate, windowDays: number | null): boolean {
    const held = this.#held.get(metric)?.get(areaId)
    if (!held) return false
    const earliest = windowDays === null ? undefined : addDays(on, 1 - windowDays)
    return held.some((figure) => figure.day <= on && (earliest === undefined || figure.day >= earliest))
  }

  /** Persons of a unit: the latest population figure, else the reference. */
  population(areaId: number, on: PlainDate, metric = 'population'): Latest | undefined {
    return this.#latest(areaId, metric, on, null)
  }

  /** The value of an input for an area and day; inputs that come from the assessment itself are not asked here. Laws that ask the same are told the same. */
  input(areaId: number, on: PlainDate, evidence: Evidence): InputValue {
    const told = this.#toldOf(evidence)
    let days = told.get(areaId)
    if (!days) told.set(areaId, (days = []))
    const d = dayNumber(on) - this.#first
    return (days[d] ??= this.#answer(areaId, on, evidence))
  }

  #toldOf(evidence: Evidence): Map<number, InputValue[]> {
    let told = this.#told.get(evidence)
    if (!told) {
      const asked = JSON.stringify({ ...evidence, labelEn: null, optional: false })
      this.#told.set(evidence, (told = this.#toldBy.get(asked) ?? new Map()))
      this.#toldBy.set(asked, told)
    }
    return told
  }

  #answer(areaId: number, on: PlainDate, evidence: Evidence): InputValue {
    if (evidence.kind === 'category') return this.#category(areaId, on, evidence)
    const numerator = evidence.measure === 'sum' ? this.#window(areaId, on, evidence) : this.#newest(areaId, on, evidence)
    if (evidence.denominator === null) return { ...numerator, value: numerator.numerator, per: 1 }
    const denominator = this.population(areaId, on, evidence.denominator)
    const people = denominator && denominator.value > 0 ? denominator.value : undefined
    // One division of whole numbers: 412 of 515 is 0.8, where 412 × (1 ÷ 515) falls short of it, and of the threshold.
    const value = people !== undefined && numerator.numerator !== null ? (numerator.numerator * evidence.per) / people : null
    return {
      ...numerator,
      value,
      denominator: denominator?.value ?? null,
      per: evidence.per,
      sources: denominator && denominator.from & REFERENCE ? [...numerator.sources, 'reference'] : numerator.sources,
      missing: value === null,
      estimated: numerator.estimated || (denominator?.estimated ?? false),
      atLeast: people !== undefined && numerator.atLeast !== null ? (numerator.atLeast * evidence.per) / people : null,
    }
  }

  #window(areaId: number, on: PlainDate, { numerator, windowDays }: Evidence): InputValue {
    const last = dayNumber(on) - this.#first
    const first = last - (windowDays ?? 1) + 1
    let sum = 0
    let known = 0
    let missingDays = 0
    let held = false
    let estimated = false
    let from = 0
    let freshness: Instant | null = null
    for (const metric of numerator) {
      const series = this.#seriesOf(areaId, metric)
      // Before its first case nobody kept the registry: it says nothing about such a day.
      const silent = this.#facts.registryFrom !== null && on < this.#facts.registryFrom
      for (let d = Math.max(0, first); d <= last; d++) {
        const value = silent && (series.from[d] as number) & REGISTRY ? NaN : (series.value[d] as number)
        if (Number.isNaN(value)) missingDays += 1
        else sum += value
        known += Number.isNaN(value) ? (series.known[d] as number) : value
        held ||= series.held[d] === 1
        estimated ||= series.estimated[d] === 1
        from |= series.from[d] as number
        freshness = newer(freshness, series.at[d] ?? null)
      }
    }
    return {
      value: null, numerator: missingDays > 0 ? null : sum, denominator: null, per: 1, sources: sourcesOf(from), source: null, freshness, day: null,
      missing: missingDays > 0, missingDays, held, estimated, atLeast: missingDays > 0 && known > 0 ? known : null,
    }
  }

  #newest(areaId: number, on: PlainDate, { numerator, windowDays }: Evidence): InputValue {
    const found = numerator.map((metric) => this.#latest(areaId, metric, on, windowDays))
    const held = numerator.some((metric) => this.#heldBy(areaId, metric, on, windowDays))
    const known = found.filter((one) => one !== undefined)
    const missing = known.length < numerator.length
    return {
      value: null, numerator: missing ? null : known.reduce((sum, one) => sum + one.value, 0), denominator: null, per: 1,
      sources: sourcesOf(known.reduce((from, one) => from | one.from, 0)), source: known[0]?.source ?? null,
      freshness: known.reduce<Instant | null>((at, one) => newer(at, one.at), null),
      day: known.reduce<PlainDate | null>((day, one) => (day === null || one.day < day ? one.day : day), null),
      missing, missingDays: 0, held, estimated: known.some((one) => one.estimated), atLeast: null,
    }
  }

  /** A category holds for everything below the area it was reported for, until a unit below reports its own. */
  #category(areaId: number, on: PlainDate, evidence: Evidence): InputValue {
    const metric = evidence.numerator[0] as string
    let held = false
    for (const unit of [areaId, ...this.#facts.tree.ancestors(areaId).map((area) => area.id)]) {
      held ||= this.#heldBy(unit, metric, on, evidence.windowDays)
      const found = this.#figures.get(metric)?.has(unit) ? this.#latest(unit, metric, on, evidence.windowDays) : undefined
      if (found?.category !== undefined) {
        return {
          value: found.category, numerator: null, denominator: null, per: 1, sources: unit === areaId ? ['figures'] : ['inherited'],
          source: found.source, freshness: found.at, day: found.day, missing: false, missingDays: 0, held, estimated: found.estimated, atLeast: null,
        }
      }
    }
    return { ...NOTHING, held }
  }
}

/** An input nothing is known of. */
export const NOTHING: InputValue = {
  value: null, numerator: null, denominator: null, per: 1, sources: [], source: null, freshness: null, day: null, missing: true, missingDays: 0,
  held: false, estimated: false, atLeast: null,
}

const newer = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && b > a) ? b : a)

const sourcesOf = (from: number): SourceKind[] => [
  ...(from & FIGURE ? ['figures' as const] : []), ...(from & REGISTRY ? ['registry' as const] : []), ...(from & PARTS ? ['sum_of_parts' as const] : []),
  ...(from & REFERENCE ? ['reference' as const] : []),
]
