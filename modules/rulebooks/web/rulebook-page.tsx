import { Button, Menu } from '@mantine/core'
import { IconArrowsDiff, IconDownload, IconEdit, IconPrinter } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Instant, PlainDate } from '#base'
import { listMetrics } from '#figures/contract'
import {
  DisabledWithReason, hrefOf, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useAddress, useFormat, useGo, useLanguage, useMay, useQueryOf, useT,
} from '#web'
import { getRulebook, getRulebookFile, rulebookDraft } from '../contract.ts'
import { Confidence } from './confidence.tsx'
import { DecisionTable } from './decision-table.tsx'
import { BeginDraft } from './draft/begin-draft.tsx'
import classes from './rulebook.module.css'
import { useBookWords, type Book } from './use-book-words.ts'
import { Withdraw } from './withdraw.tsx'

const RulebookPage = () => {
  const { id } = useParams({ strict: false })
  const [{ version }] = useAddress({ version: '' })
  const { data, error, refetch } = useQueryOf(
    getRulebook, id === undefined ? undefined : { params: { id }, query: version ? { version: Number(version) } : {} }, { keep: false },
  )
  if (error) return <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
  return data ? <Shown book={data} /> : null
}
export default RulebookPage

const Shown = ({ book }: { book: Book }) => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  const words = useBookWords(book)
  const { rulebook } = book
  const { validFrom, lastOn } = rulebook
  const own = `${rulebook.id}@${rulebook.version}`
  const may = useMay()
  const go = useGo()
  const [beginning, setBeginning] = useState(false)
  return (
    <>
      <PageHeader
        title={language === 'en' ? rulebook.titleEn : rulebook.titleVi}
        about={(
          <>
            {format.day(validFrom as PlainDate)} – {lastOn === null ? t('rulebooks.open') : format.day(lastOn as PlainDate)} · {rulebook.areaName}
            {rulebook.kind === 'variant' && <> · {t('rulebooks.kind_variant')}</>}
          </>
        )}
        actions={(
          <>
            <DisabledWithReason
              leftSection={<IconEdit size={16} />} onClick={() => setBeginning(true)}
              reason={may(rulebookDraft) ? undefined : t('rulebooks.may_not_draft', { roles: rulebookDraft.roles.map((role) => t(`role.${role}`)).join(', ') })}
            >{t('rulebooks.begin')}</DisabledWithReason>
            <Withdraw rulebook={rulebook} />
            <Button variant="default" leftSection={<IconArrowsDiff size={16} />} onClick={() => go('/rulebooks/compare', { a: rulebook.basedOn ?? own, b: own })}>{t('rulebooks.compare')}</Button>
            <Menu position="bottom-end">
              <Menu.Target><Button variant="default" leftSection={<IconDownload size={16} />}>{t('rulebooks.download')}</Button></Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href={hrefOf(getRulebookFile, { params: { id: rulebook.id }, query: { version: rulebook.version } })} download>{t('rulebooks.dmn.1.5')}</Menu.Item>
                <Menu.Item component="a" href={hrefOf(getRulebookFile, { params: { id: rulebook.id }, query: { version: rulebook.version, dmn: '1.3' } })} download>{t('rulebooks.dmn.1.3')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('rulebooks.print')}</Button>
          </>
        )}
      />
      {beginning && <BeginDraft rulebook={rulebook} opened onClose={() => setBeginning(false)} />}
      {rulebook.version !== book.versions[0]?.version && <Notice warning>{t('rulebooks.not_last', { version: book.versions[0]?.version ?? 1 })}</Notice>}
      {rulebook.withdrawnBy && <Notice warning>{t('rulebooks.withdrawn_by', { document: rulebook.withdrawnBy, day: format.day(rulebook.lastOn as PlainDate) })}</Notice>}
      {rulebook.confidence !== 'found' && <Notice warning>{t('rulebooks.unconfirmed_about')}</Notice>}
      <dl className={classes.facts} style={{ marginTop: 12 }}>
        <dt>{t('rulebooks.document')}</dt>
        <dd>
          {rulebook.url ? <a href={rulebook.url} target="_blank" rel="noreferrer">{rulebook.document}</a> : rulebook.document}
          {rulebook.article && `, ${rulebook.article}`}
        </dd>
        <dt>{t('rulebooks.disease')}</dt><dd>{rulebook.disease}</dd>
        <dt>{t('rulebooks.confidence')}</dt><dd>{rulebook.confidence === 'found' ? t('rulebooks.confirmed') : <Confidence of={rulebook.confidence} />}</dd>
        <dt>{t('rulebooks.version')}</dt>
        <dd>{t('rulebooks.version_loaded', { version: rulebook.version, at: format.instant(rulebook.loadedAt as Instant) })} · SHA-256 <code>{rulebook.sha256.slice(0, 16)}…</code></dd>
      </dl>
      {book.versions.length > 1 && (
        <ul className={classes.versions} aria-label={t('rulebooks.versions')}>
          {book.versions.map((one) => (
            <li key={one.version} aria-current={one.version === rulebook.version ? 'true' : undefined}>
              <ScreenLink to={`/rulebooks/${one.id}`} search={{ version: String(one.version) }}>{t('rulebooks.version_n', { version: one.version })}</ScreenLink>{' '}
              {one.document} · {format.day(one.validFrom as PlainDate)} – {one.lastOn === null ? t('rulebooks.open') : format.day(one.lastOn as PlainDate)} · {one.areaName} · {format.instant(one.loadedAt as Instant)}
              {one.loadedBy !== 'shipped' && `, ${one.loadedBy}`}
            </li>
          ))}
        </ul>
      )}
      {book.inputs.some(({ kind }) => kind !== null) && (
        <>
          <h2 className={classes.section}>{t('rulebooks.evidence')}</h2>
          <EvidenceTable book={book} />
        </>
      )}
      <h2 className={classes.section}>{t('rulebooks.tables')}</h2>
      <nav aria-label={t('rulebooks.order')}>
        <ol className={classes.order}>
          {book.tables.map(({ name }) => <li key={name}><a href={`#${name}`}>{words.label(name)}</a></li>)}
        </ol>
      </nav>
      {book.tables.map((table) => <div key={table.name} id={table.name}><DecisionTable book={book} table={table} /></div>)}
      {book.expressions.map(({ name, text }) => (
        <section key={name} className={classes.table}>
          <h3 className={classes.title}>{words.label(name)}</h3>
          <code>{text}</code>
        </section>
      ))}
    </>
  )
}

/** What the rulebook asks for: which figures, over which days, up to which hour. */
const EvidenceTable = ({ book }: { book: Book }) => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  const words = useBookWords(book)
  const metrics = useQueryOf(listMetrics, {}, { freshFor: 600_000 }).data?.metrics
  const metric = (code: string): string => {
    const found = metrics?.find((one) => one.code === code)
    return found ? (language === 'en' ? found.nameEn : found.nameVi) : code
  }
  const made = ({ numerator, denominator, per, kind }: Book['inputs'][number]): string => {
    if (kind === 'assessment_day' || kind === 'previous_level') return t(`rulebooks.kind.${kind}`)
    const sum = numerator.map(metric).join(' + ')
    return denominator === null ? sum : `${sum} ÷ ${metric(denominator)}${per === 1 ? '' : ` × ${format.whole(per)}`}`
  }
  const when = ({ measure, windowDays, dayBasis, kind }: Book['inputs'][number]): string => {
    if (measure === null || kind === 'assessment_day' || kind === 'previous_level') return '–'
    if (measure === 'latest') return windowDays === null ? t('rulebooks.latest') : t('rulebooks.latest_within', { days: windowDays })
    return `${t('rulebooks.sum_of', { days: windowDays ?? 1 })}; ${t(`rulebooks.basis.${dayBasis ?? 'report'}`)}`
  }
  return (
    <div className={classes.frame} tabIndex={0} role="group" aria-label={t('rulebooks.evidence')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('rulebooks.input')}</th><th scope="col">{t('rulebooks.made_of')}</th>
            <th scope="col">{t('rulebooks.window')}</th><th scope="col">{t('rulebooks.cutoff')}</th>
          </tr>
        </thead>
        <tbody>
          {book.inputs.map((input) => (
            <tr key={input.name}>
              <th scope="row" style={{ fontWeight: 500 }}>{words.label(input.name)}{input.optional && ` (${t('rulebooks.optional')})`}</th>
              <td>{made(input)}</td>
              <td>{when(input)}</td>
              <td>{input.measure === 'sum' && input.cutoffHour !== null && input.numerator.length > 0 ? `${input.cutoffHour}:00` : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
