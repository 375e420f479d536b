import { expect, test } from 'vitest'
import type { TraceStep } from '#decisions'
import type { Rulebook } from '#rulebooks'
import type { Assessment, Level } from './assess.ts'
import { causeOf } from './compare-laws.ts'
import { stricterOf } from './stricter.ts'

const assessed = (id: string | null, level: Level | null, possible: readonly Level[] = level === null ? [] : [level]): Assessment => ({
  area: {} as Assessment['area'], on: '2021-11-22' as Assessment['on'], rulebook: id === null ? null : ({ row: { id } } as Rulebook), level, possible,
  missing: [], decisive: [], held: [], because: [], inputs: {}, undetermined: null, beside: [],
})
const [low, high] = [1, 3] as const

const both: readonly (readonly [string, Assessment, Assessment, string | undefined, Level | null, readonly Level[]])[] = [
  ['the variant is higher', assessed('rule', 1), assessed('variant', 3), 'variant', 3, [3]],
  ['the rule is higher, or as high', assessed('rule', 3), assessed('variant', 3), 'rule', 3, [3]],
  ['level 4 stands whatever the other turns out to be', assessed('rule', 4), assessed('variant', null), 'rule', 4, [4]],
  ['a decided variant above all that the rule leaves open', assessed('rule', null, [1, 2]), assessed('variant', 2), 'variant', 2, [2]],
  ['both open: the higher of each pair', assessed('rule', null, [2, 4]), assessed('variant', null, [low, high]), 'rule', null, [2, 3, 4]],
  ['nothing is known of the variant: nothing below the rule', assessed('rule', 2), assessed('variant', null), 'rule', null, [2, 3, 4]],
  ['without a rule the variant stands alone', assessed(null, null), assessed('variant', 2), 'variant', 2, [2]],
]
test('R14 the higher of rule and variant counts, and stays open as far as either does', () => {
  for (const [what, rule, variant, book, level, possible] of both) {
    const found = stricterOf(rule, variant)
    expect([what, found.rulebook?.row.id, found.level, found.possible]).toEqual([what, book, level, possible])
  }
})

const step = (table: string, row: number, output: number): TraceStep => ({
  table, row, inputs: {}, outputs: { [table]: output }, clause: null, confidence: null, source: null, annotations: {},
})

test('R15 the cause is the first table that answers otherwise, not every one after it', () => {
  const cause = causeOf([step('class', 2, 2), step('floor', 1, 1), step('level', 4, 2)], [step('class', 3, 3), step('floor', 1, 1), step('level', 5, 3)])
  expect([cause?.table, cause?.before?.row, cause?.after?.row]).toEqual(['class', 2, 3])
  // A row that moved and answers the same is no cause; a table of the new law alone is.
  expect(causeOf([step('class', 2, 2), step('level', 1, 1)], [step('class', 5, 2), step('brake', 1, 2), step('level', 2, 2)])).toMatchObject({ table: 'brake', before: null })
  expect(causeOf([step('class', 2, 2)], [])).toBeNull()
})
