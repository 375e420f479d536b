import { describe, expect, test } from 'vitest'
import { finalSize, finalSizeOfGroups } from '../index.ts'

describe('final size', () => {
  test('known values: R₀ 1.5 infects 58.3 %, 2 infects 79.7 %, the threshold nobody', () => {
    expect(finalSize(1.5)).toBeCloseTo(0.582811643, 8)
    expect(finalSize(2)).toBeCloseTo(0.7968121300, 9)
    expect(finalSize(1)).toBe(0)
    expect(finalSize(4, 0.25)).toBe(0)
    // Just above the threshold: 2 (R − 1)/R².
    expect(finalSize(1.0001)).toBeCloseTo(2 * 0.0001, 6)
    expect(finalSize(3, 0.5)).toBeCloseTo(finalSize(1.5), 14)
  })

  // POLYMOD, United Kingdom, ages 0–19, 20–39, 40 and over (Mossong et al. 2008), as printed by R's socialmixr, symmetric; populations of 2005.
  const contacts = [[7.883663, 3.12022, 3.063895], [2.794154, 4.854839, 4.599893], [1.565665, 2.624868, 5.005571]]
  const people = [14_799_290, 16_526_302, 28_961_159]
  test('three age groups as an SIR epidemic run to its end', () => {
    const found = finalSizeOfGroups({ reproduction: 1.5, contacts })
    // The same epidemic by Runge–Kutta steps of a twentieth of an infectious period.
    // scipy 1.17, linalg.eigvals.
    const eigenvalue = 11.799683253540188
    const rate = contacts.map((row) => row.map((entry) => (1.5 * entry) / eigenvalue))
    let state = [...people.map(() => 1 - 1e-7), ...people.map(() => 1e-7)]
    const slope = (y: readonly number[]): number[] => {
      const infections = rate.map((row, i) => (y[i] as number) * row.reduce((sum, entry, j) => sum + entry * (y[3 + j] as number), 0))
      return [...infections.map((one) => -one), ...infections.map((one, i) => one - (y[3 + i] as number))]
    }
    const along = (y: readonly number[], k: readonly number[], h: number): number[] => y.map((value, i) => value + h * (k[i] as number))
    for (let n = 0; n < 2_400; n++) {
      const h = 0.05
      const a = slope(state)
      const b = slope(along(state, a, h / 2))
      const c = slope(along(state, b, h / 2))
      const d = slope(along(state, c, h))
      state = state.map((value, i) => value + (h / 6) * ((a[i] as number) + 2 * (b[i] as number) + 2 * (c[i] as number) + (d[i] as number)))
    }
    found.forEach((share, i) => expect(share).toBeCloseTo(1 - (state[i] as number), 3))
  })
  test('groups that never meet; the vaccinated; below the threshold', () => {
    expect([...finalSizeOfGroups({ reproduction: 2, contacts: [[2, 0], [0, 1]] })]).toEqual([expect.closeTo(0.79681213, 8), 0])
    const vaccinated = finalSizeOfGroups({ reproduction: 3, contacts: [[1, 1], [1, 1]], susceptibility: [1, 0.2] })
    expect(vaccinated[0] as number).toBeGreaterThan(vaccinated[1] as number)
    // Leaky: 1 − z₂ = (1 − z₁)^0.2.
    expect(1 - (vaccinated[1] as number)).toBeCloseTo((1 - (vaccinated[0] as number)) ** 0.2, 12)
    expect([...finalSizeOfGroups({ reproduction: 2, contacts: [[1, 1], [1, 1]], susceptible: [0.5, 0.4] })]).toEqual([0, 0])
    expect([...finalSizeOfGroups({ reproduction: 2, contacts: [[0, 1], [1, 0]] })].map((share) => share.toFixed(6))).toEqual(['0.796812', '0.796812'])
  })
  test('nonsense', () => {
    expect(() => finalSize(-1)).toThrow(RangeError)
    expect(() => finalSize(2, 1.1)).toThrow(RangeError)
    expect(() => finalSizeOfGroups({ reproduction: 2, contacts: [[1, 2]] })).toThrow(RangeError)
    expect(() => finalSizeOfGroups({ reproduction: 2, contacts: [[0, 0], [0, 0]] })).toThrow(RangeError)
  })
})
