import { LevelBadge, useT } from '#web'
import { InputCell } from './input-cell.tsx'
import type { LevelRow } from './level-rows.ts'
import classes from './levels.module.css'
import type { InputsOf } from './use-inputs-of.ts'

/** What stands beside the pointer on the map: unit, level, the evidence in a few lines. */
export const LevelTip = ({ row, book }: { row: LevelRow; book: InputsOf | undefined }) => {
  const t = useT()
  const { unit, level, possible, state, settled } = row
  return (
    <div className={classes.tip}>
      <strong>{unit.name}</strong>
      <LevelBadge level={level} possible={possible} word />
      {settled && state !== 'no_rulebook' && book && (
        <dl>
          {book.inputs.filter(({ kind }) => kind === 'rate' || kind === 'proportion').map((meta) => (
            <div key={meta.name}>
              <dt>{book.words.short(meta.name)}</dt>
              <dd><InputCell meta={meta} input={unit.inputs[meta.name]} words={book.words} smallPopulation={unit.smallPopulation} /></dd>
            </div>
          ))}
        </dl>
      )}
      <span className={classes.soft}>{t('levels.click_why')}</span>
    </div>
  )
}
