import { Select } from '@mantine/core'
import { useFormat, useT } from '#web'
import type { AnalysisShown } from '../contract.ts'
import classes from './imports.module.css'

interface AreaChoicesProps {
  readonly choices: AnalysisShown['choices']
  readonly onChoose: (option: string, areaId: number | null) => void
}

/** Names that several areas have: each is asked once, and the answer holds for the whole file. */
export const AreaChoices = ({ choices, onChoose }: AreaChoicesProps) => {
  const t = useT()
  const format = useFormat()
  if (choices.length === 0) return null
  return (
    <section className={classes.asking} data-open={choices.some(({ chosen }) => chosen === null) || undefined} aria-label={t('imports.choose_areas')}>
      <div>{t('imports.choose_areas')}</div>
      <ul className={classes.choices}>
        {choices.map(({ option, text, rows, chosen, areas }) => (
          <li key={option}>
            <span>“{text}” ({t('imports.in_rows', { rows: format.whole(rows) })})</span>
            <Select
              aria-label={t('imports.area_of', { text })} placeholder={t('imports.choose_area')} searchable clearable
              data={areas.map(({ id, name, code }) => ({ value: String(id), label: `${name} (${code})` }))}
              value={chosen === null ? null : String(chosen)} onChange={(next) => onChoose(option, next === null ? null : Number(next))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
