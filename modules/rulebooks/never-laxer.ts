import { addDays, ok, problem, refuse, type PlainDate, type Result } from '#base'
import { findLower, type CompiledModel, type DecisionModel, type PlainValue } from '#decisions'
import type { Law, Rulebook } from './law.ts'

/** The rules in force in an area on some day of a period, as far as they are known. */
export const rulesBetween = (law: Law, areaId: number, from: PlainDate, to: PlainDate | null): Rulebook[] => {
  // The rule changes only on a day a version begins, or on the one after its last.
  const turns = law.books.flatMap(({ row }) => [row.validFrom, ...(row.lastOn === null ? [] : [addDays(row.lastOn, 1)])])
  const days = [from, ...turns.filter((turn) => turn > from && (to === null || turn <= to))]
  return [...new Set(days.flatMap((on) => law.at(areaId, on).rule ?? []))]
}

const words = (inputs: Readonly<Record<string, PlainValue>>, model: DecisionModel): string =>
  Object.entries(inputs)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${model.inputs.find((one) => one.name === name)?.label ?? name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ')

/**
 * R11: a variant may be stricter than the rule in force, never laxer. Proven over every case the tests of both tell apart, not tried on a season: what
 * did not happen yet counts too. Their inputs must be made of the same figures. Problems: `variant_laxer` with a case, `variant_evidence_differs`, `variant_not_provable`.
 */
export const neverLaxer = (rule: Rulebook, variant: { readonly model: DecisionModel; readonly compiled: CompiledModel }): Result<null> => {
  const differing = variant.model.inputs.find((input) => {
    const same = rule.model.inputs.find((one) => one.name === input.name)
    return same && JSON.stringify({ ...same.evidence, labelEn: null }) !== JSON.stringify({ ...input.evidence, labelEn: null })
  })
  if (differing) return refuse(problem('variant_evidence_differs', { params: { input: differing.label } }))
  for (const decision of rule.compiled.tops) {
    const lower = findLower(rule.compiled, variant.compiled, decision)
    if (!lower.ok) return refuse(problem('variant_not_provable', { params: { what: String(lower.problem.params?.['input'] ?? lower.problem.params?.['combinations'] ?? '') } }))
    if (lower.value) {
      const { inputs, than, answer } = lower.value
      return refuse(problem('variant_laxer', { params: { rulebook: rule.row.document, values: words(inputs, variant.model), than, level: answer ?? '–' } }))
    }
  }
  return ok(null)
}
