import { expect, test } from 'vitest'
import { readPasted } from './read-pasted.ts'

test('name, population and code in columns; the kind from the name', () => {
  expect(readPasted('Ấp Hòa Lập\t1.250\nKhu phố 3\t980\tKP3\nHòa Thuận\n\nTổ 5\t60', [], undefined)).toEqual([
    { line: 1, name: 'Ấp Hòa Lập', kind: 'Ấp', level: 'hamlet', population: 1250, code: undefined, fault: undefined },
    { line: 2, name: 'Khu phố 3', kind: 'Khu phố', level: 'hamlet', population: 980, code: 'KP3', fault: undefined },
    { line: 3, name: 'Ấp Hòa Thuận', kind: 'Ấp', level: 'hamlet', population: undefined, code: undefined, fault: undefined },
    { line: 5, name: 'Tổ 5', kind: 'Tổ', level: 'group', population: 60, code: undefined, fault: undefined },
  ])
})

test('a heading is no row', () => {
  expect(readPasted('Tên ấp\tDân số\nẤp 1\t900', [], undefined).map(({ name }) => name)).toEqual(['Ấp 1'])
})

test('each line says its own fault', () => {
  const rows = readPasted('Ấp 1\tkhoảng 900\nẤp Hoà Lập\nẤp 2\t5\tmã số\nẤp 3\nấp 3', ['Ấp Hòa Lập'], undefined)
  expect(rows.map(({ fault }) => fault)).toEqual(['areas.fault_population', 'areas.fault_exists', 'areas.fault_code', undefined, 'areas.fault_twice'])
})

test('under a hamlet only groups are added', () => {
  expect(readPasted('Tổ 1\nTổ 2\n3', [], 'group').map(({ name, level }) => `${name} ${level}`)).toEqual(['Tổ 1 group', 'Tổ 2 group', 'Tổ nhân dân tự quản 3 group'])
})
