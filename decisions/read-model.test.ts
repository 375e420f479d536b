import { expect, test } from 'vitest'
import { checkModel, compileModel, readModel, text } from './index.ts'
import { definitions, dmn15, input, levels, literal, table } from './models.fixture.ts'

const codeOf = (xml: string): string | undefined => {
  const read = readModel(xml)
  return read.ok ? undefined : read.problem.code
}

test('R1 a file is read without reaching outside it, and within limits', () => {
  expect(codeOf('<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions>&e;</definitions>')).toBe('xml_doctype')
  const bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>'
  expect(codeOf(bomb)).toBe('xml_doctype')
  expect(codeOf('<a/>')).toBe('not_dmn')
  expect(codeOf('<definitions xmlns="urn:other"/>')).toBe('not_dmn')
  expect(codeOf('<a><b></a>')).toBe('xml_malformed')
  expect(codeOf('')).toBe('xml_malformed')
  expect(codeOf('not xml')).toBe('xml_malformed')
  expect(codeOf(`<a>${'<b>'.repeat(200)}${'</b>'.repeat(200)}</a>`)).toBe('xml_too_large')
  expect(codeOf(`<a>${' '.repeat(4_000_001)}</a>`)).toBe('xml_too_large')
  const malformed = readModel('<a>\n<b></a>')
  expect(malformed.ok ? {} : malformed.problem.params).toMatchObject({ line: 2 })
})

test('R2 DMN 1.1 to 1.6 read the same, whatever the prefix', () => {
  const body = input('n', 'number') + literal('d', 'n + 1', ['n'], 'number')
  const expected = readModel(definitions(body))
  expect(expected.ok).toBe(true)
  for (const namespace of [
    'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    dmn15,
    'https://www.omg.org/spec/DMN/20240513/MODEL/',
  ]) {
    expect(readModel(definitions(body, namespace))).toEqual(expected)
    const prefixed = definitions(body, namespace)
      .replace('xmlns=', 'xmlns:s=')
      .replace(/<(\/?)(?=[a-z])/g, '<$1s:')
    expect(prefixed).toContain('<s:inputData')
    expect(readModel(prefixed)).toEqual(expected)
  }
  // Some files of the test kit declare the standard under a prefix no element uses.
  for (const own of ['', ' xmlns="urn:of-the-author"'])
    expect(readModel(definitions(body).replace(` xmlns="${dmn15}"`, `${own} xmlns:semantic="${dmn15}"`))).toEqual(expected)
})

const provenance = '<lt:provenance confidence="found" clause="Điều 1" source="https://example.vn/1"/>'
const rulebook = `<extensionElements><lt:rulebook id="r" disease="covid-19" area="91" validFrom="2021-10-12" validTo="2022-01-26" document="QĐ 1" article="Điều 1"
  url="https://example.vn"><lt:title lang="vi">Tên</lt:title><lt:title lang="en">Name</lt:title></lt:rulebook></extensionElements>`
const evidence = `<lt:evidence kind="rate" numerator="cases_new cases_old" denominator="population" per="100000" windowDays="7" cutoffHour="17" labelEn="Cases"/>`
const carrying = definitions(
  rulebook +
    input('rate', 'number', evidence) +
    table({ name: 'd', needs: ['rate'], asks: [['rate', 'number']], rows: [['>= 0', '1']] })
      .replace('<rule>', `<rule><extensionElements>${provenance}</extensionElements>`)
      .replace('<outputEntry>', '<outputEntry><extensionElements><lt:provenance confidence="province"/></extensionElements>'),
)

test('R3 our extension elements are typed, and survive another editor', () => {
  const read = readModel(carrying)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  expect(read.value.rulebook).toEqual({
    id: 'r',
    disease: 'covid-19',
    area: '91',
    document: 'QĐ 1',
    article: 'Điều 1',
    url: 'https://example.vn',
    title: { vi: 'Tên', en: 'Name' },
    validFrom: '2021-10-12',
    validTo: '2022-01-26',
  })
  expect(read.value.inputs[0]?.evidence).toEqual({
    kind: 'rate',
    numerator: ['cases_new', 'cases_old'],
    denominator: 'population',
    per: 100_000,
    measure: 'sum',
    windowDays: 7,
    dayBasis: 'report',
    cutoffHour: 17,
    optional: false,
    labelEn: 'Cases',
  })
  // Another editor chooses its own prefixes and puts its own elements and attributes beside ours.
  const foreign = carrying
    .replaceAll('xmlns:lt=', 'xmlns:ns7=')
    .replaceAll('lt:', 'ns7:')
    .replaceAll('<extensionElements>', '<extensionElements><e:note xmlns:e="urn:editor" e:x="1">kept</e:note>')
  expect(foreign).toContain('ns7:evidence')
  expect(readModel(foreign)).toEqual(read)
})

test('R3 extension elements that say something impossible are refused', () => {
  for (const [from, to] of [
    ['validFrom="2021-10-12"', 'validFrom="2021-02-30"'],
    ['validTo="2022-01-26"', 'validTo="2021-01-26"'],
    ['kind="rate"', 'kind="guess"'],
    ['denominator="population" ', ''],
    ['windowDays="7"', 'windowDays="0"'],
    ['confidence="found"', 'confidence="sure"'],
    ['per="100000"', 'per="x"'],
    ['numerator="cases_new cases_old" ', ''],
    ['cutoffHour="17"', 'cutoffHour="25"'],
    [' area="91"', ''],
  ] as const) {
    expect(carrying).toContain(from)
    expect(codeOf(carrying.replace(from, to)), to).toBe('bad_extension')
  }
})

const check = (body: string): { code: string; params: object }[] => {
  const read = readModel(definitions(body))
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return checkModel(read.value).map(({ code, params = {} }) => ({ code, params }))
}
const number = input('n', 'number')
const byNumber = (rows: string[][], more: object = {}): string =>
  number + table({ name: 't', type: 'number', needs: ['n'], asks: [['n', 'number']], rows, ...more })

test('R8 problems name table, row and column', () => {
  expect(check(byNumber([['-', '1 +']]))).toEqual([{ code: 'cell_unreadable', params: { table: 't', row: 1, column: 2, text: '1 +' } }])
  expect(
    check(
      byNumber([
        ['< 1', '1'],
        ['> 3 3', '2'],
      ]),
    ),
  ).toContainEqual({ code: 'cell_unreadable', params: { table: 't', row: 2, column: 1, text: '> 3 3' } })
  const faulty = readModel(definitions(byNumber([['> 3 3', '2 +']])))
  const compiled = faulty.ok && compileModel(faulty.value)
  expect(compiled && !compiled.ok && compiled.problem).toMatchObject({
    code: 'model_faulty',
    problems: [{ params: { row: 1, column: 1 } }, { params: { row: 1, column: 2 } }],
  })
})

test('R9 the check finds what is wrong without evaluating', () => {
  const found = (body: string): string[] => check(body).map((one) => one.code)
  expect(
    found(
      byNumber([
        ['< 1', '1'],
        ['>= 1', '2'],
      ]),
    ),
  ).toEqual([])
  expect(
    check(
      byNumber([
        ['<= 1', '1'],
        ['>= 1', '2'],
      ]),
    ),
  ).toEqual([{ code: 'rules_overlap', params: { table: 't', row: 1, other: 2 } }])
  expect(
    check(
      byNumber([
        ['< 1', '1'],
        ['> 1', '2'],
      ]),
    ),
  ).toEqual([{ code: 'rules_gap', params: { table: 't', values: 'n = 1' } }])
  expect(
    found(
      byNumber(
        [
          ['< 1', '1'],
          ['> 1', '2'],
        ],
        { answers: [{ default: '0' }] },
      ),
    ),
  ).toEqual([])
  expect(
    found(
      byNumber([
        ['"a"', '1'],
        ['not("a")', '2'],
      ]),
    ),
  ).toContain('wrong_type')
  expect(check(byNumber([['-', '"x"']]))).toEqual([
    { code: 'wrong_type', params: { table: 't', row: 1, column: 2, text: '"x"', type: 'number' } },
  ])
  expect(check(byNumber([['-', '5']], { answers: [{ values: '1, 2' }] }))).toEqual([
    { code: 'output_not_listed', params: { table: 't', row: 1, column: 2, text: '5' } },
  ])
  expect(check(byNumber([['-', 'm * 2']]))).toEqual([
    { code: 'unknown_name', params: { table: 't', row: 1, column: 2, text: 'm * 2', name: 'm' } },
  ])
  expect(found(byNumber([['-', 'today()']]))).toEqual(['clock_used'])
  expect(found(byNumber([['-']]))).toEqual(['output_missing'])
  expect(found(byNumber([['1']], { answers: [] }))).toContain('output_missing')
  expect(found(byNumber([['-', '1', '2']]))).toEqual(['output_missing'])
  expect(found(byNumber([['-', '1']], { policy: 'PRIORITY' }))).toEqual(['priority_missing'])
  expect(
    found(
      byNumber(
        [
          ['-', '1'],
          ['> 3', '2'],
        ],
        { policy: 'ANY' },
      ),
    ),
  ).toEqual(['rules_disagree'])
  expect(
    found(
      byNumber(
        [
          ['-', '1'],
          ['> 3', '1'],
        ],
        { policy: 'ANY' },
      ),
    ),
  ).toEqual([])
  expect(found(number + number)).toContain('duplicate_id')
  expect(found(number + input('n', 'number').replace('id_n', 'id_2') + literal('d', '1'))).toEqual(['duplicate_name'])
  expect(found(literal('a', '1', ['gone']))).toEqual(['unknown_reference'])
  expect(found(literal('a', '1', [], 'nowhere'))).toEqual(['unknown_type'])
  expect(found(literal('a', 'b', [], 'number', ['b']) + literal('b', 'a', [], 'number', ['a']))).toEqual(['requirement_cycle'])
  expect(found('<decision id="e" name="e"/>')).toEqual(['logic_missing'])
  expect(codeOf(definitions(byNumber([['-', '1']], { policy: 'BEST' })))).toBe('unknown_hit_policy')
})

test('R9 gaps and overlaps count an optional null and the same question asked twice', () => {
  const levelsModel = readModel(levels)
  expect(levelsModel.ok && checkModel(levelsModel.value)).toEqual([])
  const optional = '<lt:evidence kind="previous_level" optional="true"/>'
  const ask = { name: 't', type: 'number', needs: ['n'], asks: [['n', 'number'] as const] }
  expect(
    check(
      input('n', 'number', optional) +
        table({
          ...ask,
          rows: [
            ['< 1', '1'],
            ['>= 1', '2'],
          ],
        }),
    ),
  ).toEqual([{ code: 'rules_gap', params: { table: 't', values: 'n = null' } }])
  const twice = { ...ask, asks: [['n', 'number'] as const, ['n', 'number'] as const] }
  expect(
    check(
      number +
        table({
          ...twice,
          rows: [
            ['>= 1', '< 5', '1'],
            ['-', '>= 5', '2'],
            ['< 1', '-', '3'],
          ],
        }),
    ),
  ).toEqual([])
})

test('R8 every problem has a sentence in both languages', () => {
  expect(Object.keys(text.vi).toSorted()).toEqual(Object.keys(text.en).toSorted())
})
