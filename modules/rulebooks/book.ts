import { describeModel, type DecisionModel } from '#decisions'

const evidenceOf = ({ name, label, evidence }: DecisionModel['inputs'][number]) => ({
  name, label, labelEn: evidence?.labelEn ?? null, kind: evidence?.kind ?? null, numerator: [...(evidence?.numerator ?? [])],
  denominator: evidence?.denominator ?? null, per: evidence?.per ?? 1, measure: evidence?.measure ?? null,
  windowDays: evidence?.windowDays ?? null, dayBasis: evidence?.dayBasis ?? null, cutoffHour: evidence?.cutoffHour ?? null, optional: evidence?.optional ?? false,
})

/** A model as the page of tables that the contract's `book` states, on the server and in the editor alike. */
export const bookOf = (model: DecisionModel) => {
  const { inputs, tables, expressions } = describeModel(model)
  return {
    inputs: inputs.map(evidenceOf),
    tables: tables.map((table) => ({
      ...table, inputs: [...table.inputs], outputs: [...table.outputs], annotations: [...table.annotations],
      rows: table.rows.map((row) => ({ ...row, when: [...row.when], gives: [...row.gives], annotations: { ...row.annotations } })),
    })),
    expressions: [...expressions],
  }
}
