import { expect, test } from 'vitest'
import type { AnswerOf } from '#base'
import type { getCase } from '../../contract.ts'
import { timelineOf } from './timeline.ts'

type Answer = AnswerOf<typeof getCase>

test('what happened stands before what was recorded of it, days in order', () => {
  const shown = {
    onsetOn: '2021-10-09', sampleOn: '2021-10-10', resultOn: '2021-10-11', reportedOn: '2021-10-11', admittedOn: null, transferredOn: null, outcome: 'recovered', outcomeOn: '2021-10-20',
  } as Answer['case']
  const course = [{ day: '2021-10-15', severity: 'severe' }] as Answer['course']
  const history = [
    { version: 2, action: 'corrected', at: '2021-10-15T03:00:00Z' }, { version: 1, action: 'reported', at: '2021-10-11T03:00:00Z' },
  ] as Answer['history']
  expect(timelineOf({ case: shown, course, history }).map(([day, events]) => [day, ...events.map(({ kind }) => kind)])).toEqual([
    ['2021-10-09', 'onset'], ['2021-10-10', 'sample'], ['2021-10-11', 'result', 'reported', 'record'], ['2021-10-15', 'course', 'record'], ['2021-10-20', 'outcome'],
  ])
})
