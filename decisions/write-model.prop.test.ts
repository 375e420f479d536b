import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { models } from './arbitrary.fixture.ts'
import { checkModel, compileModel, diffModels, findLower, readModel, writeModel, type CompiledModel, type DecisionModel } from './index.ts'
import { definitions, input, itemType, levels, literal, table } from './models.fixture.ts'

const read = (xml: string): DecisionModel => {
  const found = readModel(xml)
  if (!found.ok) throw new Error(JSON.stringify(found.problem))
  return found.value
}
const written = (one: DecisionModel, version?: '1.5' | '1.3'): string => {
  const file = writeModel(one, version)
  if (!file.ok) throw new Error(JSON.stringify(file.problem))
  return file.value
}
const shipped = ['qd-4800-2021', 'qd-218-2022'].map((id) => read(readFileSync(join(import.meta.dirname, `../modules/rulebooks/rulebook/${id}.dmn`), 'utf8')))

describe('writing', () => {
  test('R15 what is written is read as it was, in both versions of the standard', () => {
    fc.assert(
      fc.property(models, fc.constantFrom('1.5' as const, '1.3' as const), (one, version) => {
        expect(read(written(one, version))).toEqual(one)
      }),
      { numRuns: 100 },
    )
    for (const one of shipped) expect(read(written(one))).toEqual(one)
  })

  test('R15 a file has no id twice, and its drawing shows every element and requirement', () => {
    for (const one of shipped) {
      const file = written(one)
      const ids = [...file.matchAll(/<(?!lt:)[^<>]* id="([^"]+)"/g)].map((found) => found[1])
      expect(new Set(ids).size).toBe(ids.length)
      for (const { id } of [...one.inputs, ...one.decisions]) expect(file).toContain(`dmnElementRef="${id}"`)
      const requirements = one.decisions.reduce((sum, decision) => sum + decision.requires.length, 0)
      expect(file.match(/<dmndi:DMNEdge /g)).toHaveLength(requirements)
      expect(file.match(/<di:waypoint /g)).toHaveLength(2 * requirements)
    }
  })

  test('R15 text that XML cannot carry is left out, not written broken', () => {
    const one = { ...(shipped[0] as DecisionModel), name: 'a\u0000b\u000Bc' }
    expect(read(written(one)).name).toBe('abc')
  })

  test('R15 logic that was not read whole is not written', () => {
    const one = read(definitions('<decision id="d" name="d"><variable name="d"/><functionDefinition kind="Java"/></decision>'))
    expect(writeModel(one)).toMatchObject({ ok: false, problem: { code: 'logic_unsupported', params: { table: 'd', element: 'functionDefinition' } } })
  })
})

describe('comparing', () => {
  test('R16 of a model and itself there is no difference, and of two that differ there is one', () => {
    fc.assert(
      fc.property(models, models, (a, b) => {
        expect(diffModels(a, a).same).toBe(true)
        expect(diffModels(a, read(written(a))).same).toBe(true)
        const equal = JSON.stringify(a) === JSON.stringify(b)
        fc.pre(!equal)
        expect(diffModels(a, b).same).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  const amended = (change: (rows: readonly string[][]) => readonly (readonly string[])[]): DecisionModel => {
    const rows = [['< 20', '1'], ['[20..50)', '2'], ['>= 50', '3']]
    return read(definitions(itemType('Level', 'number', '1, 2, 3') + input('cases', 'number') + table({ name: 'level', asks: [['cases', 'number']], needs: ['cases'], rows: change(rows) })))
  }
  const plain = amended((rows) => rows)

  test('R16 rows are added, removed, changed and moved by what they hold', () => {
    const shapes = (after: DecisionModel) =>
      diffModels(plain, after).tables[0]?.rows.map((row) => [row.change, row.moved, row.rowBefore, row.rowAfter])
    expect(shapes(amended(([a = [], b = [], c = []]) => [a, ['[20..30)', '2'], b, c]))).toEqual([
      ['same', false, 1, 1], ['added', false, null, 2], ['same', false, 2, 3], ['same', false, 3, 4],
    ])
    expect(shapes(amended(([a = [], , c = []]) => [a, c]))).toEqual([['same', false, 1, 1], ['removed', false, 2, null], ['same', false, 3, 2]])
    expect(shapes(amended(([a = [], b = [], c = []]) => [c, a, b]))?.map((row) => row[1])).toEqual([true, false, false])
  })

  test('R16 a changed cell of a row with an id shows both texts, and a changed origin counts', () => {
    const [first] = shipped as [DecisionModel]
    const logic = first.decisions.find((one) => one.name === 'transmission')?.logic
    const target = logic?.kind === 'table' ? logic.table.rules[1] : undefined
    const change = (edit: (rule: NonNullable<typeof target>) => unknown): DecisionModel => ({
      ...first,
      decisions: first.decisions.map((decision) => decision.logic?.kind === 'table' && decision.name === 'transmission'
        ? { ...decision, logic: { kind: 'table', table: { ...decision.logic.table, rules: decision.logic.table.rules.map((rule, i) => (i === 1 ? (edit(rule) as typeof rule) : rule)) } } }
        : decision),
    })
    const cell = diffModels(first, change((rule) => ({ ...rule, when: [{ ...rule.when[0], text: '[15..50)' }] })))
    const rows = cell.tables.flatMap((one) => one.rows.filter((row) => row.change !== 'same'))
    expect(rows).toHaveLength(1)
    expect(rows[0]?.when).toEqual([{ before: target?.when[0]?.text, after: '[15..50)' }])
    const origin = diffModels(first, change((rule) => ({ ...rule, provenance: { ...rule.provenance, confidence: 'province' } })))
    expect(origin.tables.flatMap((one) => one.rows.filter((row) => row.change === 'changed'))).toMatchObject([{ confidence: { after: 'province' } }])
  })

  test('R16 what lies outside the tables is told by its path', () => {
    const [first] = shipped as [DecisionModel]
    const other: DecisionModel = {
      ...first,
      rulebook: first.rulebook && { ...first.rulebook, document: 'QĐ 1/QĐ-UBND' },
      inputs: first.inputs.map((one) => (one.evidence?.windowDays === 7 ? { ...one, evidence: { ...one.evidence, windowDays: 14 } } : one)),
    }
    const found = diffModels(first, other)
    expect(found.info).toEqual([{ path: 'document', before: first.rulebook?.document, after: 'QĐ 1/QĐ-UBND' }])
    expect(found.elements.flatMap((one) => one.parts)).toContainEqual({ path: 'evidence.windowDays', before: '7', after: '14' })
    expect(found.tables.every((one) => one.change === 'same')).toBe(true)
  })
})

describe('never lower', () => {
  const compile = (one: DecisionModel): CompiledModel => {
    const compiled = compileModel(one)
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problem))
    return compiled.value
  }
  const classes = (cuts: readonly number[]): DecisionModel =>
    read(definitions(input('cases', 'number') + input('doses', 'number') + table({
      name: 'level', asks: [['cases', 'number'], ['doses', 'number']], needs: ['cases', 'doses'],
      rows: [...cuts.map((cut, i) => [i === 0 ? `< ${cut}` : `[${cuts[i - 1]}..${cut})`, '>= 0.7', String(i + 1)]), [`>= ${cuts.at(-1)}`, '>= 0.7', String(cuts.length + 1)], ['-', '< 0.7', '4']],
    })))

  test('R17 the case found is one, and without one no value at all answers lower', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 3 }).map((all) => all.toSorted((a, b) => a - b))
    const value = fc.tuple(fc.integer({ min: -5, max: 70 }).map((n) => n / 2 + 15), fc.constantFrom(0.69, 0.7, 0.9))
    fc.assert(
      fc.property(cuts, cuts, fc.array(value, { minLength: 5, maxLength: 30 }), (a, b, probes) => {
        const [base, other] = [compile(classes(a)), compile(classes(b))]
        const found = findLower(base, other, 'level')
        if (!found.ok) throw new Error(found.problem.code)
        const answer = (one: CompiledModel, inputs: Record<string, unknown>): number => {
          const evaluated = one.evaluate(inputs)
          return evaluated.ok ? Number(evaluated.value.result) : NaN
        }
        if (found.value) {
          expect(answer(base, found.value.inputs)).toBe(found.value.than)
          expect(answer(other, found.value.inputs)).toBeLessThan(found.value.than)
        } else for (const [cases, doses] of probes) expect(answer(other, { cases, doses })).toBeGreaterThanOrEqual(answer(base, { cases, doses }))
      }),
      { numRuns: 50 },
    )
  })

  test('R17 a model is not lower than itself; a case without an answer is lower; FEEL only the library reads proves nothing', () => {
    for (const one of [...shipped, read(levels)]) {
      const compiled = compile(one)
      expect(findLower(compiled, compiled, compiled.tops[0] ?? '')).toEqual({ ok: true, value: undefined })
    }
    const gap = read(definitions(input('cases', 'number') + table({ name: 'level', asks: [['cases', 'number']], needs: ['cases'], rows: [['< 20', '4']] })))
    expect(findLower(compile(classes([20, 50])), compile(gap), 'level')).toMatchObject({ ok: true, value: { answer: null } })
    const opaque = read(definitions(input('cases', 'number') + literal('level', 'if cases > 3 then 2 else 1', ['cases'])))
    expect(findLower(compile(classes([20, 50])), compile(opaque), 'level')).toMatchObject({ ok: false, problem: { code: 'input_not_enumerable' } })
  })

  test('R17 a stricter threshold of a real rulebook is proven so, a laxer one refused with the case', () => {
    const [first] = shipped as [DecisionModel]
    const base = compile(first)
    // The cut between class 1 and class 2 of new community cases, 20 in the text, at 15.
    const stricter = read(written(first).replace('<text>[0..20)</text>', '<text>[0..15)</text>').replace('<text>[20..50)</text>', '<text>[15..50)</text>'))
    expect(checkModel(stricter)).toEqual([])
    expect(findLower(base, compile(stricter), 'level')).toEqual({ ok: true, value: undefined })
    expect(findLower(compile(stricter), base, 'level')).toMatchObject({ ok: true, value: { than: 2, answer: 1 } })
  })
})
