import { expect, test } from 'vitest'
import { traceChains } from '../index.ts'

test('a tree: sizes, lengths, generations, offspring', () => {
  const traced = traceChains([
    { id: 'a' }, { id: 'b', infector: 'a' }, { id: 'c', infector: 'b' }, { id: 'd', infector: 'a' }, { id: 'alone' },
  ])
  expect(traced.chains[0]).toEqual({ index: 'a', size: 4, length: 2, generations: [1, 2, 1], cases: ['a', 'b', 'd', 'c'] })
  expect(traced.chains[1]).toEqual({ index: 'alone', size: 1, length: 0, generations: [1], cases: ['alone'] })
  expect(traced.offspring).toEqual([2, 1, 0, 0, 0])
  expect(traced.reproductionByGeneration).toEqual([2 / 2, 1 / 2, 0])
  expect([traced.infectorMissing, traced.circles]).toEqual([[], []])
})

test('an infector who is not on the list begins a chain of the infectee', () => {
  const traced = traceChains([{ id: 'b', infector: 'gone' }, { id: 'c', infector: 'b' }])
  expect(traced.infectorMissing).toEqual(['b'])
  expect(traced.chains.map(({ index, size }) => [index, size])).toEqual([['b', 2]])
})

test('a circle is cut before the earliest onset and reported; one who infected himself is a circle too', () => {
  const traced = traceChains([
    { id: 'x', infector: 'z', onsetDay: 5 }, { id: 'y', infector: 'x', onsetDay: 3 }, { id: 'z', infector: 'y', onsetDay: 9 }, { id: 'tail', infector: 'z' }, { id: 'self', infector: 'self' },
  ])
  expect(traced.circles).toEqual([['x', 'y', 'z'], ['self']])
  expect(traced.chains.map(({ index, cases }) => [index, cases])).toEqual([['y', ['y', 'z', 'x', 'tail']], ['self', ['self']]])
  expect(traced.offspring).toEqual([0, 1, 2, 0, 0])
})

test('nobody; the same id twice', () => {
  expect(traceChains([])).toEqual({ chains: [], offspring: [], reproductionByGeneration: [], infectorMissing: [], circles: [] })
  expect(() => traceChains([{ id: 'a' }, { id: 'a' }])).toThrow(RangeError)
})
