import type { PlainDate } from '#base'
import type { CompiledModel, DecisionModel } from '#decisions'
import type { AreaTree } from '#platform/areas'
import type { RulebookRow } from './rulebook-store.ts'

/** A version of a rulebook, ready to be asked. */
export interface Rulebook {
  readonly row: RulebookRow
  readonly model: DecisionModel
  readonly compiled: CompiledModel
}

/** What holds for an area on a day: one rule, and the stricter variants that stand beside it. */
export interface InForce {
  readonly rule: Rulebook | undefined
  readonly variants: readonly Rulebook[]
}

/** Which rulebooks hold where and when. */
export interface Law {
  /** Every version that may be asked. */
  readonly books: readonly Rulebook[]
  readonly at: (areaId: number, on: PlainDate) => InForce
}

/** A version by name: `id` is the last version, `id@2` the second. */
export const findRulebook = (books: readonly Rulebook[], reference: string): Rulebook | undefined => {
  const [, id, version] = /^(.+?)(?:@(\d+))?$/.exec(reference) ?? []
  const same = books.filter(({ row }) => row.id === id && (version === undefined || row.version === Number(version)))
  return same.reduce<Rulebook | undefined>((last, book) => (last && last.row.version > book.row.version ? last : book), undefined)
}

/** What a rulebook of epidemic levels decides; others decide the notice before a level is raised, and measures. */
const LEVEL = 'level'

const decides = ({ compiled }: Rulebook, decision: string): boolean => compiled.tops.includes(decision)

/** The last of each rulebook's versions: what was decided later stands in the place of what was decided before. */
const lastOfEach = (books: readonly Rulebook[]): Rulebook[] =>
  [...Map.groupBy(books, ({ row }) => row.id).values()].map((same) => same.reduce((last, book) => (book.row.version > last.row.version ? book : last)))

const byDay = (a: Rulebook, b: Rulebook): number =>
  a.row.validFrom === b.row.validFrom ? (a.row.loadedAt < b.row.loadedAt ? 1 : -1) : a.row.validFrom < b.row.validFrom ? 1 : -1

/**
 * The law that a set of versions makes about one decision. For an area and day the rule is that of the nearest area above that has one in force, the one that began last;
 * of several versions of a rulebook in force on a day, the last decided. Every variant in force for the area or one above stands beside it.
 */
export const lawOf = (all: readonly Rulebook[], tree: AreaTree, disease: string, decision = LEVEL): Law => {
  const books = all.filter((book) => decides(book, decision))
  const days = new Map<PlainDate, { rules: ReadonlyMap<number, Rulebook>; variants: ReadonlyMap<number, readonly Rulebook[]> }>()
  const paths = new Map<number, readonly number[]>()
  const on = (day: PlainDate) => {
    let known = days.get(day)
    if (!known) {
      const inForce = books.filter(({ row }) => row.disease === disease && row.validFrom <= day && (row.lastOn === null || day <= row.lastOn))
      const at = Map.groupBy(inForce, ({ row }) => row.areaId)
      known = {
        rules: new Map([...at].flatMap(([area, here]) => {
          const rule = lastOfEach(here.filter(({ row }) => row.kind === 'rule')).toSorted(byDay)[0]
          return rule ? [[area, rule]] : []
        })),
        variants: new Map([...at].map(([area, here]) => [area, lastOfEach(here.filter(({ row }) => row.kind === 'variant'))])),
      }
      days.set(day, known)
    }
    return known
  }
  const pathOf = (areaId: number): readonly number[] => {
    let path = paths.get(areaId)
    if (!path) paths.set(areaId, (path = [areaId, ...tree.ancestors(areaId).map((area) => area.id)]))
    return path
  }
  return {
    books,
    at: (areaId, day) => {
      const { rules, variants } = on(day)
      const path = pathOf(areaId)
      const nearest = path.find((area) => rules.has(area))
      return { rule: nearest === undefined ? undefined : rules.get(nearest), variants: path.flatMap((area) => variants.get(area) ?? []) }
    },
  }
}

/** One rulebook everywhere and on every day, whatever is in force. */
export const lawOfOne = (book: Rulebook): Law => ({ books: [book], at: () => ({ rule: book, variants: [] }) })

/** The rule in force for an area on a day. */
export const rulebookInForce = (books: readonly Rulebook[], tree: AreaTree, areaId: number, on: PlainDate, disease: string): Rulebook | undefined =>
  lawOf(books, tree, disease).at(areaId, on).rule
