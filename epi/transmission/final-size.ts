import { weightedLeastSquares } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'

const ENOUGH = 1e-14

/**
 * The share of the susceptible who are infected before an epidemic ends by itself, in a population that mixes evenly.
 *
 *   z = 1 − exp(−R₀ s z), the largest root;   s the share susceptible at the start
 *
 * Source: Kermack & McKendrick (1927); Miller (2012), Bull Math Biol 74:2125–2141. Convention: nothing else changes — no measures, no births, a vanishing number of first cases. Multiply by s for the
 * share of the population. 0 where R₀ s ≤ 1.
 * @throws RangeError for R₀ < 0 or a share outside 0…1.
 * @example finalSize(2) ≈ 0.7968; finalSize(1.5) ≈ 0.5828
 */
export const finalSize = (reproduction: number, susceptible = 1): number => {
  demand(reproduction >= 0 && Number.isFinite(reproduction), 'the reproduction number must be finite and not negative')
  demand(susceptible >= 0 && susceptible <= 1, 'the susceptible share lies between 0 and 1')
  const strength = reproduction * susceptible
  if (strength <= 1) return 0
  // Newton from above: z − 1 + exp(−Rz) is convex and rises at its largest root, so no step passes it.
  let z = 1
  for (let n = 0; n < 100; n++) {
    const left = Math.exp(-strength * z)
    const next = z - (z - 1 + left) / (1 - strength * left)
    if (!(z - next > ENOUGH)) break
    z = next
  }
  return z
}

export interface MixingGroups {
  /** R₀ of the whole, everyone susceptible. */
  readonly reproduction: number
  /** contacts[i][j]: contacts a day of one person of group i with persons of group j. Only their proportions matter: the matrix is scaled so that its largest eigenvalue is R₀. */
  readonly contacts: readonly (readonly number[])[]
  /** Share of each group susceptible at the start; 1 where left out. */
  readonly susceptible?: readonly number[]
  /** Relative susceptibility of each group (a leaky vaccine's 1 − effectiveness); 1 where left out. */
  readonly susceptibility?: readonly number[]
}

/** The largest eigenvalue of a matrix without negative entries, by power iteration; shifted by 1 so that circular matrices converge too. */
const largestEigenvalue = (matrix: readonly (readonly number[])[]): number => {
  const size = matrix.length
  let vector = new Float64Array(size).fill(1)
  let value = 0
  for (let n = 0; n < 10_000; n++) {
    const next = vector.map((own, i) => own + (matrix[i] as readonly number[]).reduce((sum, entry, j) => sum + entry * (vector[j] as number), 0))
    const length = next.reduce((most, entry) => Math.max(most, entry), 0)
    vector = next.map((entry) => entry / length)
    if (Math.abs(length - 1 - value) < 1e-15 * length) return length - 1
    value = length - 1
  }
  return value
}

/**
 * The share of the susceptible of each group who are infected before an epidemic ends by itself, where groups meet each other unevenly.
 *
 *   zᵢ = 1 − exp(−σᵢ Σⱼ Kᵢⱼ sⱼ zⱼ),   K = R₀ · C / ρ(C);   the largest solution, by Newton's method downwards from 1 (each row is convex)
 *
 * Source: Andreasen (2011), Bull Math Biol 73:2305–2321; Miller (2012), Bull Math Biol 74:2125–2141. Convention: transmission from j to i ∝ contacts of a person of i with j; with contacts that are
 * mutual (Nᵢ Cᵢⱼ = Nⱼ Cⱼᵢ) the sizes of the groups drop out. As `finalSize` for the rest. All 0 where σ, s and R₀ leave the epidemic below its threshold.
 * @throws RangeError for a matrix that is not square, has negative entries or only zeros, and lists of another length.
 * @example One group, R₀ 2: 0.7968. Two groups that never meet, contacts [[2, 0], [0, 1]], R₀ 2: 0.7968 and 0
 */
export const finalSizeOfGroups = ({ reproduction, contacts, susceptible, susceptibility }: MixingGroups): Float64Array => {
  const size = contacts.length
  demand(reproduction >= 0 && Number.isFinite(reproduction), 'the reproduction number must be finite and not negative')
  demand(size > 0 && contacts.every((row) => row.length === size && row.every((entry) => entry >= 0 && Number.isFinite(entry))), 'contacts are a square matrix without negative entries')
  for (const list of [susceptible, susceptibility]) demand(list === undefined || (list.length === size && list.every((value) => value >= 0 && value <= 1)), 'each group needs a share between 0 and 1')
  const eigenvalue = largestEigenvalue(contacts)
  demand(eigenvalue > 0, 'somebody must meet somebody')
  const strength = contacts.map((row, i) => row.map((entry, j) => ((susceptibility?.[i] ?? 1) * reproduction * entry * (susceptible?.[j] ?? 1)) / eigenvalue))
  let z = new Float64Array(size).fill(1)
  const ones = new Float64Array(size).fill(1)
  for (let n = 0; n < 200; n++) {
    const left = strength.map((row) => Math.exp(-row.reduce((sum, entry, j) => sum + entry * (z[j] as number), 0)))
    const slopes = strength.map((row, i) => row.map((entry, j) => (i === j ? 1 : 0) - (left[i] as number) * entry))
    const step = weightedLeastSquares(slopes, left.map((share, i) => (z[i] as number) - 1 + share), ones)
    if (!step) break
    z = z.map((value, i) => Math.max(0, value - (step.coefficients[i] as number)))
    if (step.coefficients.every((change) => Math.abs(change) < ENOUGH)) break
  }
  // At the threshold itself the root is double and the way down ends where the slopes become dependent; what is left is nothing.
  return z.map((value) => (value < 1e-6 ? 0 : value))
}
