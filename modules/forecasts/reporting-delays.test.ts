import { expect, test } from 'vitest'
import { delaysOf } from './reporting-delays.ts'

test('what became known from one evening to the next stands at its delay; later than the longest counts as the longest', () => {
  // Twelve days of ten cases each: six known the same evening, three one day later, one after ten days.
  const known = (back: number): number => (back < 0 ? 0 : back === 0 ? 6 : back < 10 ? 9 : 10)
  const snapshots = Array.from({ length: 12 }, (_, j) => Array.from({ length: 12 }, (_, day) => known(11 - day - j)))
  const delays = delaysOf(snapshots)
  expect(delays?.[11]).toEqual([6, 0, 0, 0, 0, 0, 0, 0])
  expect(delays?.[10]).toEqual([6, 3, 0, 0, 0, 0, 0, 0])
  expect(delays?.[0]).toEqual([6, 3, 0, 0, 0, 0, 0, 1])
})

test('a count that was corrected downwards is no report, and a day nobody knows of leaves nothing to say', () => {
  const falling = [[5, 8, ...Array.from({ length: 8 }, () => 1)], [9, 8, ...Array.from({ length: 7 }, () => 1), null]]
  expect(delaysOf(falling)?.flat().every((count) => count >= 0)).toBe(true)
  expect(delaysOf([[null, ...Array.from({ length: 9 }, () => 1)]])).toBeNull()
})
