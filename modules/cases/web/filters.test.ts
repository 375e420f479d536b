import { expect, test } from 'vitest'
import { countCases, listCases } from '../contract.ts'
import { FILTERS, queryOf, setFilters, sortOf } from './filters.ts'

test('the address becomes the question', () => {
  const filters = { ...FILTERS, search: ' tran thi ', reportedFrom: '2021-10-12', severity: 'severe,critical', status: 'active', possibleDuplicate: 'true' }
  const query = queryOf(filters, 7)
  expect(query).toEqual({ search: 'tran thi', reportedFrom: '2021-10-12', severity: ['severe', 'critical'], status: 'active', possibleDuplicate: 'true', areaId: 7 })
  expect(countCases.query?.safeParse(query).success).toBe(true)
  expect(listCases.query?.safeParse({ ...query, ...sortOf('name', 'asc') }).success).toBe(true)
})

test('an address typed by hand cannot ask nonsense', () => {
  const filters = { ...FILTERS, reportedFrom: '12/10/2021', severity: 'severe,terrible', status: 'lost', hasNationalNumber: 'maybe' }
  expect(setFilters(filters)).toEqual([])
  expect(queryOf(filters, undefined)).toEqual({})
  expect(sortOf('colour', 'up')).toEqual({ sort: 'reported', direction: 'desc' })
})
