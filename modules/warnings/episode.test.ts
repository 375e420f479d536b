import { expect, test } from 'vitest'
import { day } from '#base'
import { foundOn, joinEpisodes, type Found, type Known } from './episode.ts'

const known = (more: Partial<Known> = {}): Known => ({
  id: 'a', areaId: 1, method: 'ears', firstOn: day('2021-10-01'), lastOn: day('2021-10-05'), severity: 2, status: 'open', decidedSeverity: null, ...more,
})
const found = (firstOn: string, lastOn: string, severity = 1): Found => ({
  areaId: 1, method: 'ears', sensitivity: 'standard', firstOn: day(firstOn), lastOn: day(lastOn), observed: 9, expected: 2, bound: 5, severity,
  evidence: { on: day(lastOn), step: 1, observed: [9], expected: [2], bound: [5] },
})

test('an alarm stands on the calendar of the run', () => {
  const { firstOn: _, lastOn: __, evidence: { on: ___, ...evidence }, ...rest } = found('2021-10-05', '2021-10-05')
  expect(foundOn(day('2021-10-12'), { ...rest, evidence, first: 3, last: 1 })).toMatchObject({ firstOn: '2021-10-09', lastOn: '2021-10-11', evidence: { on: '2021-10-12' } })
})

test('R1 what sounds within eight days of an episode belongs to it, else it is a new one', () => {
  expect(joinEpisodes([known()], [found('2021-10-12', '2021-10-13')]).grown).toMatchObject([{ firstOn: '2021-10-01', lastOn: '2021-10-13', severity: 2, newer: true }])
  expect(joinEpisodes([known()], [found('2021-10-13', '2021-10-13')]).fresh).toHaveLength(1)
  expect(joinEpisodes([known({ method: 'scan' }), known({ areaId: 2 })], [found('2021-10-05', '2021-10-06')]).fresh).toHaveLength(1)
})

test('R1 a run of an earlier day lengthens an episode and tells nothing older than what is known', () => {
  expect(joinEpisodes([known()], [found('2021-09-28', '2021-10-02', 3)]).grown).toMatchObject([{ firstOn: '2021-09-28', lastOn: '2021-10-05', severity: 3, newer: false }])
})

test('R2 only what is worse than what was decided on opens an episode again', () => {
  const reopened = (status: Known['status'], decidedSeverity: number | null, severity: number): boolean | undefined =>
    joinEpisodes([known({ status, decidedSeverity })], [found('2021-10-06', '2021-10-06', severity)]).grown[0]?.reopened
  expect([reopened('acknowledged', 2, 2), reopened('acknowledged', 2, 3), reopened('dismissed', 1, 1), reopened('investigating', 1, 2), reopened('open', null, 3)]).toEqual([false, true, false, true, false])
})
