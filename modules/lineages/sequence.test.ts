import { describe, expect, test } from 'vitest'
import { callSentence, dayInName, isOlder, labelIn, nameOf, qualityOf } from './sequence.ts'

describe('what programs write', () => {
  test.each([['B.1.617.2', 'B.1.617.2'], ['Unassigned', null], ['None', null], ['', null], [undefined, null]])('lineage %j is %j', (written, name) => {
    expect(nameOf(written)).toBe(name)
  })
  test.each([['good', 'good'], ['mediocre', 'mediocre'], ['bad', 'bad'], ['pass', 'good'], ['passed_qc', 'good'], ['fail', 'bad'], ['', 'unknown'], [undefined, 'unknown']])('quality %j is %s', (written, quality) => {
    expect(qualityOf(written)).toBe(quality)
  })
  test.each([
    [['Delta'], 'Delta'], [['', '21J (Delta)'], 'Delta'], [['Delta (B.1.617.2-like)'], 'Delta'], [['Probable Omicron (BA.1-like)'], 'Omicron'], [[undefined, '20A'], null],
    // No label inside another word.
    [['Theta (P.3-like)'], 'Theta'], [['Metadata'], null],
  ])('label in %j is %j', (written, label) => {
    expect(labelIn(...written)).toBe(label)
  })
  test('the day of a GISAID name', () => {
    expect(dayInName('hCoV-19/Bangladesh/CHRF-0966/2022|EPI_ISL_9594569|2022-01-10')).toBe('2022-01-10')
    expect(dayInName('hCoV-19/Vietnam/KG-001/2021')).toBeUndefined()
    expect(dayInName('x|2022-01')).toBeUndefined()
  })
})

test.each([
  ['PUSHER-v1.8', 'PUSHER-v1.23', true], ['PUSHER-v1.23', 'PUSHER-v1.8', false], ['PLEARN-v1.2.66', 'PLEARN-v1.2.66', false], ['v1.2', 'v1.2.66', false],
  [null, 'v1.2', false], ['v1.2', null, false], ['dev', 'v1.2', false], ['2021-08-24', '2021-09-01', false],
])('%j is older than %j: %s', (version, than, older) => {
  expect(isOlder(version, than)).toBe(older)
})

test('a call in one line', () => {
  const call = { sequenceId: 'a', tool: 'nextclade', toolVersion: null, quality: 'good' } as const
  expect(callSentence({ ...call, lineage: 'AY.57', clade: '21J', whoLabel: 'Delta' })).toBe('AY.57 · 21J · Delta')
  expect(callSentence({ ...call, lineage: null, clade: null, whoLabel: null })).toBe('–')
})
