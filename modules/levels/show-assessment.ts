import { SMALL_POPULATION, type Assessment } from './assess.ts'
import type { AssessmentShown } from './contract.ts'

export const stateOf = ({ rulebook, level, inputs }: Assessment): AssessmentShown['state'] => {
  if (!rulebook) return 'no_rulebook'
  if (level !== null) return 'assessed'
  const measured = rulebook.model.inputs.filter(({ evidence }) => evidence && evidence.kind !== 'assessment_day' && evidence.kind !== 'previous_level')
  return measured.every(({ name }) => inputs[name]?.missing && inputs[name].atLeast === null) ? 'no_data' : 'incomplete'
}

/** An assessment as screens, scripts and announcements have it. */
export const showAssessment = (assessment: Assessment, population: number | null): AssessmentShown => {
  const { area, on, rulebook, level, possible, missing, decisive, held, because, inputs } = assessment
  return {
    area: area.code, areaId: area.id, name: area.name, kind: area.kind, level_of_area: area.level, parentId: area.parentId, on,
    rulebook: rulebook?.row.id ?? null, level, possible: [...possible], state: stateOf(assessment), missing: [...missing], decisive: [...decisive],
    held: [...held], estimated: Object.values(inputs).some((input) => input.estimated), population,
    smallPopulation: population !== null && population < SMALL_POPULATION,
    because: because.map(({ table, row, clause, confidence, source, inputs: asked, outputs }) => ({
      table, row, clause, confidence, source, inputs: { ...asked }, outputs: { ...outputs },
    })),
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, { ...input, sources: [...input.sources] }])),
  }
}
