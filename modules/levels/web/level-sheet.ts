import type { Translate } from '#web'
import type { LevelRow } from './level-rows.ts'
import type { InputMeta, InputWords } from './use-input-words.ts'

type Sheet = (string | number | null)[][]

/** The table as a sheet: every value with what it was made of, so that it can be checked outside the product. */
export const levelSheet = (rows: readonly LevelRow[], on: string, inputs: readonly InputMeta[], words: InputWords, t: Translate): Sheet => {
  const measured = inputs.filter(({ kind }) => kind !== 'assessment_day' && kind !== 'previous_level')
  const head = [
    t('levels.code'), t('levels.unit'), t('levels.above'), t('levels.day'), t('levels.rulebook'), t('levels.level'), t('levels.possible'), t('levels.state'),
    t('levels.population'),
    ...measured.flatMap((meta) => [
      `${words.label(meta.name)}`, ...(meta.kind === 'category' ? [] : [`${words.short(meta.name)}: ${t('levels.numerator')}`]),
      ...(meta.denominator === null ? [] : [`${words.short(meta.name)}: ${t('levels.denominator')}`]), `${words.short(meta.name)}: ${t('levels.remark')}`,
    ]),
  ]
  return [head, ...rows.map(({ unit, level, possible, state, above }) => [
    unit.area, unit.name, above, on, unit.rulebook, level, level === null ? possible.join(' ') : null, t(`levels.state.${state}`), unit.population,
    ...measured.flatMap((meta) => {
      const input = unit.inputs[meta.name]
      const said = input?.value === null || input === undefined ? null : typeof input.value === 'string' ? words.value(meta, input.value) : Number(input.value.toFixed(meta.kind === 'proportion' ? 4 : 2))
      const remark = input && [
        input.held ? t('levels.held') : '', input.estimated ? t('levels.estimate') : '', input.missingDays > 0 ? t('levels.missing_days', { days: input.missingDays }) : '',
      ].filter(Boolean).join('; ')
      return [
        said, ...(meta.kind === 'category' ? [] : [input?.numerator ?? null]), ...(meta.denominator === null ? [] : [input?.denominator ?? null]), remark ?? '',
      ]
    }),
  ])]
}
