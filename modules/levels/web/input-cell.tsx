import { IconHourglass } from '@tabler/icons-react'
import { memo } from 'react'
import { useFormat, useT } from '#web'
import classes from './levels.module.css'
import type { InputMeta, InputShown, InputWords } from './use-input-words.ts'

interface InputCellProps {
  readonly meta: InputMeta
  readonly input: InputShown | undefined
  readonly words: InputWords
  /** One case more moves the rate by much: the count stands first. */
  readonly smallPopulation: boolean
}

/** A value of evidence as it stands in a table: count beside rate, marks for estimate and held, what is known at least where days are missing. */
export const InputCell = memo(({ meta, input, words, smallPopulation }: InputCellProps) => {
  const t = useT()
  const format = useFormat()
  if (!input) return <span className={classes.soft}>–</span>
  const { value, numerator, estimated, held, atLeast, missingDays } = input
  const mark = estimated && <span title={t('levels.estimate')} role="img" aria-label={t('levels.estimate')}>≈{'\u202f'}</span>
  const holding = held && <IconHourglass size={14} className={classes.held} role="img" aria-label={t('levels.held')} />
  if (value === null) {
    return (
      <span className={classes.lacking}>
        {atLeast !== null && <>≥{'\u202f'}{words.value(meta, atLeast)} </>}
        <span className={classes.soft}>{missingDays > 0 ? t('levels.missing_days', { days: missingDays }) : '–'}</span>
        {holding}
      </span>
    )
  }
  const said = words.value(meta, value)
  if (meta.kind !== 'rate' || numerator === null) return <>{mark}{said}{holding}</>
  const cases = t('levels.cases', { count: Number.isInteger(numerator) ? numerator : format.number(numerator) })
  return smallPopulation
    ? <>{cases} <span className={classes.soft}>· {mark}{said}</span>{holding}</>
    : <>{mark}{said} <span className={classes.soft}>· {cases}</span>{holding}</>
})
