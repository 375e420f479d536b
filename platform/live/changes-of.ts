import type { Range } from '#platform/access'
import type { AreaTree } from '#platform/areas'
import type { IndicatorChanges } from '#platform/indicators'
import type { Change } from './notifier.ts'

/** What a command's rules say they touched, where it is not simply what its audit row says. */
export class Touched {
  readonly #ranges = new Map<string, Map<number, number>>()

  /** That something of a topic changed for an area and those below it. */
  add(topic: string, { pos, posEnd }: { readonly pos: number; readonly posEnd: number }): void {
    const known = this.#ranges.get(topic)
    if (known) known.set(pos, posEnd)
    else this.#ranges.set(topic, new Map([[pos, posEnd]]))
  }

  changes(): Change[] {
    return [...this.#ranges].map(([topic, ranges]) => ({ topic, ranges: [...ranges].map(([lo, hi]) => ({ lo, hi })) }))
  }
}

/** The words of a command's name. Example: `topicsOf('imports.figures')` is `['imports', 'figures']`. */
export const topicsOf = (name: string): string[] => name.split('.')

/** The area at a position with everything below it; everywhere for 0, where a command named no area. */
export const subtreeAt = (tree: AreaTree, pos: number): Range => {
  if (pos === 0) return { lo: 0, hi: 2_147_483_647 }
  const area = tree.at(pos)
  return { lo: pos, hi: area?.posEnd ?? pos }
}

/** Of a command that was committed, where it was done. */
interface Committed {
  readonly areaPos: number
  readonly touched: Touched
  readonly indicators: Pick<IndicatorChanges, 'sorted'>
}

/** What those who watch are told of a command: the areas its rules named, else the area of its audit row; and where counts changed. */
export const changesOf = (tree: AreaTree, name: string, { areaPos, touched, indicators }: Committed): Change[] => {
  const said = touched.changes()
  const left = topicsOf(name).filter((topic) => !said.some((change) => change.topic === topic))
  const counted = [...new Set(indicators.sorted().map((change) => change.areaPos))]
  return [
    ...said,
    ...left.map((topic) => ({ topic, ranges: [subtreeAt(tree, areaPos)] })),
    ...(counted.length > 0 ? [{ topic: 'indicators', ranges: counted.map((pos) => subtreeAt(tree, pos)) }] : []),
  ]
}
