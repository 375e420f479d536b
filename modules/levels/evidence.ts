import { dayNumber, type Instant, type PlainDate } from '#base'
import type { Evidence } from '#decisions'
import type { EvidenceFacts, FigureFact, PopulationFact, RegistryCount } from './evidence-facts.ts'
import {
  earlier, FIGURE, newer, NOTHING, overPeople, PARTS, plus, REFERENCE, REGISTRY, sameItems, shareOf, sumOf, told, UNKNOWN, type InputValue, type Latest, type Series, type Stock,
} from './input-value.ts'

/** One input of one area, by the number of the day: its value, and, for whoever wants to know, all about it. */
export interface Answers {
  readonly value: (d: number) => InputValue['value']
  readonly at: (d: number) => InputValue
}

/** Worked out once, for the days that are asked for. */
const once = <T extends InputValue['value']>(days: number, make: (d: number) => T): ((d: number) => T) => {
  const known = Array<T | undefined>(days).fill(undefined)
  return (d) => {
    const told = known[d]
    return told === undefined ? (known[d] = make(d)) : told
  }
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

/** Adds a part: what is not known of it makes the sum unknown, day by day. */
const addTo = ({ value, known, held, from, estimated, at }: Series, part: Series): void => {
  for (let d = 0; d < value.length; d++) {
    value[d] = (value[d] as number) + (part.value[d] as number)
    known[d] = (known[d] as number) + (part.known[d] as number)
    held[d] = (held[d] as number) | (part.held[d] as number)
    from[d] = (from[d] as number) | (part.from[d] as number)
    estimated[d] = (estimated[d] as number) | (part.estimated[d] as number)
    at[d] = newer(at[d] ?? null, part.at[d] ?? null)
  }
}

/** What is kept under a key, made when it is first asked for. */
const kept = <K, V>(all: Map<K, V>, key: K, make: () => V): V => {
  let value = all.get(key)
  if (value === undefined) all.set(key, (value = make()))
  return value
}

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
  /** By metric and window, then by area. */
  readonly #stocks = new Map<string, Map<number, Stock>>()
  readonly #held: ByArea<FigureFact>
  readonly #counts: ByArea<RegistryCount>
  readonly #populations: ByArea<PopulationFact>
  /** Areas with a fact of their own or beneath them: the others need no looking into. */
  readonly #active = new Set<number>()
  readonly #series = new Map<string, Map<number, Series>>()
  readonly #parts = new Map<number, readonly number[]>()
  /** Answers by what is asked, and area. */
  readonly #told = new WeakMap<Evidence, Map<number, Answers>>()
  readonly #toldBy = new Map<string, Map<number, Answers>>()
  readonly #nothing: Series
  readonly #zero: Series

  constructor(facts: EvidenceFacts) {
    this.#facts = facts
    this.#first = dayNumber(facts.from)
    this.#days = dayNumber(facts.to) - this.#first + 1
    this.#figures = byArea(facts.figures)
    this.#held = byArea(facts.figures.filter((fact) => fact.held))
    this.#counts = byArea(facts.counts)
    this.#populations = byArea(facts.populations)
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
    // Five views of one buffer: there are a thousand series, and a buffer costs more than what lies in it.
    const buffer = new ArrayBuffer((2 * 8 + 3) * days)
    const bytes = (place: number): Uint8Array => new Uint8Array(buffer, (2 * 8 + place) * days, days)
    return {
      value: new Float64Array(buffer, 0, days).fill(value), known: new Float64Array(buffer, 8 * days, days), held: bytes(0), from: bytes(1), estimated: bytes(2),
      at: Array<Instant | null>(days).fill(null),
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
    return this.#seriesIn(kept(this.#series, metric, () => new Map<number, Series>()), areaId, metric, this.#fromRegistry(metric))
  }

  #seriesIn(all: Map<number, Series>, areaId: number, metric: string, registry: boolean): Series {
    if (!this.#active.has(areaId)) return registry ? this.#zero : this.#nothing
    const known = all.get(areaId)
    if (known) return known
    const parts = this.#partsOf(areaId).map((part) => this.#seriesIn(all, part, metric, registry))
    // Of a part that says nothing the sum is not known.
    const told = parts.every((part) => part !== this.#nothing) && (registry || parts.length > 0)
    const series = this.#empty(told ? 0 : NaN)
    all.set(areaId, series)
    series.from.fill(registry ? REGISTRY : parts.length > 0 ? PARTS : 0)
    for (const part of parts) if (part !== this.#nothing && part !== this.#zero) addTo(series, part)
    const { at } = series
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

  /** For each day the newest accepted figure up to it; of several of a day the one recorded last. */
  #newestByDay(metric: string, areaId: number): Stock {
    const told = this.#figures.get(metric)?.get(areaId)
    if (!told) return UNKNOWN
    const figures = told.filter((figure) => !figure.held)
      .map((figure) => ({ figure, d: dayNumber(figure.day) - this.#first }))
      .toSorted((a, b) => a.d - b.d || (a.figure.recordedAt < b.figure.recordedAt ? -1 : 1))
    if (figures.length === 0) return UNKNOWN
    const filled: (Latest | undefined)[] = []
    let newest: Latest | undefined
    for (let d = 0, next = 0; d < this.#days; d++) {
      for (let one = figures[next]; one && one.d <= d; one = figures[next]) {
        next += 1
        if ((figures[next]?.d ?? Infinity) <= d) continue
        const { value, category, day, recordedAt, source, estimated = false } = one.figure
        newest = { value, category, d: one.d, day, at: recordedAt, source, from: FIGURE, estimated }
      }
      filled.push(newest)
    }
    return filled
  }

  /** The newest accepted figure of an area not later than a day, within a window; else the reference; else the sum of its parts when each has one. */
  #stock(areaId: number, metric: string, windowDays: number | null): Stock {
    return this.#stockIn(kept(this.#stocks, `${metric} ${windowDays}`, () => new Map<number, Stock>()), areaId, metric, windowDays)
  }

  #stockIn(all: Map<number, Stock>, areaId: number, metric: string, windowDays: number | null): Stock {
    return kept(all, areaId, () => this.#makeStock(all, areaId, metric, windowDays))
  }

  #makeStock(all: Map<number, Stock>, areaId: number, metric: string, windowDays: number | null): Stock {
    const own = this.#newestByDay(metric, areaId)
    const reach = windowDays ?? Infinity
    const population = this.#populations.get(metric)?.get(areaId)?.at(-1)
    const reference: Latest | undefined = population && {
      value: population.value, category: undefined, d: Infinity, day: null, at: null, source: population.source, from: REFERENCE, estimated: population.estimated,
    }
    const parts = reference || !this.#active.has(areaId) ? [] : this.#partsOf(areaId).map((part) => this.#stockIn(all, part, metric, windowDays))
    if (!reference && parts.length === 0 && (own === UNKNOWN || windowDays === null)) return own
    const filled: (Latest | undefined)[] = []
    let last: readonly Latest[] = []
    let sum: Latest | undefined
    for (let d = 0; d < this.#days; d++) {
      const newest = own[d]
      if (newest && d - newest.d < reach) filled.push(newest)
      else if (reference || parts.length === 0) filled.push(reference)
      else {
        const found = told(parts, d)
        if (found && !sameItems(found, last)) [last, sum] = [found, sumOf(found)]
        filled.push(found && sum)
      }
    }
    return filled
  }

  /** Whether a figure of the window waits for a decision. */
  #heldBy(areaId: number, metric: string, windowDays: number | null): ((d: number) => boolean) | undefined {
    const held = this.#held.get(metric)?.get(areaId)?.map((figure) => dayNumber(figure.day) - this.#first)
    return held && ((d) => held.some((one) => one <= d && d - one < (windowDays ?? Infinity)))
  }

  /** Persons of a unit: the latest population figure, else the reference. */
  population(areaId: number, on: PlainDate, metric = 'population'): Latest | undefined {
    return this.#stock(areaId, metric, null)[this.dayOf(on)]
  }

  /** The number of a day, as `answers` counts them. */
  dayOf(on: PlainDate): number {
    return dayNumber(on) - this.#first
  }

  /** The value of an input for an area and day; inputs that come from the assessment itself are not asked here. */
  input(areaId: number, on: PlainDate, evidence: Evidence): InputValue {
    return this.answers(areaId, evidence).at(this.dayOf(on))
  }

  /** The values of an input for an area, by the number of the day. Laws that ask the same are told the same. */
  answers(areaId: number, evidence: Evidence): Answers {
    let told = this.#told.get(evidence)
    if (!told) {
      const asked = JSON.stringify({ ...evidence, labelEn: null, optional: false })
      this.#told.set(evidence, (told = this.#toldBy.get(asked) ?? new Map()))
      this.#toldBy.set(asked, told)
    }
    let answers = told.get(areaId)
    if (!answers) {
      answers = evidence.kind === 'category' ? this.#category(areaId, evidence) : evidence.measure === 'sum' ? this.#windows(areaId, evidence) : this.#newest(areaId, evidence)
      told.set(areaId, answers)
    }
    return answers
  }

  #windows(areaId: number, { numerator, windowDays, denominator, per }: Evidence): Answers {
    const all = numerator.map((metric) => this.#seriesOf(areaId, metric))
    const people = denominator === null ? null : this.#stock(areaId, denominator, null)
    const { registryFrom } = this.#facts
    // Before its first case nobody kept the registry: it says nothing about such a day.
    const silentBefore = registryFrom === null ? -Infinity : dayNumber(registryFrom) - this.#first
    const firstOf = (last: number): number => Math.max(0, last - (windowDays ?? 1) + 1)
    const valueOn = (series: Series, d: number, last: number): number => (last < silentBefore && (series.from[d] as number) & REGISTRY ? NaN : (series.value[d] as number))
    const value = once(this.#days, (last) => {
      let sum = 0
      for (const series of all) for (let d = firstOf(last); d <= last; d++) sum += valueOn(series, d, last)
      return Number.isNaN(sum) ? null : shareOf(sum, people, per, last)
    })
    return {
      value,
      at: (last) => {
        let sum = 0
        let missingDays = 0
        let held = false
        let estimated = false
        let from = 0
        let freshness: Instant | null = null
        for (const series of all) {
          for (let d = firstOf(last); d <= last; d++) {
            const value = valueOn(series, d, last)
            if (Number.isNaN(value)) missingDays += 1
            sum += Number.isNaN(value) ? (series.known[d] as number) : value
            held ||= series.held[d] === 1
            estimated ||= series.estimated[d] === 1
            from |= series.from[d] as number
            freshness = newer(freshness, series.at[d] ?? null)
          }
        }
        const complete = missingDays === 0
        return {
          ...overPeople(people, per, last, from, estimated), value: value(last), numerator: complete ? sum : null, source: null, freshness, day: null,
          missing: value(last) === null, missingDays, held, atLeast: complete || sum === 0 ? null : shareOf(sum, people, per, last),
        }
      },
    }
  }

  #newest(areaId: number, { numerator, windowDays, denominator, per }: Evidence): Answers {
    const stocks = numerator.map((metric) => this.#stock(areaId, metric, windowDays))
    const held = numerator.flatMap((metric) => this.#heldBy(areaId, metric, windowDays) ?? [])
    const people = denominator === null ? null : this.#stock(areaId, denominator, null)
    const value = once(this.#days, (d) => {
      let sum: number | undefined = 0
      for (const stock of stocks) sum = sum === undefined ? undefined : plus(sum, stock[d]?.value)
      return sum === undefined ? null : shareOf(sum, people, per, d)
    })
    return {
      value,
      at: (d) => {
        const known = stocks.flatMap((stock) => stock[d] ?? [])
        const from = known.reduce((all, one) => all | one.from, 0)
        return {
          ...overPeople(people, per, d, from, known.some((one) => one.estimated)), value: value(d),
          numerator: known.length < numerator.length ? null : known.reduce((sum, one) => sum + one.value, 0), source: known[0]?.source ?? null,
          freshness: known.reduce<Instant | null>((at, one) => newer(at, one.at), null), day: known.reduce<PlainDate | null>((day, one) => earlier(day, one.day), null),
          missing: value(d) === null, missingDays: 0, held: held.some((waits) => waits(d)), atLeast: null,
        }
      },
    }
  }

  /** A category holds for everything below the area it was reported for, until a unit below reports its own. */
  #category(areaId: number, { numerator: [metric = ''], windowDays }: Evidence): Answers {
    const units = [areaId, ...this.#facts.tree.ancestors(areaId).map((area) => area.id)]
      .map((unit) => ({ unit, stock: this.#figures.get(metric)?.has(unit) ? this.#stock(unit, metric, windowDays) : UNKNOWN, waits: this.#heldBy(unit, metric, windowDays) }))
      .filter(({ stock, waits }) => stock !== UNKNOWN || waits)
    const nearest = (d: number): number => units.findIndex(({ stock }) => stock[d]?.category !== undefined)
    return {
      value: units.length === 0 ? () => null : once(this.#days, (d) => units[nearest(d)]?.stock[d]?.category ?? null),
      at: (d) => {
        const place = nearest(d)
        const { unit, stock } = units[place] ?? {}
        // Only what is held nearer than the answer can change it.
        const held = units.slice(0, place < 0 ? units.length : place + 1).some(({ waits }) => waits?.(d) ?? false)
        const found = stock?.[d]
        if (!found) return { ...NOTHING, held }
        return {
          ...NOTHING, value: found.category ?? null, sources: unit === areaId ? ['figures'] : ['inherited'], source: found.source, freshness: found.at, day: found.day,
          missing: false, held, estimated: found.estimated,
        }
      },
    }
  }
}
