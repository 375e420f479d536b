import type { Decision, DecisionModel, DecisionTable, Rule } from './model.ts'

/** A text in the one model and in the other; null where it is not there. */
export interface Pair {
  readonly before: string | null
  readonly after: string | null
}

/** Something outside the rows, by its path: `validFrom`, `hitPolicy`, `evidence.windowDays`. */
export interface PartChange extends Pair {
  readonly path: string
}

export type ChangeKind = 'same' | 'added' | 'removed' | 'changed'

export interface RowDiff {
  readonly change: ChangeKind
  /** Its place among the rows that both have is another one. */
  readonly moved: boolean
  /** Row number in each model, from 1. */
  readonly rowBefore: number | null
  readonly rowAfter: number | null
  readonly when: readonly Pair[]
  readonly gives: readonly Pair[]
  readonly annotations: readonly Pair[]
  readonly clause: Pair
  readonly source: Pair
  readonly confidence: Pair
  /** Origins of single cells. */
  readonly parts: readonly PartChange[]
}

export interface TableDiff {
  readonly name: string
  readonly change: ChangeKind
  /** Columns of both: expressions asked, names answered, names of annotations. */
  readonly when: readonly string[]
  readonly gives: readonly string[]
  readonly annotations: readonly string[]
  readonly rows: readonly RowDiff[]
  readonly parts: readonly PartChange[]
}

/** An input, a type, a decision without a table, or a function. */
export interface ElementDiff {
  readonly kind: 'input' | 'type' | 'decision' | 'knowledge'
  readonly name: string
  readonly change: ChangeKind
  readonly parts: readonly PartChange[]
}

/** Where two models differ; only tables list what is the same too, so that they can be read side by side. */
export interface ModelDiff {
  /** Nothing differs. */
  readonly same: boolean
  readonly info: readonly PartChange[]
  readonly elements: readonly ElementDiff[]
  readonly tables: readonly TableDiff[]
}

/** Everything a value holds, by path; lists of texts are one text. */
const flatten = (value: unknown, path: string, into: Map<string, string>): Map<string, string> => {
  if (value === null || value === undefined) return into
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    if (value.length > 0) into.set(path, value.join(', '))
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path === '' ? key : `${path}.${key}`, into)
  } else into.set(path, String(value))
  return into
}

const partChanges = (before: unknown, after: unknown): PartChange[] => {
  const [a, b] = [flatten(before, '', new Map()), flatten(after, '', new Map())]
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((path) => {
    const change = { path, before: a.get(path) ?? null, after: b.get(path) ?? null }
    return change.before === change.after ? [] : [change]
  })
}

const differs = (pairs: readonly Pair[]): boolean => pairs.some(({ before, after }) => before !== after)

/** Names of both lists, those of the second at their places. */
const joined = (before: readonly string[], after: readonly string[]): string[] => [...new Set([...after, ...before])]

interface Columns {
  readonly when: readonly string[]
  readonly gives: readonly string[]
  readonly annotations: readonly string[]
}

const columnsOf = (table: DecisionTable | undefined): Columns => ({
  when: table?.inputs.map((clause) => clause.expression) ?? [],
  gives: table?.outputs.map((clause) => clause.name) ?? [],
  annotations: table?.annotations ?? [],
})

const textsOf = (names: readonly string[], own: readonly string[], texts: readonly string[] | undefined): (string | null)[] =>
  names.map((name) => (texts === undefined || !own.includes(name) ? null : (texts[own.indexOf(name)] ?? null)))

/** Pairs of rows by their place in each list, matched by id, else by all they hold. */
const matchRows = (before: readonly Rule[], after: readonly Rule[]): Map<number, number> => {
  const matched = new Map<number, number>()
  const free = new Set(before.keys())
  const match = (keyOf: (rule: Rule) => string | null): void => {
    const open = Map.groupBy([...free].filter((i) => keyOf(before[i] as Rule) !== null), (i) => keyOf(before[i] as Rule))
    for (const [i, rule] of after.entries()) {
      const found = matched.has(i) ? undefined : open.get(keyOf(rule))?.shift()
      if (found === undefined) continue
      matched.set(i, found)
      free.delete(found)
    }
  }
  match((rule) => rule.id)
  match(({ when, gives, annotations }) => JSON.stringify([when, gives, annotations]))
  return matched
}

/** Of the places given, those of a longest run that keeps its order: what is not among them was moved. */
const inOrder = (places: readonly number[]): Set<number> => {
  const best = places.map(() => ({ length: 1, from: -1 }))
  let last = -1
  for (const [i, place] of places.entries()) {
    for (let j = 0; j < i; j += 1) {
      const length = (best[j]?.length ?? 0) + 1
      if ((places[j] as number) < place && length > (best[i]?.length ?? 0)) best[i] = { length, from: j }
    }
    if (last < 0 || (best[i]?.length ?? 0) > (best[last]?.length ?? 0)) last = i
  }
  const kept = new Set<number>()
  for (let i = last; i >= 0; i = best[i]?.from ?? -1) kept.add(places[i] as number)
  return kept
}

const diffRow = (
  columns: Columns, owns: readonly [Columns, Columns], before: Rule | undefined, after: Rule | undefined,
): Omit<RowDiff, 'moved' | 'rowBefore' | 'rowAfter'> => {
  const pairs = (part: keyof Columns): Pair[] => {
    const texts = (rule: Rule | undefined): readonly string[] | undefined => (part === 'annotations' ? rule?.annotations : rule?.[part].map((entry) => entry.text))
    const [a, b] = [textsOf(columns[part], owns[0][part], texts(before)), textsOf(columns[part], owns[1][part], texts(after))]
    return columns[part].map((_, i) => ({ before: a[i] ?? null, after: b[i] ?? null }))
  }
  const said = (part: 'clause' | 'source' | 'confidence'): Pair => ({ before: before?.provenance[part] ?? null, after: after?.provenance[part] ?? null })
  const found = { when: pairs('when'), gives: pairs('gives'), annotations: pairs('annotations'), clause: said('clause'), source: said('source'), confidence: said('confidence') }
  const origins = (rule: Rule | undefined): unknown => rule && { when: rule.when.map((one) => one.provenance), gives: rule.gives.map((one) => one.provenance), cells: [rule.when.length, rule.gives.length, rule.annotations.length] }
  const parts = before && after ? partChanges(origins(before), origins(after)) : []
  const changed = differs([...found.when, ...found.gives, ...found.annotations, found.clause, found.source, found.confidence]) || parts.length > 0
  return { ...found, parts, change: !before ? 'added' : !after ? 'removed' : changed ? 'changed' : 'same' }
}

const diffRows = (before: DecisionTable | undefined, after: DecisionTable | undefined, columns: Columns): RowDiff[] => {
  const [old, now] = [before?.rules ?? [], after?.rules ?? []]
  const owns = [columnsOf(before), columnsOf(after)] as const
  const matched = matchRows(old, now)
  const kept = inOrder([...matched.entries()].toSorted(([a], [b]) => a - b).map(([, i]) => i))
  const rows = now.map((rule, i): RowDiff => {
    const from = matched.get(i)
    return {
      ...diffRow(columns, owns, from === undefined ? undefined : old[from], rule),
      rowBefore: from === undefined ? null : from + 1, rowAfter: i + 1, moved: from !== undefined && !kept.has(from),
    }
  })
  const known = new Set(matched.values())
  // A row taken away stands behind the one it stood behind.
  for (const [i, rule] of old.entries()) {
    if (known.has(i)) continue
    const place = rows.findLastIndex((row) => row.rowBefore !== null && row.rowBefore <= i)
    rows.splice(place + 1, 0, { ...diffRow(columns, owns, rule, undefined), rowBefore: i + 1, rowAfter: null, moved: false })
  }
  return rows
}

const tableOf = (decision: Decision | undefined): DecisionTable | undefined => (decision?.logic?.kind === 'table' ? decision.logic.table : undefined)

/** A decision without its rows: labels, types, requirements, the head of its table. */
const headOf = (decision: Decision | undefined): unknown => {
  const table = tableOf(decision)
  if (!decision || !table) return decision
  const { logic: _, ...rest } = decision
  const { rules: __, hitPolicy, ...columns } = table
  return { ...rest, hitPolicy, ...columns, inputs: table.inputs.map(plainColumn), outputs: table.outputs.map(plainColumn) }
}
const plainColumn = (column: object): unknown => ({ ...column })

const kindOf = (before: unknown, after: unknown, changed: boolean): ChangeKind =>
  before === undefined ? 'added' : after === undefined ? 'removed' : changed ? 'changed' : 'same'

const byName = <T extends { readonly name: string }>(before: readonly T[], after: readonly T[]): { name: string; before: T | undefined; after: T | undefined }[] =>
  joined(before.map((one) => one.name), after.map((one) => one.name)).map((name) => ({
    name, before: before.find((one) => one.name === name), after: after.find((one) => one.name === name),
  }))

const rowsDiffer = (row: RowDiff): boolean => row.change !== 'same' || row.moved

/**
 * Where two models differ: rows added, removed, changed or moved, cell by cell, and everything else by its path. Elements are the same when they have
 * the same name, rows when they have the same id or hold the same. Example: `diffModels(model, model).same`.
 */
export const diffModels = (before: DecisionModel, after: DecisionModel): ModelDiff => {
  const info = partChanges({ name: before.name, ...before.rulebook }, { name: after.name, ...after.rulebook })
  const decisions = byName(before.decisions, after.decisions)
  const tables = decisions.filter((one) => tableOf(one.before) ?? tableOf(one.after)).map(({ name, before: old, after: now }): TableDiff => {
    const [oldTable, nowTable] = [tableOf(old), tableOf(now)]
    const [a, b] = [columnsOf(oldTable), columnsOf(nowTable)]
    const columns = { when: joined(a.when, b.when), gives: joined(a.gives, b.gives), annotations: joined(a.annotations, b.annotations) }
    const rows = diffRows(oldTable, nowTable, columns)
    const parts = old && now ? partChanges(headOf(old), headOf(now)) : []
    return { name, ...columns, rows, parts, change: kindOf(old, now, parts.length > 0 || rows.some(rowsDiffer)) }
  })
  const element = (kind: ElementDiff['kind']) => ({ name, before: old, after: now }: { name: string; before: unknown; after: unknown }): ElementDiff => {
    const parts = partChanges(old, now)
    return { kind, name, parts, change: kindOf(old, now, parts.length > 0) }
  }
  const elements = [
    ...byName(before.inputs, after.inputs).map(element('input')),
    ...byName(before.types, after.types).map(element('type')),
    ...decisions.filter((one) => !tableOf(one.before) && !tableOf(one.after)).map(element('decision')),
    ...byName(before.knowledge, after.knowledge).map(element('knowledge')),
  ].filter((one) => one.change !== 'same')
  return { same: info.length === 0 && elements.length === 0 && tables.every((table) => table.change === 'same'), info, elements, tables }
}
