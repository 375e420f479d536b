import type { Instant, PlainDate } from '#base'
import { DayPicker, LevelBadge, ScreenLink, today, useAddress, useFormat, useQueryOf, useT } from '#web'
import { readTruths } from '../contract.ts'
import classes from './announcements.module.css'

interface TruthsProps {
  readonly area: string
  readonly on: PlainDate
  /** What an input is called, and what its value says. */
  readonly label: (input: string) => string
  readonly said: (input: string, value: number | string | null) => string
}

/** A day as known then and as corrected now, side by side. */
export const Truths = ({ area, on, label, said }: TruthsProps) => {
  const t = useT()
  const format = useFormat()
  const [{ known }, set] = useAddress({ known: '' })
  const knownAt = known === '' ? undefined : `${known}T23:59:59.999+07:00`
  const { data } = useQueryOf(readTruths, { query: { area, on, ...(knownAt === undefined ? {} : { knownAt }) } })
  if (!data) return null
  const { announced, then, now, changed } = data
  const at = format.instant(data.knownAt as Instant)
  const document = announced?.steps.find(({ step }) => step === 'published')?.document ?? ''
  return (
    <section aria-label={t('announcements.truths')}>
      <h2 className={classes.section}>{t('announcements.truths')}</h2>
      {announced && (
        <p>
          <LevelBadge level={announced.item.level} word /> {t('announcements.announced_by', { document, at: format.instant(announced.effectiveAt as Instant) })}{' '}
          <ScreenLink to={`/announcements/${announced.id}`}>{t('announcements.see_dossier')}</ScreenLink>
        </p>
      )}
      <div className={`${classes.known} no-print`}>
        <DayPicker label={t('announcements.known_at')} value={known === '' ? undefined : (known as PlainDate)} max={today()} onChange={(next) => set({ known: next ?? '' })} />
      </div>
      <div className={classes.scroll}>
        <table className={classes.plain}>
          <thead><tr><th scope="col">{t('announcements.input')}</th><th scope="col">{t('announcements.then', { at })}</th><th scope="col">{t('announcements.now')}</th></tr></thead>
          <tbody>
            <tr>
              <th scope="row">{t('announcements.computed')}</th>
              <td><LevelBadge level={then.level} possible={then.possible} word size={18} /></td>
              <td><LevelBadge level={now.level} possible={now.possible} word size={18} /></td>
            </tr>
            {changed.map((name) => {
              const [before, after] = [then.inputs[name], now.inputs[name]]
              return (
                <tr key={name}>
                  <th scope="row">{label(name)}</th>
                  {[before, after].map((input, index) => (
                    <td key={index}>
                      {input && !input.missing ? said(name, input.value) : t('announcements.missing')}
                      {input?.numerator !== null && input?.numerator !== undefined && <span className={classes.soft}> · {format.whole(input.numerator)}</span>}
                      {input?.held && <em className={classes.mark}>{t('announcements.held')}</em>}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {changed.length === 0 && <p className={classes.soft}>{t('announcements.same', { at })}</p>}
    </section>
  )
}
