import type { PlainDate } from '#base'
import { LevelBadge, ScreenLink, useFormat, useT } from '#web'
import classes from './levels.module.css'
import type { Why } from './why.tsx'

/** The last twelve weeks, computed week by week: a strip to see, and a list that says the rulebook of each. */
export const WhyHistory = ({ why: { history, assessment } }: { why: Why }) => {
  const t = useT()
  const format = useFormat()
  return (
    <section aria-label={t('levels.history')}>
      <h2 className={classes.section}>{t('levels.history')}</h2>
      <ol className={classes.strip}>
        {history.map(({ on, level, possible }) => (
          <li key={on} aria-current={on === assessment.on ? 'date' : undefined}>
            <ScreenLink to={`/levels/${assessment.area}`} search={{ day: on, area: assessment.area }}>
              <LevelBadge level={level} possible={possible} size={26} />
              <span>{format.shortDay(on as PlainDate)}</span>
            </ScreenLink>
          </li>
        ))}
      </ol>
      <details className={classes.details}>
        <summary>{t('levels.history_list')}</summary>
        <table>
          <thead><tr><th scope="col">{t('levels.day')}</th><th scope="col">{t('levels.level')}</th><th scope="col">{t('levels.rulebook')}</th></tr></thead>
          <tbody>
            {history.toReversed().map(({ on, level, possible, rulebook }) => (
              <tr key={on}>
                <td>{format.day(on as PlainDate)}</td>
                <td><LevelBadge level={level} possible={possible} word size={18} /></td>
                <td>{rulebook === null ? t('levels.no_rulebook_short') : <ScreenLink to={`/rulebooks/${rulebook}`}>{rulebook}</ScreenLink>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
