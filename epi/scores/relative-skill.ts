/** Scores of one model on targets that all models share by position; `undefined` where the model made no forecast. */
export type ScoresOfModel = readonly (number | undefined)[]

/**
 * A model's mean score divided by the baseline's, over the targets both forecast: below 1 is better than the baseline.
 *
 *   θ = Σᵢ sᵢ(model) / Σᵢ sᵢ(baseline)
 *
 * Source: Cramer et al. (2022), PNAS 119:e2113561119 (relative WIS of two models). Result: `undefined` where they share no target or the baseline scored 0 in sum.
 * Errors: `RangeError` for lists of different length. Example: 2, 4 against 4, 8: 0.5.
 */
export const relativeScore = (model: ScoresOfModel, baseline: ScoresOfModel): number | undefined => {
  if (model.length !== baseline.length) throw new RangeError('Models are compared on the same list of targets.')
  let own = 0
  let other = 0
  for (let i = 0; i < model.length; i++) {
    const mine = model[i]
    const theirs = baseline[i]
    if (mine === undefined || theirs === undefined) continue
    own += mine
    other += theirs
  }
  return other > 0 ? own / other : undefined
}

/**
 * Relative skill of many models that did not forecast the same targets: each is compared with each on what both forecast, and scaled so that the baseline is 1.
 *
 *   θᵢ = ( Πⱼ θᵢⱼ )^(1/M),   relative skill = θᵢ / θ_baseline
 *
 * over the M models that share targets with model i, itself included (θᵢᵢ = 1). Source: Cramer et al. (2022), PNAS 119:e2113561119, "Pairwise comparisons". Result: one figure a
 * model in the order given; `undefined` for one that shares no target with the baseline. Errors: `RangeError` for an unknown baseline or lists of different length.
 * Example: two models with 2, 4 and 4, 8, the second being the baseline: 0.5 and 1.
 */
export const pairwiseRelativeSkill = (models: readonly ScoresOfModel[], baseline: number): (number | undefined)[] => {
  const reference = models[baseline]
  if (!reference) throw new RangeError('The baseline must be one of the models.')
  const strength = models.map((one) => {
    const logs = models.flatMap((other) => {
      const ratio = relativeScore(one, other)
      return ratio === undefined || ratio === 0 ? [] : [Math.log(ratio)]
    })
    return logs.length === 0 ? undefined : Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length)
  })
  const scale = strength[baseline]
  return models.map((one, i) => {
    const own = strength[i]
    return own === undefined || scale === undefined || relativeScore(one, reference) === undefined ? undefined : own / scale
  })
}
