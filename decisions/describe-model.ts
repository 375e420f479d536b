import { inOrder } from './compile-model.ts'
import { outputName, ruleProvenance } from './compile-rule.ts'
import type { DecisionModel, DecisionTable, Entry, Expression, HitPolicy, InputDatum } from './model.ts'
import { inheritProvenance, noProvenance, weakest, type Confidence, type Provenance, type RulebookInfo } from './rulebook.ts'

export interface DescribedCell extends Provenance {
  readonly text: string
}

export interface DescribedRow extends Provenance {
  readonly row: number
  readonly when: readonly DescribedCell[]
  readonly gives: readonly DescribedCell[]
  /** By annotation column. */
  readonly annotations: Readonly<Record<string, string>>
}

export interface DescribedTable extends Provenance {
  readonly name: string
  readonly label: string
  readonly labelEn: string | null
  readonly hitPolicy: HitPolicy
  readonly inputs: readonly {
    readonly expression: string
    readonly label: string
    readonly labelEn: string | null
    readonly values: string | null
  }[]
  readonly outputs: readonly {
    readonly name: string
    readonly label: string
    readonly values: string | null
    readonly default: string | null
  }[]
  readonly annotations: readonly string[]
  readonly rows: readonly DescribedRow[]
}

/** A model as a page of tables, in the order they are worked out. Decisions without a table stand as their text. */
export interface ModelDescription {
  readonly name: string
  readonly rulebook: RulebookInfo | null
  readonly inputs: readonly InputDatum[]
  readonly tables: readonly DescribedTable[]
  readonly expressions: readonly { readonly name: string; readonly label: string; readonly text: string }[]
  /** The least sure of all rows and values: what is not `found` shows as "chưa xác nhận". */
  readonly confidence: Confidence | null
}

/** The labels of a name: as the file has them, and in English where it has that too. */
interface Labels {
  readonly label: string
  readonly labelEn: string | null
}

const describeTable = (name: string, table: DecisionTable, from: Provenance, labels: ReadonlyMap<string, Labels>): DescribedTable => {
  const cell = (entry: Entry, row: Provenance): DescribedCell => ({ text: entry.text, ...inheritProvenance(entry.provenance, row) })
  const labelsOf = (word: string, own: string): Labels =>
    own === word || own === '' ? (labels.get(word) ?? { label: word, labelEn: null }) : { label: own, labelEn: null }
  return {
    name,
    ...labelsOf(name, name),
    ...from,
    hitPolicy: table.hitPolicy,
    inputs: table.inputs.map((clause) => ({
      expression: clause.expression,
      ...labelsOf(clause.expression, clause.label),
      values: clause.values,
    })),
    outputs: table.outputs.map((clause, i) => {
      const own = outputName(clause, i, name, table.outputs.length)
      return { name: own, label: labelsOf(own, clause.label).label, values: clause.values, default: clause.default }
    }),
    annotations: table.annotations,
    rows: table.rules.map((rule, i) => {
      const own = inheritProvenance(rule.provenance, from)
      return {
        ...ruleProvenance(rule, from),
        row: i + 1,
        when: rule.when.map((entry) => cell(entry, own)),
        gives: rule.gives.map((entry) => cell(entry, own)),
        annotations: Object.fromEntries(table.annotations.map((column, n) => [column, rule.annotations[n] ?? ''])),
      }
    }),
  }
}

const textOf = (logic: Expression | null): string => (logic?.kind === 'literal' ? logic.text : (logic?.kind ?? ''))

/**
 * Describes a model as tables for a screen: columns with labels, rows with their texts, and for every cell the confidence, clause and
 * source it has or inherits. In no language: labels and annotations are the model's own.
 */
export const describeModel = (model: DecisionModel): ModelDescription => {
  const ordered = inOrder(model, model.decisions)
  const decisions = ordered.ok ? ordered.value : model.decisions
  const labels = new Map<string, Labels>([
    ...model.inputs.map((one): [string, Labels] => [one.name, { label: one.label, labelEn: one.evidence?.labelEn ?? null }]),
    ...model.decisions.map((one): [string, Labels] => [one.name, { label: one.label, labelEn: one.labelEn }]),
  ])
  const tables = [
    ...decisions.flatMap((one) => (one.logic?.kind === 'table' ? [describeTable(one.name, one.logic.table, one.provenance, labels)] : [])),
    ...model.knowledge.flatMap((one) =>
      one.body?.kind === 'table' ? [describeTable(one.name, one.body.table, noProvenance, labels)] : [],
    ),
  ]
  return {
    name: model.name,
    rulebook: model.rulebook,
    inputs: model.inputs,
    tables,
    expressions: decisions
      .filter((one) => one.logic?.kind !== 'table')
      .map((one) => ({ name: one.name, label: one.label, text: textOf(one.logic) })),
    confidence: weakest(tables.flatMap((table) => table.rows.flatMap((row) => [row, ...row.when, ...row.gives]))),
  }
}
