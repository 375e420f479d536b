import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileModel, nearestChanges, possible, readModel, type CompiledModel } from './index.ts'
import { dayValue, testText, type FeelValue } from './feel.ts'
import { levels } from './models.fixture.ts'
import { indexRows } from './row-index.ts'
import { compileCell, readCell } from './unary-test.ts'

/** Cells and values of one type. Across types FEEL answers null and a cell does not hold, but the library lets JavaScript compare. */
const kinds = {
  number: {
    texts: fc.constantFrom('-2', '0', '1', '1.5', '2', '10', '-0.5'),
    values: fc.constantFrom(-2, -1, 0, 0.5, 1, 1.5, 1.75, 2, 10, 11, null),
  },
  date: {
    texts: fc.constantFrom('date("2021-10-31")', '@"2021-11-01"', 'date("2022-01-27")'),
    values: fc.constantFrom('2021-10-31', '2021-11-01', '2021-12-01', '2022-01-27').map(dayValue),
  },
  string: { texts: fc.constantFrom('"a"', '"b, c"', '""', 'null'), values: fc.constantFrom('a', 'b, c', '', 'z', null) },
  boolean: { texts: fc.constantFrom('true', 'false', 'null'), values: fc.constantFrom(true, false, null) },
}
const testOf = (kind: keyof typeof kinds): fc.Arbitrary<string> => {
  const { texts } = kinds[kind]
  const equality = fc.tuple(fc.constantFrom('', '= ', '!='), texts).map(([sign, to]) => `${sign}${to}`)
  if (kind === 'string' || kind === 'boolean') return equality
  return fc.oneof(
    equality,
    fc.tuple(fc.constantFrom('<', '<= ', '>', '>='), texts).map(([sign, to]) => `${sign}${to}`),
    fc
      .tuple(fc.constantFrom('[', '(', ']'), texts, texts, fc.constantFrom(']', ')', '['))
      .map(([open, low, high, close]) => `${open}${low}..${high}${close}`),
  )
}
const listOf = (test: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(test, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([tests, negated]) => (negated ? `not(${tests.join(', ')})` : tests.join(', ')))
const names = fc.constantFrom<keyof typeof kinds>('number', 'date', 'string', 'boolean')
const cellText = names.chain((kind) => listOf(testOf(kind)))
const value: fc.Arbitrary<FeelValue> = names.chain((kind): fc.Arbitrary<FeelValue> => kinds[kind].values)
const cellAndValue = names.chain((kind) => fc.tuple(listOf(testOf(kind)), kinds[kind].values as fc.Arbitrary<FeelValue>))

test('R6 a compiled cell answers as the FEEL library does', () => {
  fc.assert(
    fc.property(cellAndValue, ([text, probe]) => {
      const cell = readCell(text)
      fc.pre(cell.kind === 'tests')
      expect(cell.kind === 'tests' && compileCell(cell)(probe)).toBe(testText(text, probe, {}))
    }),
    { numRuns: 2_000 },
  )
})

test('R6 the row index finds the rows whose cells hold', () => {
  const row = fc.tuple(fc.oneof(cellText, fc.constant('-')), fc.oneof(cellText, fc.constant('-')))
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 5 }),
      (rows, probes) => {
        const cells = rows.map((texts) => texts.map(readCell))
        const index = indexRows(
          [0, 1].map((column) => cells.map((one) => one[column] ?? { kind: 'any' })),
          rows.length,
        )
        fc.pre(index !== undefined)
        for (const probe of probes) {
          const holding = cells.reduce(
            (mask, one, i) =>
              one.every((cell, column) => cell.kind !== 'tests' || compileCell(cell)(probe[column])) ? mask | (1 << i) : mask,
            0,
          )
          expect(index?.(probe)).toBe(holding)
        }
      },
    ),
    { numRuns: 1_000 },
  )
})

const compile = (): CompiledModel => {
  const read = readModel(levels)
  const compiled = read.ok ? compileModel(read.value) : read
  if (!compiled.ok) throw new Error('unreadable')
  return compiled.value
}
const model = compile()
const situation = fc.record({
  cases: fc.oneof(fc.constantFrom(0, 19.999, 20, 50, 150), fc.double({ min: 0, max: 400, noNaN: true })),
  vaccinated: fc.oneof(fc.constantFrom(0.7, 0.699), fc.double({ min: 0, max: 1, noNaN: true })),
  earlier: fc.constantFrom(null, 1, 2, 3, 4),
})
const answer = (inputs: Record<string, unknown>): unknown => {
  const evaluated = model.evaluate(inputs)
  return evaluated.ok ? evaluated.value.result : evaluated.problem
}

test('R10 the answer without its rows is the answer with them', () => {
  const untyped = fc.record({ cases: fc.oneof(fc.double({ min: 0, max: 400, noNaN: true }), fc.constant('many')), vaccinated: fc.constantFrom(0.7, 1.5, null), earlier: fc.constantFrom(null, 1, 5) })
  fc.assert(
    fc.property(fc.oneof(situation, untyped), fc.constantFrom(undefined, 'level', 'no such'), (inputs, decision) => {
      const evaluated = model.evaluate(inputs, decision)
      expect(model.resultOf(inputs, decision)).toEqual(evaluated.ok ? { ok: true, value: evaluated.value.result } : evaluated)
    }),
  )
})

test('R11 whatever the missing evidence turns out to be, the answer was among the possible ones', () => {
  fc.assert(
    fc.property(
      situation,
      fc.boolean(),
      fc.boolean(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (truth, noCases, noVaccinated, share) => {
        const known = { ...truth, ...(noCases ? { cases: null } : {}), ...(noVaccinated ? { vaccinated: null } : {}) }
        const found = possible(model, known, { bounds: noCases ? { cases: { min: truth.cases * share } } : {} })
        expect(found.ok && found.value.kind === 'possible' && found.value.results).toContain(answer(truth))
      },
    ),
  )
})

test('R12 between the nearest changes nothing changes, and at them it does', () => {
  fc.assert(
    fc.property(situation, fc.double({ min: 0, max: 1, noNaN: true }), (truth, share) => {
      const changes = nearestChanges(model, truth)
      if (!changes.ok) throw new Error(changes.problem.code)
      const before = answer(truth)
      for (const name of ['cases', 'vaccinated'] as const) {
        const from = truth[name]
        const [up, down] = (['up', 'down'] as const).map((direction) =>
          changes.value.find((one) => one.input === name && one.direction === direction),
        )
        const step = 1e-9
        if (up) expect(answer({ ...truth, [name]: up.inclusive ? up.to : up.to + step })).toEqual(up.result)
        if (down) expect(answer({ ...truth, [name]: down.inclusive ? down.to : down.to - step })).toEqual(down.result)
        const highest = up ? up.to : from + 500
        const lowest = down ? down.to : 0
        const between = lowest + (highest - lowest) * share
        const atEdge = (up && between >= up.to) || (down && between <= down.to)
        if (!atEdge) expect(answer({ ...truth, [name]: between })).toEqual(before)
      }
    }),
  )
})
