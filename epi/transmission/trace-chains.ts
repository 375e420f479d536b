/** A case as the tracers know it. `infector` names another case, of the list or not. */
export interface TracedCase {
  readonly id: string
  readonly infector?: string | undefined
  /** Day of onset as a whole number of days from any origin; says where a circle of infectors is cut. */
  readonly onsetDay?: number | undefined
}

export interface Chain {
  /** The first case: nobody on the list is known to have infected it. */
  readonly index: string
  readonly size: number
  /** Generations after the index case: 0 where it infected nobody. */
  readonly length: number
  /** Cases in each generation, the index case first. */
  readonly generations: readonly number[]
  /** Every case of the chain, generation by generation. */
  readonly cases: readonly string[]
}

export interface TracedChains {
  /** Largest first; chains of one case are chains too. */
  readonly chains: readonly Chain[]
  /** How many each case is known to have infected, in the order of the list: what `fitOffspring` asks for. */
  readonly offspring: readonly number[]
  /** Mean offspring of each generation over all chains: the index cases first. The last generation has none by definition. */
  readonly reproductionByGeneration: readonly number[]
  /** Cases whose infector is not on the list: each begins a chain of its own. */
  readonly infectorMissing: readonly string[]
  /** Circles of infectors, which cannot be; the link into the earliest onset (else the first of the list) was left out. */
  readonly circles: readonly (readonly string[])[]
}

/**
 * The chains of transmission that a list of cases and their infectors makes.
 *
 *   every case has at most one infector, so each component is a tree hanging from its index case — or holds one circle, which is cut and reported
 *
 * Convention: size counts the index case, length does not (Blumberg & Lloyd-Smith 2013). Recent cases may yet infect: offspring of the last serial interval are too few.
 * @throws RangeError where two cases have the same id.
 * @example a → b → c, a → d: one chain of size 4, length 2, generations [1, 2, 1], offspring [2, 1, 0, 0]
 */
export const traceChains = (cases: readonly TracedCase[]): TracedChains => {
  const place = new Map(cases.map(({ id }, i) => [id, i]))
  if (place.size < cases.length) throw new RangeError('each case needs an id of its own')
  const infector = cases.map((one) => (one.infector === undefined ? -1 : (place.get(one.infector) ?? -1)))
  const infectorMissing = cases.filter((one) => one.infector !== undefined && !place.has(one.infector)).map(({ id }) => id)
  const circles = cutCircles(cases, infector)

  const infected: number[][] = cases.map(() => [])
  infector.forEach((from, to) => {
    if (from >= 0) infected[from]?.push(to)
  })
  const chains: Chain[] = []
  infector.forEach((from, root) => {
    if (from >= 0) return
    const generations: number[] = []
    const members: number[] = []
    for (let generation = [root]; generation.length > 0; generation = generation.flatMap((one) => infected[one] ?? [])) {
      generations.push(generation.length)
      members.push(...generation)
    }
    const ids = members.map((one) => (cases[one] as TracedCase).id)
    chains.push({ index: ids[0] as string, size: members.length, length: generations.length - 1, generations, cases: ids })
  })
  chains.sort((a, b) => b.size - a.size)

  const longest = Math.max(0, ...chains.map(({ length }) => length))
  const total = Array.from({ length: longest + 2 }, (_, n) => chains.reduce((sum, { generations }) => sum + (generations[n] ?? 0), 0))
  return {
    chains,
    offspring: infected.map(({ length }) => length),
    reproductionByGeneration: cases.length === 0 ? [] : Array.from({ length: longest + 1 }, (_, n) => (total[n + 1] as number) / (total[n] as number)),
    infectorMissing,
    circles,
  }
}

/** Follows infectors upwards once; a way that meets itself is a circle, whose earliest case loses its infector. */
const cutCircles = (cases: readonly TracedCase[], infector: number[]): string[][] => {
  const seenOn = new Int32Array(cases.length).fill(-1)
  const circles: string[][] = []
  for (let start = 0; start < cases.length; start++) {
    let at = start
    while (at >= 0 && seenOn[at] === -1) {
      seenOn[at] = start
      at = infector[at] as number
    }
    if (at < 0 || seenOn[at] !== start) continue
    const circle = [at]
    for (let next = infector[at] as number; next !== at; next = infector[next] as number) circle.push(next)
    circle.sort((a, b) => a - b)
    const onset = (one: number): number => cases[one]?.onsetDay ?? Infinity
    const first = circle.reduce((earliest, one) => (onset(one) < onset(earliest) ? one : earliest))
    infector[first] = -1
    circles.push(circle.map((one) => (cases[one] as TracedCase).id))
  }
  return circles
}
