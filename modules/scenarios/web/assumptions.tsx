import { DISEASE_PROFILES } from '#epi'
import { NumberTable, useFormat, useLanguage, useT } from '#web'
import type { ProfileName } from '../contract.ts'
import { reasonIn } from './reasons.ts'
import classes from './scenarios.module.css'

/** Every figure of the disease with its source, and whether anybody has verified it. */
export const Assumptions = ({ profile }: { profile: ProfileName }) => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  const { disease: _, caveat: __, ...figures } = DISEASE_PROFILES[profile]
  const number = (value: number): string => format.number(value, value >= 10 || Number.isInteger(value) ? 0 : value < 0.1 ? 4 : 2)
  const shown = (value: number | readonly number[] | { readonly mean: number; readonly sd: number }): string =>
    (typeof value === 'number' ? number(value) : 'mean' in value ? `${number(value.mean)} ± ${number(value.sd)}` : value.map(number).join(' · '))
  return (
    <details className={classes.assumptions}>
      <summary>{t('scenarios.assumptions')}</summary>
      <NumberTable caption={t('scenarios.assumptions')} captionHidden className={classes.figures ?? ''}>
        <thead>
          <tr><th scope="col">{t('scenarios.parameter')}</th><th scope="col">{t('scenarios.value')}</th><th scope="col">{t('scenarios.sure')}</th><th scope="col">{t('scenarios.source')}</th></tr>
        </thead>
        <tbody>
          {Object.entries(figures).map(([name, { value, source, confidence }]) => (
            <tr key={name}>
              <th scope="row">{t(`scenarios.figure.${name}`)}</th><td>{shown(value)}</td><td data-unverified={confidence !== 'found' || undefined}>{t(`scenarios.confidence.${confidence}`)}</td>
              <td>{confidence === 'assumed' ? reasonIn(language, source) : <span lang="en">{source}</span>}</td>
            </tr>
          ))}
        </tbody>
      </NumberTable>
      <p className={classes.hint}>{t('scenarios.model_about')}</p>
    </details>
  )
}
