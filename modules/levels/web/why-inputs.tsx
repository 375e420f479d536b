import type { Instant, PlainDate } from '#base'
import { listMetrics } from '#figures/contract'
import { ScreenLink, useFormat, useLanguage, useQueryOf, useT } from '#web'
import { InputCell } from './input-cell.tsx'
import classes from './levels.module.css'
import type { InputMeta } from './use-input-words.ts'
import type { InputsOf } from './use-inputs-of.ts'
import type { Why } from './why.tsx'

/** Every criterion with numerator, denominator, source, freshness, and what is missing of it. */
export const WhyInputs = ({ why: { assessment }, inputs: { inputs, words } }: { why: Why; inputs: InputsOf }) => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  const metrics = useQueryOf(listMetrics, {}, { freshFor: 600_000 }).data?.metrics
  const metric = (code: string): string => {
    const found = metrics?.find((one) => one.code === code)
    return found ? (language === 'en' ? found.nameEn : found.nameVi) : code
  }
  const amount = (value: number | null): string => (value === null ? '–' : format.number(value))
  const madeOf = ({ numerator }: InputMeta): string => numerator.map(metric).join(' + ')
  return (
    <div className={classes.frame} tabIndex={0} role="group" aria-label={t('levels.evidence')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('levels.criterion')}</th><th scope="col" data-numeric>{t('levels.value')}</th>
            <th scope="col" data-numeric>{t('levels.numerator')}</th><th scope="col" data-numeric>{t('levels.denominator')}</th>
            <th scope="col">{t('levels.source')}</th><th scope="col">{t('levels.fresh')}</th><th scope="col">{t('levels.remark')}</th>
          </tr>
        </thead>
        <tbody>
          {inputs.filter(({ kind }) => kind !== 'assessment_day').map((meta) => {
            const input = assessment.inputs[meta.name]
            if (!input) return null
            const decisive = assessment.decisive.includes(meta.name)
            return (
              <tr key={meta.name} data-decisive={decisive || undefined}>
                <th scope="row">{words.label(meta.name)}</th>
                <td data-numeric><InputCell meta={meta} input={{ ...input, held: false }} words={words} smallPopulation={assessment.smallPopulation} /></td>
                <td data-numeric title={madeOf(meta)}>{amount(input.numerator)}</td>
                <td data-numeric title={meta.denominator === null ? undefined : metric(meta.denominator)}>{meta.denominator === null ? '' : amount(input.denominator)}</td>
                <td>
                  {input.sources.map((source) => t(`levels.sources.${source}`)).join(', ')}
                  {input.source !== null && <div className={classes.soft}>{input.source}</div>}
                </td>
                <td>
                  {input.freshness !== null && <div>{format.instant(input.freshness as Instant)}</div>}
                  {input.day !== null && <div className={classes.soft}>{t('levels.figure_of', { day: format.day(input.day as PlainDate) })}</div>}
                </td>
                <td className={classes.remarks}>
                  {decisive && <strong>{t('levels.decides')}</strong>}
                  {input.missing && !meta.optional && input.missingDays === 0 && !input.held && <span>{t('levels.not_reported', { what: missingOf(input.numerator, input.denominator, meta, metric) })}</span>}
                  {input.missing && meta.optional && <span>{t('levels.not_needed')}</span>}
                  {input.missingDays > 0 && <span>{t('levels.missing_of', { days: input.missingDays, of: (meta.windowDays ?? 1) * meta.numerator.length })}</span>}
                  {input.atLeast !== null && <span>{t('levels.at_least', { value: `${words.value(meta, input.atLeast)}${words.per(meta)}` })}</span>}
                  {input.missing && input.sources.includes('sum_of_parts') && (
                    <ScreenLink to="/levels" search={{ area: assessment.area, mark: 'missing' }}>{t('levels.see_silent')}</ScreenLink>
                  )}
                  {input.held && <ScreenLink to="/figures" search={{ tab: 'held' }}>{t('levels.held_wait')}</ScreenLink>}
                  {input.estimated && <span>{t('levels.estimate')}</span>}
                  {input.sources.includes('registry') && <ScreenLink to="/cases" search={{ area: assessment.area }}>{t('levels.see_cases')}</ScreenLink>}
                  {(input.sources.includes('figures') || (input.missing && !meta.optional)) && <ScreenLink to="/figures" search={{ area: assessment.area }}>{t('levels.see_figures')}</ScreenLink>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const missingOf = (numerator: number | null, denominator: number | null, meta: InputMeta, metric: (code: string) => string): string =>
  [...(numerator === null ? meta.numerator : []), ...(meta.denominator !== null && denominator === null ? [meta.denominator] : [])].map(metric).join('; ')
