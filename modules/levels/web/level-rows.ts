import { compareVietnamese, nameKey } from '#base'
import type { AssessmentShown } from '../contract.ts'

export type State = AssessmentShown['state']

/** What is known of a unit on a day: from the assessment of that day, or at once from the run of the season. */
export interface Standing {
  readonly level: number | null
  readonly possible: readonly number[]
  readonly state: State
}

/** A line of the table and an area of the map. */
export interface LevelRow extends Standing {
  readonly unit: AssessmentShown
  /** Name of the unit above, without its kind. */
  readonly above: string
  /** The figures beside the level are of the day shown; else those of the day shown are on their way. */
  readonly settled: boolean
}

const bare = ({ name, kind }: { readonly name: string; readonly kind: string }): string =>
  name.startsWith(`${kind} `) ? name.slice(kind.length + 1) : name

/** The units of one level out of an answer, with what is known of them on the day shown. */
export const rowsOf = (
  assessments: readonly AssessmentShown[], level: string, shownOn: string, standingOf: (areaId: number) => Standing | undefined,
): LevelRow[] => {
  const byId = new Map(assessments.map((unit) => [unit.areaId, unit]))
  return assessments.filter((unit) => unit.level_of_area === level).map((unit) => {
    const settled = unit.on === shownOn
    const known = settled ? unit : (standingOf(unit.areaId) ?? unit)
    const parent = unit.parentId === null ? undefined : byId.get(unit.parentId)
    return { unit, level: known.level, possible: known.possible, state: known.state, above: parent ? bare(parent) : '', settled }
  })
}

/** How many units have each level; `unknown` are those without one. */
export interface Summary {
  readonly units: number
  readonly byLevel: Readonly<Record<1 | 2 | 3 | 4, number>>
  readonly unknown: number
}

/** Example: 40 · 87 · 16 · 1 of 144 communes, 0 unknown. */
export const summaryOf = (all: readonly Pick<Standing, 'level'>[]): Summary => {
  const count = (level: number | null): number => all.filter((one) => one.level === level).length
  return { units: all.length, byLevel: { 1: count(1), 2: count(2), 3: count(3), 4: count(4) }, unknown: count(null) }
}

export interface Filter {
  /** Part of the name or the code, tones and case ignored. */
  readonly text: string
  /** `1`…`4`, `unknown`, or nothing. */
  readonly level: string
  readonly above: string
  /** `missing`, `held`, `estimated`, or nothing. */
  readonly mark: string
}

export const filtered = (rows: readonly LevelRow[], { text, level, above, mark }: Filter): LevelRow[] => {
  const key = nameKey(text)
  return rows.filter((row) =>
    (key === '' || nameKey(`${row.unit.name} ${row.above}`).includes(key) || row.unit.area === text.trim()) &&
    (level === '' || (row.level === null ? level === 'unknown' : level === String(row.level))) &&
    (above === '' || row.above === above) &&
    (mark === '' || (mark === 'missing' ? row.state !== 'assessed' : mark === 'held' ? row.unit.held.length > 0 : row.unit.estimated)))
}

type Sorted = string | number | null | undefined

/** Rows by a value, what is missing last in both directions, equal ones by name. */
export const sorted = (rows: readonly LevelRow[], by: (row: LevelRow) => Sorted, descending: boolean): LevelRow[] =>
  rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)]
    const [noX, noY] = [x === null || x === undefined, y === null || y === undefined]
    const order = noX || noY ? Number(noX) - Number(noY)
      : (descending ? -1 : 1) * (typeof x === 'number' && typeof y === 'number' ? x - y : compareVietnamese(String(x), String(y)))
    return order || compareVietnamese(a.unit.name, b.unit.name)
  })

const weight = ({ level, possible, state }: Standing): number | null =>
  level ?? (possible.length === 0 || state === 'no_data' ? null : Math.max(...possible) - 0.5)

/**
 * A level sorts by itself; an open one just below the highest it may be; an unknown one not at all. While the day moves, rows keep the
 * order of the day the table settled on: nothing jumps under the reader's eye.
 */
export const weightOf = (row: LevelRow): number | null => weight(row.unit)

/** Inputs most units lack, and how many of them: what is to be filled first. */
export const lacking = (rows: readonly LevelRow[]): { readonly input: string; readonly units: number }[] => {
  const counts = new Map<string, number>()
  for (const { unit, level } of rows) if (level === null) for (const input of unit.decisive) counts.set(input, (counts.get(input) ?? 0) + 1)
  return [...counts].map(([input, units]) => ({ input, units })).toSorted((a, b) => b.units - a.units)
}
