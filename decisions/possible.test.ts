import { expect, test } from 'vitest'
import { compileModel, maxCombinations, nearestChanges, possible, readModel, type CompiledModel, type Possible } from './index.ts'
import { definitions, input, levels, literal, table } from './models.fixture.ts'

const compile = (xml: string): CompiledModel => {
  const read = readModel(xml)
  const compiled = read.ok ? compileModel(read.value) : read
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problem))
  return compiled.value
}

const shipped = compile(levels)
const open = (known: Record<string, unknown>, bounds = {}): Possible => {
  const found = possible(shipped, known, { bounds })
  if (!found.ok) throw new Error(found.problem.code)
  return found.value
}

test('R11 missing evidence leaves the answers that its cells can give', () => {
  expect(open({ cases: 73.5 })).toMatchObject({
    kind: 'possible',
    results: [2, 3],
    decisive: ['vaccinated'],
    missing: ['vaccinated', 'earlier'],
    combinations: 2,
  })
  expect(open({ vaccinated: 0.9 })).toMatchObject({ results: [1, 2, 3], decisive: ['cases'], combinations: 4 })
  expect(open({})).toMatchObject({ results: [1, 2, 3, 4], decisive: ['cases', 'vaccinated'], combinations: 8 })
})

test('R11 evidence that cannot change the answer leaves one, and is not decisive', () => {
  expect(open({ cases: 3 })).toMatchObject({ results: [1], decisive: [], missing: ['vaccinated', 'earlier'] })
  expect(open({ cases: 30, vaccinated: 0.9 })).toMatchObject({ results: [1], missing: ['earlier'], combinations: 1 })
})

test('R11 what is known of a missing number narrows the answers', () => {
  expect(open({ vaccinated: 0.9 }, { cases: { min: 60 } })).toMatchObject({ results: [2, 3] })
  expect(open({ vaccinated: 0.9 }, { cases: { min: 60, max: 149 } })).toMatchObject({ results: [2] })
  expect(open({ vaccinated: 0.9 }, { cases: { min: 150 } })).toMatchObject({ results: [3] })
  expect(open({ vaccinated: 0.9 }, { cases: { max: 50 } })).toMatchObject({ results: [1, 2] })
  expect(open({ vaccinated: 0.9 }, { cases: { min: 5, max: 4 } })).toMatchObject({
    kind: 'undetermined',
    reason: { code: 'bounds_exclude_all' },
  })
})

test('R11 an example of each answer leads evaluate to the rows that decide', () => {
  const found = open({ cases: 73.5 })
  if (found.kind !== 'possible') throw new Error('undetermined')
  found.results.forEach((result, i) => {
    const evaluated = shipped.evaluate({ cases: 73.5, ...found.examples[i] })
    expect(evaluated.ok && evaluated.value.result).toBe(result)
  })
  // Examples keep to the bounds of the question, although answers are remembered by cell.
  for (const min of [51, 60, 149]) {
    const bounded = open({ vaccinated: 0.1 }, { cases: { min, max: 149 } })
    expect(bounded.kind === 'possible' && bounded.examples[0]?.['cases']).toBeGreaterThanOrEqual(min)
  }
})

test('R11 too many combinations, or a use that cannot be enumerated, is undetermined with the reason', () => {
  const names = Array.from({ length: 6 }, (_, i) => `n${i}`)
  const many = definitions(
    names.map((name) => input(name, 'number')).join('') +
      table({
        name: 't',
        policy: 'FIRST',
        needs: names,
        asks: names.map((name) => [name, 'number']),
        rows: [1, 2, 3, 4].map((n) => [...names.map(() => `${n}`), `${n}`]),
      }),
  )
  const found = possible(compile(many), {})
  expect(found.ok && found.value).toMatchObject({
    kind: 'undetermined',
    reason: { code: 'too_many_combinations', params: { combinations: 5 ** 6, limit: maxCombinations } },
  })
})

test('R11 an input that FEEL text looks at is enumerated only where its type lists its values', () => {
  const free = compile(definitions(input('n', 'number') + literal('d', 'n * 2', ['n'], 'number')))
  expect(possible(free, {})).toMatchObject({
    value: { kind: 'undetermined', reason: { code: 'input_not_enumerable', params: { input: 'n' } } },
  })
  const listed = compile(definitions(input('b', 'boolean') + literal('d', 'if b then 1 else 2', ['b'], 'number')))
  expect(possible(listed, {})).toMatchObject({ value: { kind: 'possible', results: [1, 2] } })
})

test('R12 the nearest change up and down, boundary included or not', () => {
  expect(nearestChanges(shipped, { cases: 73.5, vaccinated: 0.99 })).toEqual({
    ok: true,
    value: [
      { input: 'cases', direction: 'up', from: 73.5, to: 150, inclusive: true, result: 3 },
      { input: 'cases', direction: 'down', from: 73.5, to: 50, inclusive: false, result: 1 },
      { input: 'vaccinated', direction: 'down', from: 0.99, to: 0.7, inclusive: false, result: 3 },
    ],
  })
  // Only those that are wanted.
  const rises = nearestChanges(shipped, { cases: 73.5, vaccinated: 0.99 }, undefined, undefined, (input, direction) => input === 'cases' && direction === 'up')
  expect(rises).toEqual({ ok: true, value: [{ input: 'cases', direction: 'up', from: 73.5, to: 150, inclusive: true, result: 3 }] })
  expect(nearestChanges(shipped, { cases: 150, vaccinated: 0.7 })).toMatchObject({
    value: [
      { input: 'cases', direction: 'down', to: 150, inclusive: false, result: 2 },
      { input: 'vaccinated', direction: 'down', to: 0.7, inclusive: false, result: 4 },
    ],
  })
  expect(nearestChanges(shipped, { cases: 3 })).toMatchObject({ value: [] })
})
