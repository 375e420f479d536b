import { expect, test } from 'vitest'
import { DISEASE_PROFILES } from '#epi'
import { reasonIn } from './reasons.ts'

test('every reason of an assumed figure can be read in both languages', () => {
  const reasons = Object.values(DISEASE_PROFILES).flatMap(({ disease: _, caveat: __, ...figures }) => Object.values(figures)).flatMap(({ source, confidence }) => (confidence === 'assumed' ? [source] : []))
  expect(reasons.length).toBeGreaterThan(30)
  for (const reason of reasons) {
    expect(reasonIn('en', reason)).toBe(reason)
    expect([reason, reasonIn('vi', reason) === reason]).toEqual([reason, false])
  }
})
