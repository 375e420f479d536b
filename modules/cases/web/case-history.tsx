import { getArea } from '#areas/contract'
import type { AnswerOf, Instant } from '#base'
import { now, useAreas, useFormat, useQueryOf, useT } from '#web'
import type { getCase } from '../contract.ts'
import classes from './cases.module.css'
import { fieldOf } from './fields.ts'
import { useWords } from './words.ts'

type Entry = AnswerOf<typeof getCase>['history'][number]

/** Everything that was done to a case, newest first: who, when, what changed, why. */
export const CaseHistory = ({ history }: { history: readonly Entry[] }) => {
  const t = useT()
  const format = useFormat()
  return (
    <section aria-labelledby="history" className={classes.history}>
      <h2 id="history">{t('cases.history')}</h2>
      <ol>
        {history.map((entry) => (
          <li key={entry.version}>
            <div><strong>{t(`cases.action.${entry.action}`)}</strong> · {entry.by}</div>
            <div className={classes.when}>{format.instant(entry.at as Instant)} ({format.relative(entry.at as Instant, now())})</div>
            {entry.reason && <div>{t('cases.because', { reason: entry.reason })}</div>}
            {entry.changes.length > 0 && (
              <ul>
                {entry.changes.map(({ field, before, after }) => (
                  <li key={field}>
                    {t(`cases.field.${field}`)}: <del><Value field={field} value={before} /></del> → <ins><Value field={field} value={after} /></ins>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

const Value = ({ field, value }: { field: string; value: unknown }) => {
  const words = useWords()
  return typeof value === 'number' && ['areaId', 'eventAreaId'].includes(fieldOf(field) ?? '') ? <AreaName id={value} /> : words.value(field, value)
}

/** A unit by its id, of whatever tree. */
const AreaName = ({ id }: { id: number }) => {
  const here = useAreas().byId(id)
  const { data } = useQueryOf(getArea, here ? undefined : { params: { id } })
  return here?.name ?? data?.area.name ?? String(id)
}
