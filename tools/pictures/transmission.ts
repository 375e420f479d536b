import { finalSize, fitOffspring, offspringLogProbability, type OffspringDistribution } from '#epi'
import { Panel, picture, steps } from './plot.ts'

/** Adam et al. (2020), Nat Med 26:1714: how many of 290 traced cases in Hong Kong infected 0, 1, 2 … others. */
const INFECTED: readonly number[] = [199, 57, 18, 6, 5, 1, 2, 0, 0, 0, 1, 1]
const MOST = INFECTED.length - 1

/** How unevenly cases infect, held against the fit and against chance alone; and how far an epidemic goes that nothing stops. */
export const transmissionPicture = (): string => {
  const cases = INFECTED.reduce((sum, count) => sum + count, 0)
  const fit = fitOffspring(INFECTED.flatMap((count, infected) => Array.from({ length: count }, () => infected)))
  if (!fit) throw new Error('nobody infected anybody')
  const expected = (distribution: OffspringDistribution) => INFECTED.map((_, infected) => [infected, cases * Math.exp(offspringLogProbability(infected, 1, distribution))] as const)
  // Counts from one to hundreds: the axis is the square root, so that single cases are seen and nothing must be left out.
  const root = (value: number): number => Math.sqrt(value)
  const offspring = new Panel({
    title: `Infected by one case, Hong Kong 2020: R ${fit.reproduction.toFixed(2)}, k ${fit.dispersion.toFixed(2)}`, height: 190, span: [0, 0.56], x: [-0.6, MOST + 0.6], y: [0, 15],
    xTicks: Array.from({ length: MOST + 1 }, (_, at) => ({ at, label: String(at) })), yTicks: [0, 1, 10, 50, 100, 200].map((at) => ({ at: root(at), label: String(at) })),
  })
    .bars(INFECTED.map((count, x) => ({ x, to: root(count) })), 'bar')
    .line(expected({ ...fit, dispersion: Infinity }).map(([x, y]) => [x, root(y)]), 'second').dots(expected(fit).map(([x, y]) => [x, root(y)]), 'accent', 3.5)
    .note(MOST + 0.4, 13.2, '■ cases\u2003● negative binomial', 'end').note(MOST + 0.4, 12, '– – if all infected alike (Poisson)', 'end')
  const numbers = Array.from({ length: 101 }, (_, i) => 1 + i * 0.04)
  const size = new Panel({
    title: 'Final size by R₀: share ever infected', height: 190, span: [0.56, 1], x: [1, 5], y: [0, 1], xTicks: [1, 2, 3, 4, 5].map((at) => ({ at, label: String(at) })),
    yTicks: steps(1, 4).map(({ at }) => ({ at, label: `${Math.round(at * 100)} %` })),
  })
    .line(numbers.map((r) => [r, finalSize(r)]), 'accent').line(numbers.map((r) => [r, 0.6 * finalSize(r, 0.6)]), 'second')
    .note(2.4, 0.95, 'all susceptible', 'end').note(3, 0.34, 'four in ten immune')
  return picture('Offspring of 290 cases with the fitted distribution, and final size by reproduction number', [offspring, size])
}
