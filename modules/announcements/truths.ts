import type { AssessmentShown } from '#levels/contract'

/** What an input said: its value and what it was made of. Where it came from or when it was sent is no change. */
const said = (assessment: AssessmentShown, name: string): string => {
  const input = assessment.inputs[name]
  return input ? JSON.stringify([input.value, input.numerator, input.denominator, input.missing, input.missingDays, input.held]) : ''
}

/** R6: names of the inputs that differ between two assessments of one area and day. */
export const changedInputs = (then: AssessmentShown, now: AssessmentShown): string[] =>
  [...new Set([...Object.keys(then.inputs), ...Object.keys(now.inputs)])].filter((name) => said(then, name) !== said(now, name))
