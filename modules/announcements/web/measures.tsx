import { useLanguage, useQueryOf, useT } from '#web'
import { listMeasures } from '../contract.ts'
import classes from './announcements.module.css'

/** What holds at a level, activity by activity, with the cell of the resolution it comes from. */
export const Measures = ({ level, area, on }: { level: number; area: string; on: string }) => {
  const t = useT()
  const { language } = useLanguage()
  const { data } = useQueryOf(listMeasures, { query: { level, area, on } })
  if (!data || data.document === null) return null
  return (
    <section aria-label={t('announcements.measures', { level })}>
      <h2 className={classes.section}>{t('announcements.measures', { level })}</h2>
      <p className={classes.soft}>{t('announcements.measures_about', { document: data.document })}</p>
      <div className={classes.scroll}>
        <table className={classes.plain}>
          <thead><tr><th scope="col">{t('announcements.activity')}</th><th scope="col">{t('announcements.measure')}</th><th scope="col">{t('announcements.cell')}</th></tr></thead>
          <tbody>
            {data.measures.map(({ activity, activityVi, activityEn, value, clause, confidence }) => (
              <tr key={activity}>
                <th scope="row">{language === 'vi' ? activityVi : activityEn}</th>
                <td>{t(`rulebooks.word.${value}`)} {confidence !== 'found' && <em className={classes.mark}>{t('announcements.unconfirmed')}</em>}</td>
                <td className={classes.soft}>{clause}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
