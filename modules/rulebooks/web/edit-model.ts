import type { DecisionModel, DecisionTable, Entry, Provenance, Rule, RulebookInfo } from '#decisions'

/** One edit of a model: a new model, the old one untouched. Places count from 0. */
type Edit = (model: DecisionModel) => DecisionModel

const NOTHING_SAID: Provenance = { confidence: null, clause: null, source: null }

const inTable = (name: string, edit: (table: DecisionTable) => DecisionTable): Edit => (model) => ({
  ...model,
  decisions: model.decisions.map((decision) =>
    decision.name === name && decision.logic?.kind === 'table' ? { ...decision, logic: { kind: 'table', table: edit(decision.logic.table) } } : decision),
})

/** An edit that leaves its row as it is leaves the model as it is: it is no step to take back. */
const inRow = (table: string, row: number, edit: (rule: Rule) => Rule): Edit => (model) => {
  const logic = model.decisions.find((decision) => decision.name === table)?.logic
  const rule = logic?.kind === 'table' ? logic.table.rules[row] : undefined
  const edited = rule && edit(rule)
  if (!edited || JSON.stringify(edited) === JSON.stringify(rule)) return model
  return inTable(table, (one) => ({ ...one, rules: put(one.rules, row, edited) }))(model)
}

const put = <T>(list: readonly T[], at: number, value: T): T[] => list.map((one, i) => (i === at ? value : one))

/** The value of a cell is the province's own now: where it came from no longer holds, until the row says otherwise. */
const retold = (entry: Entry, text: string): Entry => ({ text, provenance: entry.text === text ? entry.provenance : { ...NOTHING_SAID, confidence: 'province' } })

/** A cell that is as sure as its row. */
const asSure = (entry: Entry): Entry => (entry.provenance.confidence === null ? entry : { ...entry, provenance: { ...entry.provenance, confidence: null } })

/** A condition or an answer of a row. Its column counts over both, conditions first. */
export const setCell = (table: string, row: number, column: number, text: string): Edit =>
  inRow(table, row, (rule) => {
    const asked = rule.when.length
    return column < asked
      ? { ...rule, when: put(rule.when, column, retold(rule.when[column] as Entry, text)) }
      : { ...rule, gives: put(rule.gives, column - asked, retold(rule.gives[column - asked] as Entry, text)) }
  })

export const setAnnotation = (table: string, row: number, column: number, text: string, columns: number): Edit =>
  inRow(table, row, (rule) => ({ ...rule, annotations: Array.from({ length: columns }, (_, i) => (i === column ? text.trim() : (rule.annotations[i] ?? ''))) }))

/** Where a row comes from; how sure it is goes for all its cells. */
export const setProvenance = (table: string, row: number, patch: Partial<Provenance>): Edit =>
  inRow(table, row, (rule) => ({
    ...rule, provenance: { ...rule.provenance, ...patch },
    ...(patch.confidence === undefined ? {} : { when: rule.when.map(asSure), gives: rule.gives.map(asSure) }),
  }))

/** Ids of rows anywhere in the model. */
const takenIds = (model: DecisionModel): Set<string | null> =>
  new Set(model.decisions.flatMap((decision) => [decision.id, ...(decision.logic?.kind === 'table' ? decision.logic.table.rules.map((rule) => rule.id) : [])]))

const freshId = (model: DecisionModel, table: string): string => {
  const taken = takenIds(model)
  for (let n = 1; ; n += 1) if (!taken.has(`${table}_row_${n}`)) return `${table}_row_${n}`
}

/** A row below another (below none: the first); a copy of it, or one that asks nothing and answers nothing yet. */
export const addRow = (table: string, below: number, copy: boolean): Edit => (model) =>
  inTable(table, (one) => {
    const like = one.rules[below]
    const rule: Rule = copy && like
      ? { ...like, id: freshId(model, table) }
      : {
          id: freshId(model, table), when: one.inputs.map(() => ({ text: '-', provenance: NOTHING_SAID })), gives: one.outputs.map(() => ({ text: '', provenance: NOTHING_SAID })),
          annotations: one.annotations.map(() => ''), provenance: { ...NOTHING_SAID, confidence: 'province' },
        }
    return { ...one, rules: one.rules.toSpliced(below + 1, 0, rule) }
  })(model)

export const removeRow = (table: string, row: number): Edit => inTable(table, (one) => ({ ...one, rules: one.rules.toSpliced(row, 1) }))

/** Moves a row to another place; the others close up. */
export const moveRow = (table: string, row: number, to: number): Edit =>
  inTable(table, (one) => {
    const rule = one.rules[row]
    return rule && to >= 0 && to < one.rules.length ? { ...one, rules: one.rules.toSpliced(row, 1).toSpliced(to, 0, rule) } : one
  })

export const setInfo = (patch: Partial<RulebookInfo>): Edit => (model) => (model.rulebook ? { ...model, rulebook: { ...model.rulebook, ...patch } } : model)

/** Days and hour of what an input is made of. */
export const setEvidence = (input: string, patch: { readonly windowDays?: number | null; readonly cutoffHour?: number }): Edit => (model) => ({
  ...model, inputs: model.inputs.map((one) => (one.name === input && one.evidence ? { ...one, evidence: { ...one.evidence, ...patch } } : one)),
})
