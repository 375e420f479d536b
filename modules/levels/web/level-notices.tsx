import type { PlainDate } from '#base'
import { Notice, ScreenLink, useFormat, useT } from '#web'
import { useRulebooks } from './level-head.tsx'
import { lacking, type LevelRow } from './level-rows.ts'
import type { InputWords } from './use-input-words.ts'

/** No text is in force on the day: which one comes or came nearest. */
export const NoRulebook = ({ day }: { day: PlainDate }) => {
  const t = useT()
  const format = useFormat()
  const { all = [] } = useRulebooks()
  const next = all.filter(({ validFrom }) => validFrom > day).toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))[0]
  const last = all.filter(({ validTo }) => validTo !== null && validTo < day).toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))[0]
  return (
    <Notice warning>
      <strong>{t('levels.no_rulebook')}</strong>{' '}
      {next && t('levels.next_rulebook', { document: next.document, day: format.day(next.validFrom as PlainDate) })}
      {!next && last?.validTo && t('levels.last_rulebook', { document: last.document, day: format.day(last.validTo as PlainDate) })}{' '}
      {t('levels.no_rulebook_about')} <ScreenLink to="/rulebooks">{t('levels.see_rulebooks')}</ScreenLink>
    </Notice>
  )
}

/** A rulebook was chosen that is not in force on the day: what is shown is a trial. */
export const Trial = ({ rulebook, day }: { rulebook: string; day: PlainDate }) => {
  const t = useT()
  const format = useFormat()
  const { all = [] } = useRulebooks()
  const book = all.find(({ id }) => id === rulebook)
  if (!book || (book.validFrom <= day && (book.validTo === null || day <= book.validTo))) return null
  return <Notice warning>{t('levels.trial', { document: book.document, day: format.day(day) })}</Notice>
}

interface LevelNoticesProps {
  readonly rows: readonly LevelRow[]
  readonly day: PlainDate
  readonly depth: string
  readonly words: InputWords | undefined
  /** Chosen by name, or nothing. */
  readonly rulebook: string
}

/** What stands between the table and a full answer: nothing reported, something missing nearly everywhere, figures held. */
export const LevelNotices = ({ rows, day, depth, words, rulebook }: LevelNoticesProps) => {
  const t = useT()
  const format = useFormat()
  if (rows.length === 0) return null
  if (rows.every((row) => row.state === 'no_rulebook')) return <NoRulebook day={day} />
  const settled = rows.every((row) => row.settled)
  const links = (
    <>
      <ScreenLink to="/figures">{t('levels.enter')}</ScreenLink> · <ScreenLink to="/imports">{t('levels.import')}</ScreenLink>
    </>
  )
  if (rows.every((row) => row.state === 'no_data')) {
    return (
      <>
        <Trial rulebook={rulebook} day={day} />
        <Notice><strong>{t('levels.no_data', { day: format.day(day) })}</strong> {t('levels.no_data_about')} {links}</Notice>
      </>
    )
  }
  if (!settled) return <Trial rulebook={rulebook} day={day} />
  const held = rows.filter(({ unit }) => unit.held.length > 0).length
  const common = words ? lacking(rows).filter(({ units }) => units * 4 >= rows.length).slice(0, 3) : []
  return (
    <>
      <Trial rulebook={rulebook} day={day} />
      {held > 0 && (
        <Notice warning>
          {t('levels.held_units', { count: held, units: t(`levels.unit_of.${depth}`) })} <ScreenLink to="/figures" search={{ tab: 'held' }}>{t('levels.see_held')}</ScreenLink>
        </Notice>
      )}
      {common.length > 0 && words && (
        <Notice>
          {t('levels.commonly_lacks', { what: common.map(({ input, units }) => `${words.short(input)} (${t(`levels.count.${depth}`, { count: units })})`).join('; ') })} {links}
        </Notice>
      )}
    </>
  )
}
