import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compileModel, describeModel, readModel } from '#decisions'
import type { Book } from '#rulebooks/web'
import type { AssessmentShown } from '../contract.ts'
import { joined, reasonsOf } from './why-reasons.ts'

const read = readModel(readFileSync(join(import.meta.dirname, '../../rulebooks/rulebook/qd-4800-2021.dmn'), 'utf8'))
if (!read.ok) throw new Error(JSON.stringify(read.problem))
const model = read.value
const compiled = compileModel(model)
if (!compiled.ok) throw new Error(JSON.stringify(compiled.problem))
const { tables } = describeModel(model)
const book = {
  inputs: model.inputs.map(({ name, evidence }) => ({ name, kind: evidence?.kind ?? null })), tables,
} as Pick<Book, 'inputs' | 'tables'>

const because = (values: Record<string, unknown>): AssessmentShown['because'] => {
  const evaluated = compiled.value.evaluate(values, 'level')
  if (!evaluated.ok) throw new Error(JSON.stringify(evaluated.problem))
  return evaluated.value.trace.map(({ annotations: _, inputs, outputs, ...step }) => ({ ...step, inputs: { ...inputs }, outputs: { ...outputs } }))
}
const met = {
  assessed_on: '2021-11-22', community_cases_rate: 73.5, dose1_18plus_share: 0.99, full_65plus_share: 0.95, full_50plus_share: 0.9, cases_count: 21,
  care_capacity: 'met', previous_level: null,
}

test('the reasons are what the rows that held asked for, not what they left open', () => {
  // In November 2021 it is the share of those over 50 that counts; met, the number of cases does not matter.
  expect(reasonsOf(because(met), book)).toEqual(['community_cases_rate', 'dose1_18plus_share', 'full_50plus_share', 'care_capacity'])
})

test('a missed floor and a level that may not go down are reasons too', () => {
  const held = because({ ...met, full_50plus_share: 0.5, care_capacity: 'not_met', previous_level: 4 })
  expect(reasonsOf(held, book)).toEqual(['community_cases_rate', 'dose1_18plus_share', 'full_50plus_share', 'cases_count', 'care_capacity', 'previous_level'])
})

test('reasons are joined as a sentence joins them', () => {
  expect(joined([], 'và')).toBe('')
  expect(joined(['a'], 'và')).toBe('a')
  expect(joined(['a', 'b'], 'và')).toBe('a và b')
  expect(joined(['a', 'b', 'c'], 'và')).toBe('a; b và c')
})
