import { expect, test } from 'vitest'
import { faultsByField } from './problem-form.ts'

const fault = (code: string, field?: string) => ({ code, title: code, status: 422, ...(field === undefined ? {} : { field }) })

test('every fault stands under its field, the first one of a field', () => {
  const faults = faultsByField({ ...fault('invalid_input'), problems: [fault('too_small', 'name'), fault('bad_date', 'onsetOn'), fault('other', 'name')] })
  expect([...faults].map(([field, { code }]) => [field, code])).toEqual([['name', 'too_small'], ['onsetOn', 'bad_date']])
})

test('a refusal of the whole stands under no field', () => {
  expect(faultsByField(fault('forbidden')).get('')?.code).toBe('forbidden')
  expect(faultsByField(undefined).size).toBe(0)
})
