import { Popover } from '@mantine/core'
import { useState } from 'react'
import type { Instant, PlainDate } from '#base'
import { ScreenLink, useFormat, useT } from '#web'
import type { BlockShown, DocumentShown, FactShown } from '../contract.ts'
import classes from './bulletins.module.css'

type Words = DocumentShown['blocks'][number] extends infer B ? B extends { kind: 'paragraph'; words: infer W } ? W : never : never

interface Sources {
  readonly facts: Readonly<Record<string, FactShown>>
  /** Day of the figures. */
  readonly day: string
}
interface PaperProps extends Sources {
  readonly document: DocumentShown
}

/** The document as it will look on paper, to be read on a screen: a number leads to its source. Pages are broken by the files, not here. */
export const Paper = ({ document, facts, day }: PaperProps) => {
  const t = useT()
  const sources = { facts, day }
  const number = document.number === null ? '……' : String(document.number).padStart(2, '0')
  return (
    <div className={classes.sheet}><article className={classes.paper} lang="vi" aria-label={t('bulletins.preview')}>
      {document.marks.length > 0 && <p className={classes.marks}>{document.marks.join(' · ')}</p>}
      <header className={classes.head}>
        <div>
          {document.parent !== null && <p>{document.parent}</p>}
          <p className={classes.issuer}><strong>{document.issuer}</strong></p>
          <p className={classes.number}>Số: {number}/{document.symbol}</p>
        </div>
        <div>
          <p><strong>{t('bulletins.paper.nation')}</strong></p>
          <p className={classes.motto}><strong>{t('bulletins.paper.motto')}</strong></p>
          <p className={classes.number}><em>{document.place}, {longDate(document.issuedOn)}</em></p>
        </div>
      </header>
      <h2 className={classes.title}>{document.typeName}<br />{document.subject}</h2>
      {document.addressees.length === 1 && <p className={classes.addressees}>Kính gửi: {document.addressees[0]}.</p>}
      {document.addressees.length > 1 && (
        <div className={classes.addressees}>Kính gửi:<ul>{document.addressees.map((line) => <li key={line}>- {line};</li>)}</ul></div>
      )}
      {document.blocks.map((block, i) => <Block key={i} block={block} {...sources} />)}
      <footer className={classes.foot}>
        <div>
          <p><strong><em>Nơi nhận:</em></strong></p>
          {document.recipients.map((line, i) => <p key={line}>- {line}{i === document.recipients.length - 1 ? '.' : ';'}</p>)}
          {document.code !== null && <p className={classes.code}>{t('bulletins.code')}: {document.code}</p>}
        </div>
        <div>
          {document.authority.map((line) => <p key={line}><strong>{line}</strong></p>)}
          <p className={classes.signer}><strong>{document.signer}</strong></p>
        </div>
      </footer>
      {document.appendices.map(({ title, blocks }, i) => (
        <section key={title} className={classes.appendix}>
          <h2 className={classes.title}>Phụ lục{document.appendices.length > 1 ? ` ${['I', 'II', 'III'][i] ?? i + 1}` : ''}<br />{title}</h2>
          {blocks.map((block, b) => <Block key={b} block={block} {...sources} />)}
        </section>
      ))}
    </article></div>
  )
}

const longDate = (on: string | null): string =>
  on === null ? 'ngày … tháng … năm …' : `ngày ${on.slice(8)} tháng ${Number(on.slice(5, 7)) <= 2 ? on.slice(5, 7) : Number(on.slice(5, 7))} năm ${on.slice(0, 4)}`

const Block = ({ block, ...sources }: { block: BlockShown } & Sources) => {
  switch (block.kind) {
    case 'heading': return block.level === 1
      ? <h3 className={classes.heading}><Said words={block.words} {...sources} /></h3>
      : <h4 className={classes.heading}><Said words={block.words} {...sources} /></h4>
    case 'paragraph': return <p className={classes.paragraph}><Said words={block.words} {...sources} /></p>
    case 'basis': return <p className={classes.paragraph}><em><Said words={block.words} {...sources} /></em></p>
    case 'item': return <p className={classes.paragraph}>- <Said words={block.words} {...sources} /></p>
    case 'source': return <p className={classes.source}><Said words={block.words} {...sources} /></p>
    case 'picture': return (
      <figure className={classes.picture}>
        <figcaption>{block.caption}</figcaption>
        <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(block.svg)}`} alt={block.alt} style={{ aspectRatio: `${block.width} / ${block.height}` }} />
      </figure>
    )
    case 'table': return (
      <div className={classes.frame} tabIndex={0} role="group" aria-label={block.caption}>
        <table>
          {block.caption !== '' && <caption>{block.caption}</caption>}
          <thead><tr>{block.head.map((words, c) => <th key={c} scope="col"><Said words={words} {...sources} /></th>)}</tr></thead>
          <tbody>
            {block.rows.map(({ cells, strong }, r) => (
              <tr key={r} data-strong={strong || undefined}>
                {cells.map((words, c) => <td key={c} data-align={block.columns[c]?.align}><Said words={words} {...sources} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  }
}

const Said = ({ words, facts, day }: { words: Words } & Sources) => words.map(({ text, bold, italic, raised, fact }, i) => {
  const source = fact === undefined ? undefined : facts[fact]
  const unit = fact?.startsWith('level.') ? fact.slice(6) : undefined
  const said = raised ? <sup>{text}</sup> : italic ? <em>{text}</em> : bold ? <strong>{text}</strong> : text
  if (unit !== undefined) return <ScreenLink key={i} className={classes.reason} to={`/levels/${unit}`} search={{ day }}>{said}</ScreenLink>
  return source && !raised ? <Traced key={i} fact={source}>{said}</Traced> : <span key={i}>{said}</span>
})

/** A number that says where it comes from. */
const Traced = ({ fact, children }: { fact: FactShown; children: React.ReactNode }) => {
  const [opened, open] = useState(false)
  return (
    <Popover opened={opened} onChange={open} width={320} position="bottom" withArrow shadow="md" trapFocus>
      <Popover.Target>
        <button type="button" className={classes.traced} aria-expanded={opened} onClick={() => open((was) => !was)}>{children}</button>
      </Popover.Target>
      <Popover.Dropdown>{opened && <Source fact={fact} />}</Popover.Dropdown>
    </Popover>
  )
}

const Source = ({ fact }: { fact: FactShown }) => {
  const t = useT()
  const format = useFormat()
  const [from, to] = [fact.from, fact.to] as [PlainDate, PlainDate]
  const value = fact.value !== null ? format.whole(fact.value) : fact.atLeast !== null ? t('bulletins.fact_at_least', { value: format.whole(fact.atLeast) }) : t('bulletins.fact_unknown')
  return (
    <div className={classes.fact}>
      <strong>{t(`bulletins.metric.${fact.metric}`)} · {fact.areaName}</strong>
      <dl>
        <dt>{t('bulletins.fact_value')}</dt><dd>{value}</dd>
        <dt>{t('bulletins.fact_period')}</dt><dd>{from === to ? format.day(to) : `${format.day(from)} – ${format.day(to)}`}</dd>
        <dt>{t('bulletins.fact_origin')}</dt><dd>{fact.origins.length === 0 ? t('bulletins.fact_unknown') : fact.origins.map((one) => t(`bulletins.origin.${one}`)).join(', ')}</dd>
        {fact.senders.length > 0 && <><dt>{t('bulletins.fact_senders')}</dt><dd>{fact.senders.join('; ')}</dd></>}
        {fact.freshness !== null && <><dt>{t('bulletins.fact_fresh')}</dt><dd>{format.instant(fact.freshness as Instant)}</dd></>}
      </dl>
      {fact.missingDays > 0 && <p>{t('bulletins.fact_missing', { days: fact.missingDays })}</p>}
      {fact.held && <p>{t('bulletins.fact_held')}</p>}
      {fact.estimated && <p>{t('bulletins.fact_estimated')}</p>}
      <p>
        {fact.origins.includes('registry') && (
          <ScreenLink to="/cases" search={{ area: fact.areaCode, day: to, ...rowsOf(fact) }}>{t('bulletins.see_cases')}</ScreenLink>
        )}
        {fact.origins.includes('registry') && ' · '}
        <ScreenLink to="/figures" search={{ area: fact.areaCode, day: to, metrics: fact.metric }}>{t('bulletins.see_figures')}</ScreenLink>
      </p>
    </div>
  )
}

/** The filters of the registry that show the rows of a number. Deaths count on the day of death, which the registry's list has no filter for. */
const rowsOf = ({ metric, from, to }: FactShown): Record<string, string> =>
  metric === 'deaths' ? { outcome: 'died', diagnosis: 'confirmed' }
    : { reportedFrom: from, reportedTo: to, diagnosis: 'confirmed', ...(metric === 'cases_community' ? { detectionSource: 'community' } : {}) }
