import { expect, test } from 'vitest'
import { compileModel, describeModel, readModel, runModel, type PlainValue } from './index.ts'
import { definitions, input, itemType, levels, literal, table } from './models.fixture.ts'

const ask = (
  xml: string,
  values: Record<string, unknown>,
  decision?: string,
): PlainValue | { code: string; params?: object | undefined } => {
  const run = runModel(xml, { input: values, ...(decision === undefined ? {} : { decision }) })
  return run.ok ? run.value.result : { code: run.problem.code, params: run.problem.params }
}

const people = input('age', 'number') + input('risk', 'string')
const byAge = (policy: string, rows: string[][], more: object = {}): string =>
  definitions(input('age', 'number') + table({ name: 'answer', policy, needs: ['age'], asks: [['age', 'number']], rows, ...more }))

test('R4 every hit policy answers as DMN 1.5 clause 8.2.10 says', () => {
  const rows = [
    ['>= 10', '"b"'],
    ['>= 20', '"a"'],
    ['>= 30', '"b"'],
  ]
  const listed = { answers: [{ values: '"a", "b"' }] }
  expect(
    ask(
      byAge('UNIQUE', [
        ['< 10', '"x"'],
        ['>= 10', '"y"'],
      ]),
      { age: 10 },
    ),
  ).toBe('y')
  expect(
    ask(
      byAge('ANY', [
        ['> 1', '"x"'],
        ['> 2', '"x"'],
      ]),
      { age: 3 },
    ),
  ).toBe('x')
  expect(ask(byAge('FIRST', rows), { age: 35 })).toBe('b')
  expect(ask(byAge('PRIORITY', rows, listed), { age: 35 })).toBe('a')
  expect(ask(byAge('RULE ORDER', rows), { age: 35 })).toEqual(['b', 'a', 'b'])
  expect(ask(byAge('OUTPUT ORDER', rows, listed), { age: 35 })).toEqual(['a', 'b', 'b'])
  expect(ask(byAge('COLLECT', rows), { age: 25 })).toEqual(['b', 'a'])
  const numbers = [
    ['> 0', '0.1'],
    ['> 1', '0.2'],
    ['> 2', '5'],
  ]
  const collect = (aggregation: string, age: number): PlainValue | object => ask(byAge('COLLECT', numbers, { aggregation }), { age })
  expect([collect('SUM', 2), collect('MIN', 3), collect('MAX', 3), collect('COUNT', 3)]).toEqual([0.3, 0.1, 5, 3])
  expect([collect('SUM', 0), collect('MIN', 0), collect('MAX', 0), collect('COUNT', 0)]).toEqual([null, null, null, 0])
  expect(ask(byAge('COLLECT', rows), { age: 1 })).toEqual([])
  expect(ask(byAge('UNIQUE', rows), { age: 1 })).toBe(null)
  expect(ask(byAge('UNIQUE', rows, { answers: [{ default: '"none"' }] }), { age: 1 })).toBe('none')
})

test('R4 several outputs make a context, ranked column by column', () => {
  const answers = [
    { name: 'status', values: '"yes", "no"' },
    { name: 'rate', values: '"low", "high"' },
  ]
  const rows = [
    ['> 0', '"no"', '"low"'],
    ['> 1', '"yes"', '"high"'],
    ['> 2', '"yes"', '"low"'],
  ]
  expect(ask(byAge('PRIORITY', rows, { answers }), { age: 3 })).toEqual({ status: 'yes', rate: 'low' })
  expect(ask(byAge('RULE ORDER', rows, { answers }), { age: 2 })).toEqual([
    { status: 'no', rate: 'low' },
    { status: 'yes', rate: 'high' },
  ])
  const defaults = [{ name: 'status', default: '"no"' }, { name: 'rate' }]
  expect(ask(byAge('UNIQUE', rows, { answers: defaults }), { age: 0 })).toEqual({ status: 'no', rate: null })
})

test('R4 an output is ranked by the values of its type where the column lists none', () => {
  const ranked =
    '<itemDefinition name="tRisk"><typeRef>string</typeRef><allowedValues><text>"high", "low"</text></allowedValues></itemDefinition>' +
    '<itemDefinition name="tAnswer"><itemComponent name="risk"><typeRef>tRisk</typeRef></itemComponent>' +
    '<itemComponent name="days"><typeRef>number</typeRef></itemComponent></itemDefinition>'
  const rows = [
    ['> 0', '"low"', '1'],
    ['> 1', '"high"', '2'],
  ]
  const asked = (risk: { type?: string }): string =>
    definitions(
      ranked +
        input('n', 'number') +
        table({
          name: 't',
          type: 'tAnswer',
          policy: 'PRIORITY',
          needs: ['n'],
          asks: [['n', 'number']],
          answers: [{ name: 'risk', ...risk }, { name: 'days' }],
          rows,
        }),
    )
  expect(ask(asked({}), { n: 2 })).toEqual({ risk: 'high', days: 2 })
  expect(ask(asked({ type: 'string' }), { n: 2 })).toEqual({ risk: 'high', days: 2 })
})

test('R5 rows that may not hold together are a problem, not a null', () => {
  expect(
    ask(
      byAge('UNIQUE', [
        ['> 1', '1'],
        ['> 2', '1'],
      ]),
      { age: 3 },
    ),
  ).toEqual({ code: 'rules_overlap', params: { table: 'answer', row: 1, other: 2 } })
  expect(
    ask(
      byAge('ANY', [
        ['> 1', '1'],
        ['> 2', '1'],
        ['> 3', '9'],
      ]),
      { age: 4 },
    ),
  ).toEqual({ code: 'rules_disagree', params: { table: 'answer', row: 1, other: 3 } })
})

test('R7 numbers may be text, days are ISO text, null stays null', () => {
  expect(
    ask(definitions(input('Full Name', 'string') + literal('Greeting', '"Hello " + Full Name', ['Full Name'])), { 'Full Name': 'Lan' }),
  ).toBe('Hello Lan')
  const model = definitions(
    input('n', 'number') +
      input('d', 'date') +
      literal('twice', 'n * 2', ['n'], 'number') +
      literal('next', 'd + duration("P1D")', ['d'], 'date') +
      table({
        name: 'when',
        needs: ['d'],
        asks: [['d', 'date']],
        rows: [
          ['< date("2021-11-01")', '"before"'],
          ['>= @"2021-11-01"', 'd'],
        ],
      }),
  )
  expect(ask(model, { n: '1.5' }, 'twice')).toBe(3)
  expect(ask(model, { n: null }, 'twice')).toBe(null)
  expect(ask(model, {}, 'twice')).toBe(null)
  expect(ask(model, { d: '2021-12-31' }, 'next')).toBe('2022-01-01')
  expect(ask(model, { d: '2021-10-31' }, 'when')).toBe('before')
  expect(ask(model, { d: '2021-11-01' }, 'when')).toBe('2021-11-01')
  expect(ask(model, { d: '2021-02-30' }, 'when')).toMatchObject({ code: 'input_wrong_type', params: { input: 'd', type: 'date' } })
  expect(ask(model, { n: 'many' }, 'twice')).toMatchObject({ code: 'input_wrong_type' })
  expect(ask(definitions(input('a', 'boolean') + literal('not a', 'not(a)', ['a'], 'boolean')), { a: null })).toBe(null)
  expect(ask(definitions(literal('x', '10 / null', [], 'number')), {})).toBe(null)
})

const person =
  '<itemDefinition name="tPerson"><itemComponent name="born"><typeRef>date</typeRef></itemComponent>' +
  '<itemComponent name="doses" isCollection="true"><typeRef>date</typeRef></itemComponent></itemDefinition>' +
  '<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'

test('R7 days are read inside objects and lists, and where only the column says that a text is a day', () => {
  const nested = definitions(
    person +
      input('patient', 'tPerson') +
      input('contacts', 'tPeople') +
      literal('second dose', 'patient.doses[2] + duration("P1D")', ['patient'], 'date') +
      literal('children', 'count(contacts[born > date("2009-10-12")])', ['contacts'], 'number') +
      table({
        name: 'old',
        type: 'boolean',
        needs: ['patient'],
        asks: [['patient.born', 'date']],
        rows: [
          ['<= date("1956-10-12")', 'true'],
          ['> date("1956-10-12")', 'false'],
        ],
      }),
  )
  expect(ask(nested, { patient: { born: '1950-01-31' } }, 'old')).toBe(true)
  expect(ask(nested, { patient: { doses: ['2021-08-01', '2021-09-30'] } }, 'second dose')).toBe('2021-10-01')
  expect(ask(nested, { contacts: [{ born: '2015-05-05' }, { born: '1980-05-05' }] }, 'children')).toBe(1)
  expect(ask(nested, { patient: { born: '31/01/1950' } }, 'old')).toMatchObject({ params: { input: 'patient.born', type: 'date' } })
  const untyped = definitions(
    input('day') +
      table({
        name: 't',
        needs: ['day'],
        asks: [['day', 'date']],
        rows: [
          ['< date("2021-10-12")', '"before"'],
          ['>= date("2021-10-12")', '"since"'],
        ],
      }),
  )
  expect(ask(untyped, { day: '2021-10-11' })).toBe('before')
  expect(ask(untyped, { day: '2021-10-12' })).toBe('since')
})

test('R7 a boolean is compared with what a cell works out, not taken by it', () => {
  const model = definitions(
    input('seen', 'boolean') +
      input('expected', 'boolean') +
      table({
        name: 't',
        needs: ['seen', 'expected'],
        asks: [['seen', 'boolean']],
        rows: [
          ['expected', '"same"'],
          ['not(expected)', '"other"'],
        ],
      }),
  )
  const answers = [true, false].flatMap((seen) => [true, false].map((expected) => ask(model, { seen, expected })))
  expect(answers).toEqual(['same', 'other', 'other', 'same'])
  const own = definitions(
    input('n', 'number') + table({ name: 't', needs: ['n'], asks: [['n > 1', 'boolean']], rows: [['? = false', '"no"']] }),
  )
  expect([ask(own, { n: 1 }), ask(own, { n: 2 })]).toEqual(['no', null])
})

test('R7 values outside the allowed ones are refused by name', () => {
  const model = definitions(
    itemType('Colour', 'string', '"red", "blue"') +
      input('colour', 'Colour') +
      input('age', 'number') +
      table({
        name: 't',
        needs: ['colour', 'age'],
        asks: [
          ['colour', 'string'],
          ['age', 'number', '[0..120]'],
        ],
        rows: [['-', '-', '1']],
      }),
  )
  expect(ask(model, { colour: 'red', age: 1 })).toBe(1)
  expect(ask(model, { colour: 'green', age: 1 })).toMatchObject({ code: 'input_not_allowed', params: { input: 'colour', value: '"green"' } })
  expect(ask(model, { colour: 'red', age: 121 })).toMatchObject({
    code: 'value_not_listed',
    params: { table: 't', row: 0, column: 2, value: '121' },
  })
})

test('R10 the trace names every row asked, its values and its origin', () => {
  const origin = (confidence: string, clause = ''): string =>
    `<extensionElements><lt:provenance confidence="${confidence}"${clause && ` clause="${clause}"`}/></extensionElements>`
  const xml = levels.replace(
    '<rule><inputEntry><text>[20..50)',
    `<rule>${origin('found', 'C1')}<inputEntry>${origin('recalled')}<text>[20..50)`,
  )
  expect(xml).not.toBe(levels)
  const run = runModel(xml, { input: { cases: 30, vaccinated: 0.9 }, decision: 'matrix' })
  expect(run.ok && run.value).toEqual({
    result: 1,
    trace: [
      {
        table: 'class',
        row: 2,
        inputs: { cases: 30 },
        outputs: { class: 2 },
        clause: 'C1',
        confidence: 'recalled',
        source: null,
        annotations: {},
      },
      {
        table: 'matrix',
        row: 2,
        inputs: { class: 2, vaccinated: 0.9 },
        outputs: { matrix: 1 },
        clause: null,
        confidence: null,
        source: null,
        annotations: {},
      },
    ],
  })
  const none = runModel(xml, { input: {}, decision: 'class' })
  expect(none.ok && none.value.trace).toMatchObject([{ table: 'class', row: null, inputs: { cases: null }, outputs: { class: null } }])
})

test('R10 a description is the same tables for a screen', () => {
  const read = readModel(
    levels.replace('<rule>', '<rule><extensionElements><lt:provenance confidence="province" clause="C1"/></extensionElements>'),
  )
  if (!read.ok) throw new Error(read.problem.code)
  const described = describeModel(read.value)
  expect(described.tables.map((one) => one.name)).toEqual(['class', 'matrix', 'level'])
  expect(described.confidence).toBe('province')
  expect(described.tables[0]?.rows[0]).toMatchObject({
    row: 1,
    clause: 'C1',
    when: [{ text: '[0..20)', confidence: 'province' }],
    gives: [{ text: '1' }],
  })
})

test('R13 without a name the decision nothing requires is answered, several as an object', () => {
  expect(ask(levels, { cases: 30, vaccinated: 0.9 })).toBe(1)
  expect(ask(definitions(literal('a', '1') + literal('b', '2')), {})).toEqual({ a: 1, b: 2 })
  expect(ask(levels, { cases: 30 }, 'nothing')).toMatchObject({
    code: 'unknown_decision',
    params: { decision: 'nothing', known: 'class, matrix, level' },
  })
  for (const given of [null, [], 'cases', 30])
    expect(runModel(levels, { input: given })).toMatchObject({
      ok: false,
      problem: { code: 'input_not_object', params: { known: 'cases, vaccinated, earlier' } },
    })
  expect(ask(levels, { cass: 30 })).toMatchObject({ code: 'unknown_input', params: { input: 'cass' } })
  expect(ask(definitions(people + literal('bad', '1 +') + literal('good', 'age + 1', ['age'])), { age: 1 }, 'good')).toBe(2)
})

test('R14 functions, invocations, contexts and lists are worked out too', () => {
  const knowledge =
    '<businessKnowledgeModel id="k" name="PMT"><encapsulatedLogic><formalParameter name="p" typeRef="number"/><formalParameter name="n"/>' +
    '<literalExpression><text>p / n</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>'
  const uses = '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'
  const called = literal('called', 'PMT(loan.amount, 4) + 1', ['loan']).replace('<literalExpression>', `${uses}<literalExpression>`)
  const invoked =
    `<decision id="i" name="invoked">${uses}<invocation><literalExpression><text>PMT</text></literalExpression>` +
    '<binding><parameter name="n"/><literalExpression><text>2</text></literalExpression></binding>' +
    '<binding><parameter name="p"/><literalExpression><text>10</text></literalExpression></binding></invocation></decision>'
  const context =
    '<decision id="c" name="boxed"><context><contextEntry><variable name="x"/><literalExpression><text>2</text></literalExpression></contextEntry>' +
    '<contextEntry><variable name="y"/><list><literalExpression><text>x</text></literalExpression><literalExpression><text>x * 3</text></literalExpression></list></contextEntry>' +
    '<contextEntry><literalExpression><text>sum(y)</text></literalExpression></contextEntry></context></decision>'
  const choice =
    '<decision id="f" name="chosen"><conditional><if><literalExpression><text>1 &gt; 2</text></literalExpression></if>' +
    '<then><literalExpression><text>"a"</text></literalExpression></then><else><literalExpression><text>"b"</text></literalExpression></else></conditional></decision>'
  const loan =
    '<itemDefinition name="Loan"><itemComponent name="amount"><typeRef>number</typeRef></itemComponent></itemDefinition>' +
    input('loan', 'Loan')
  const model = definitions(loan + knowledge + called + invoked + context + choice)
  expect(ask(model, { loan: { amount: '100' } })).toEqual({ called: 26, invoked: 5, boxed: 8, chosen: 'b' })
  expect(ask(definitions('<decision id="q" name="q"><some/></decision>'), {})).toMatchObject({
    code: 'logic_unsupported',
    params: { element: 'some' },
  })
})

test('R18 a result fits its declared type, or is null', () => {
  const types = person + '<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
  const result = (type: string, text: string): PlainValue | object => ask(definitions(types + literal('d', text, [], type)), {})
  expect(result('number', '[7]')).toBe(7)
  expect(result('number', '[7, 8]')).toBe(null)
  expect(result('number', '["a"]')).toBe(null)
  expect(result('tNumbers', '7')).toEqual([7])
  expect(result('tNumbers', '[1, null, 3]')).toEqual([1, null, 3])
  expect(result('tNumbers', '[1, "a"]')).toBe(null)
  expect(result('tNumbers', 'null')).toBe(null)
  const born = 'born: date("2015-05-05")'
  expect(result('tPerson', `{${born}, doses: date("2021-08-01"), name: "Lan"}`)).toEqual({
    born: '2015-05-05',
    doses: ['2021-08-01'],
    name: 'Lan',
  })
  expect(result('tPerson', `{${born}}`)).toBe(null)
  expect(result('tPerson', '{born: 2015, doses: []}')).toBe(null)
  expect(result('tPeople', `{${born}, doses: []}`)).toEqual([{ born: '2015-05-05', doses: [] }])

  const knows = (typeRef: string): string =>
    `<businessKnowledgeModel id="k" name="wrap"><encapsulatedLogic><formalParameter name="x"/><literalExpression typeRef="${typeRef}"><text>[x]</text>` +
    '</literalExpression></encapsulatedLogic></businessKnowledgeModel><decision id="d" name="d"><knowledgeRequirement><requiredKnowledge href="#k"/>' +
    '</knowledgeRequirement><literalExpression><text>wrap(7)</text></literalExpression></decision>'
  expect(ask(definitions(types + knows('number')), {})).toBe(7)
  expect(ask(definitions(types + knows('tNumbers')), {})).toEqual([7])
  expect(ask(definitions(types + knows('string')), {})).toBe(null)
})

test('R10 one compiled model answers again and again, and its steps are plain JSON', () => {
  const read = readModel(levels)
  const compiled = read.ok && compileModel(read.value)
  if (!compiled || !compiled.ok) throw new Error('unreadable')
  const first = compiled.value.evaluate({ cases: 30, vaccinated: 0.9 })
  const again = compiled.value.evaluate({ cases: 30, vaccinated: 0.9 })
  compiled.value.evaluate({ cases: 200, vaccinated: 0.1 })
  expect(again).toEqual(first)
  expect(first.ok && JSON.parse(JSON.stringify(first.value))).toEqual(first.ok && first.value)
})
