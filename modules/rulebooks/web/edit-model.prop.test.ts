import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffModels, readModel, writeModel, type DecisionModel } from '#decisions'
import { addRow, moveRow, removeRow, setAnnotation, setCell, setProvenance } from './edit-model.ts'
import { redo, startHistory, step, undo } from './history.ts'

const read = (dmn: string): DecisionModel => {
  const model = readModel(dmn)
  if (!model.ok) throw new Error(model.problem.code)
  return model.value
}
const model = read(readFileSync(join(import.meta.dirname, '../rulebook/qd-4800-2021.dmn'), 'utf8'))
const tables = model.decisions.flatMap(({ name, logic }) => (logic?.kind === 'table' ? [{ name, table: logic.table }] : []))
const rowsOf = (one: DecisionModel, name: string) => {
  const logic = one.decisions.find((decision) => decision.name === name)?.logic
  return logic?.kind === 'table' ? logic.table.rules : []
}

const place = fc.constantFrom(...tables).chain(({ name, table }) =>
  fc.record({ name: fc.constant(name), row: fc.nat(table.rules.length - 1), to: fc.nat(table.rules.length - 1), column: fc.nat(table.inputs.length + table.outputs.length - 1) }))
const edit = fc.tuple(place, fc.constantFrom('cell', 'note', 'clause', 'add', 'copy', 'remove', 'move')).map(([{ name, row, to, column }, what]) => {
  switch (what) {
    case 'cell': return setCell(name, row, column, '[15..50)')
    case 'note': return setAnnotation(name, row, 0, 'Sửa.', 2)
    case 'clause': return setProvenance(name, row, { clause: 'Điều 1', confidence: 'province' })
    case 'add': return addRow(name, row, false)
    case 'copy': return addRow(name, row, true)
    case 'remove': return removeRow(name, row)
    default: return moveRow(name, row, to)
  }
})

test('whatever is edited, the file comes back as it was edited, no id twice', () => {
  fc.assert(fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
    const edited = edits.reduce((one, next) => next(one), model)
    const file = writeModel(edited)
    expect(file.ok && read(file.value)).toEqual(edited)
  }), { numRuns: 25 })
})

test('as many steps back as were made is the beginning, and forth again the end', () => {
  fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
    const end = edits.reduce((history, next) => step(history, next(history.now)), startHistory(model))
    const back = end.past.reduce((history) => undo(history), end)
    expect(back.now).toBe(model)
    expect(end.past.reduce((history) => redo(history), back).now).toBe(end.now)
  }), { numRuns: 25 })
})

test('an edit that changes nothing is no step to take back', () => {
  const again = rowsOf(model, 'transmission')[1]?.when[0]?.text ?? ''
  expect(setCell('transmission', 1, 0, again)(model)).toBe(model)
  const edited = setCell('transmission', 1, 0, '[15..50)')
  const once = step(startHistory(model), edited(model))
  expect(step(once, edited(once.now)).past).toHaveLength(1)
})

test('an edit touches its row and no other', () => {
  const changed = (one: DecisionModel) => diffModels(model, one).tables.flatMap((table) => table.rows.filter((row) => row.change !== 'same' || row.moved).map((row) => [table.name, row.change, row.moved, row.rowBefore, row.rowAfter]))
  expect(changed(setCell('transmission', 1, 0, '[15..50)')(model))).toEqual([['transmission', 'changed', false, 2, 2]])
  expect(changed(addRow('transmission', 1, true)(model))).toEqual([['transmission', 'added', false, null, 3]])
  expect(changed(removeRow('transmission', 3)(model))).toEqual([['transmission', 'removed', false, 4, null]])
  expect(changed(moveRow('transmission', 3, 0)(model))).toEqual([['transmission', 'same', true, 4, 1]])
})

test('a cell that was changed is the province’s own, until its row says how sure it is', () => {
  const before = rowsOf(model, 'transmission')[1]
  const [, row] = rowsOf(setCell('transmission', 1, 0, '[15..50)')(model), 'transmission')
  expect(row?.when[0]?.provenance).toEqual({ confidence: 'province', clause: null, source: null })
  expect(row?.provenance).toEqual(before?.provenance)
  const [, confirmed] = rowsOf(setProvenance('transmission', 1, { confidence: 'found' })(setCell('transmission', 1, 0, '[15..50)')(model)), 'transmission')
  expect([confirmed?.when[0]?.provenance.confidence, confirmed?.provenance.confidence]).toEqual([null, 'found'])
  const added = rowsOf(addRow('transmission', -1, false)(model), 'transmission')[0]
  expect(added).toMatchObject({ id: 'transmission_row_1', when: [{ text: '-' }], gives: [{ text: '' }], provenance: { confidence: 'province' } })
})
