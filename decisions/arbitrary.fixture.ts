import fc from 'fast-check'
import type { PlainDate } from '#base'
import type { Confidence, DecisionModel, DecisionTable, Entry, Evidence, EvidenceKind, Expression, HitPolicy, Provenance, Rule, RulebookInfo } from './index.ts'

/** Texts as a reader gives them: trimmed, not empty, with everything XML must escape. */
const text = fc.string({ unit: fc.constantFrom('a', 'ệ', 'Đ', '<', '>', '&', '"', "'", ' ', '\n', '\t', ']', '🦠', '-', '1') }).map((one) => one.trim()).filter((one) => one !== '')
/** Names: white space single. */
const name = text.map((one) => one.replace(/\s+/g, ' '))
const names = (count: { minLength: number; maxLength: number }): fc.Arbitrary<string[]> => fc.uniqueArray(name, count)
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one)
const typeRef = maybe(fc.constantFrom('number', 'string', 'date', 'Level'))

const provenance: fc.Arbitrary<Provenance> = fc.record({
  confidence: maybe(fc.constantFrom<Confidence>('found', 'recalled', 'province')), clause: maybe(text), source: maybe(text),
})
const entry: fc.Arbitrary<Entry> = fc.record({ text: fc.oneof(text, fc.constant('')), provenance })

const day = fc.constantFrom('2021-10-12', '2022-01-26', '2022-01-27') as fc.Arbitrary<PlainDate>
const info: fc.Arbitrary<RulebookInfo> = fc.record({
  id: fc.constantFrom('qd-1', 'qd-2'), title: fc.record({ vi: text, en: text }), disease: name, area: name, validFrom: fc.constant('2021-10-12' as PlainDate), validTo: maybe(day),
  document: text, article: maybe(text), url: maybe(text),
})
const evidence: fc.Arbitrary<Evidence> = fc.record({
  kind: fc.constantFrom<EvidenceKind>('rate', 'proportion', 'count', 'value', 'category', 'assessment_day', 'previous_level'),
  numerator: fc.array(fc.constantFrom('cases_new', 'deaths', 'doses'), { minLength: 1, maxLength: 3 }), denominator: fc.constantFrom('population', 'population_65plus'),
  per: fc.constantFrom(1, 100_000), measure: fc.constantFrom('sum', 'latest'), windowDays: maybe(fc.integer({ min: 1, max: 30 })), dayBasis: fc.constantFrom('report', 'onset'),
  cutoffHour: fc.integer({ min: 1, max: 24 }), optional: fc.boolean(), labelEn: maybe(text),
})

const table: fc.Arbitrary<DecisionTable> = fc.record({ asks: names({ minLength: 0, maxLength: 3 }), gives: names({ minLength: 1, maxLength: 2 }), annotations: names({ minLength: 0, maxLength: 2 }) })
  .chain(({ asks, gives, annotations }) => {
    const rule: fc.Arbitrary<Omit<Rule, 'id'>> = fc.record({
      when: fc.array(entry, { minLength: asks.length, maxLength: asks.length }), gives: fc.array(entry, { minLength: gives.length, maxLength: gives.length }),
      annotations: fc.array(fc.oneof(text, fc.constant('')), { minLength: annotations.length, maxLength: annotations.length }), provenance,
    })
    return fc.record({
      hitPolicy: fc.constantFrom<HitPolicy>('U', 'A', 'P', 'F', 'R', 'O', 'C', 'C+', 'C<', 'C>', 'C#'),
      inputs: fc.tuple(...asks.map((expression) => fc.record({ label: fc.oneof(text, fc.constant(expression)), expression: fc.constant(expression), typeRef, values: maybe(text) }))),
      outputs: fc.tuple(...gives.map((own) => fc.record({ name: fc.constant(own), label: fc.oneof(text, fc.constant(own)), typeRef, values: maybe(text), default: maybe(text) }))),
      annotations: fc.constant(annotations),
      rules: fc.array(rule, { maxLength: 4 }).map((rules): Rule[] => rules.map((one, i) => ({ id: null, ...one, ...(i % 2 === 0 ? {} : { id: `row_${i}` }) }))),
    })
  })

const literal = fc.record({ kind: fc.constant('literal' as const), text: fc.oneof(text, fc.constant('')) })
const named = fc.record({ name, typeRef })
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    fc.record({ kind: fc.constant('invocation' as const), called: text, bindings: fc.array(fc.record({ name, typeRef, value: tie('expression') }), { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('context' as const), entries: fc.array(fc.record({ name, typeRef, value: tie('expression') }), { maxLength: 2 }), result: maybe(tie('expression')) }),
    fc.record({ kind: fc.constant('list' as const), items: fc.array(tie('expression'), { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('relation' as const), columns: names({ minLength: 1, maxLength: 2 }), rows: fc.array(fc.array(literal, { minLength: 1, maxLength: 2 }), { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('function' as const), parameters: fc.array(named, { maxLength: 2 }), body: tie('expression') }),
    fc.record({ kind: fc.constant('conditional' as const), test: tie('expression'), yes: tie('expression'), no: tie('expression') }),
  ),
}))
const logic: fc.Arbitrary<Expression | null> = fc.oneof(table.map((one): Expression => ({ kind: 'table', table: one })), expression, fc.constant(null))

/** Rows of a model each with an id of its own: the tables of several decisions are made apart. */
const withOwnIds = (owner: string, made: Expression | null): Expression | null =>
  made?.kind === 'table' ? { kind: 'table', table: { ...made.table, rules: made.table.rules.map((rule) => ({ ...rule, id: rule.id && `${owner}_${rule.id}` })) } } : made

/** Models as a reader gives them, of every kind of element that is written. */
export const models: fc.Arbitrary<DecisionModel> = fc.record({
  name, rulebook: maybe(info),
  types: fc.array(fc.record({
    name: fc.constantFrom('Level', 'Rate'), typeRef: maybe(fc.constantFrom('number', 'string')), allowedValues: maybe(text), isCollection: fc.boolean(),
    components: fc.array(fc.record({ name, typeRef: maybe(fc.constant('number')), allowedValues: maybe(text), isCollection: fc.boolean(), components: fc.constant([]) }), { maxLength: 2 }),
  }), { maxLength: 2 }),
  inputs: fc.array(fc.record({ name, label: text, typeRef, evidence: maybe(evidence) }), { maxLength: 3 }),
  decisions: fc.array(fc.record({ name, label: text, labelEn: maybe(text), typeRef, logic, provenance }), { minLength: 1, maxLength: 3 }),
  knowledge: fc.array(fc.record({ name, typeRef, parameters: fc.array(named, { maxLength: 2 }), body: expression }), { maxLength: 1 }),
}).map(({ inputs, decisions, knowledge, ...rest }) => ({
  ...rest,
  inputs: inputs.map((one, i) => ({ id: `in_${i}`, ...one })),
  decisions: decisions.map((one, i) => ({
    id: `d_${i}`, ...one, logic: withOwnIds(`d_${i}`, one.logic),
    requires: [...(i > 0 ? [`d_${i - 1}`] : []), ...inputs.map((_, n) => `in_${n}`).slice(0, i + 1), ...knowledge.map((_, n) => `k_${n}`)],
  })),
  knowledge: knowledge.map((one, i) => ({ id: `k_${i}`, requires: [], ...one })),
  repeatedIds: [],
}))
