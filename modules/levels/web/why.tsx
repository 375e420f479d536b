import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useParams, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Measures, Truths } from '#announcements/web'
import type { AnswerOf, Instant } from '#base'
import { DecisionTable } from '#rulebooks/web'
import { Freshness, LevelBadge, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useAddress, useDay, useFormat, useGo, useQueryOf, useT } from '#web'
import { getWhy } from '../contract.ts'
import { RulebookChoice } from './level-head.tsx'
import { NoRulebook, Trial } from './level-notices.tsx'
import classes from './levels.module.css'
import { useInputsOf, type InputsOf } from './use-inputs-of.ts'
import { WhyChanges } from './why-changes.tsx'
import { WhyHistory } from './why-history.tsx'
import { WhyInputs } from './why-inputs.tsx'
import { WhyPublished } from './why-published.tsx'
import { joined, reasonsOf } from './why-reasons.ts'

export type Why = AnswerOf<typeof getWhy>

const WhyPage = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const { area: code = '' } = useParams({ strict: false })
  const { day } = useDay()
  const [{ area: chosen, rulebook }, set] = useAddress({ area: '', rulebook: '' })
  const path = useRouterState({ select: (state) => state.location.pathname })
  // The area chosen in the bar above is the area explained; on the way to another page the address is that page's already.
  useEffect(() => {
    if (path !== `/levels/${code}`) return
    if (chosen === '') set({ area: code })
    else if (chosen !== code) go(`/levels/${chosen}`, { area: chosen, rulebook: rulebook || undefined })
  }, [chosen, code, path])

  const { data, error, refetch, isPlaceholderData } = useQueryOf(getWhy, { query: { on: day, area: code, ...(rulebook ? { rulebook } : {}) } })
  const why = data?.assessment.area === code || !isPlaceholderData ? data : undefined
  const inputs = useInputsOf(why?.assessment.rulebook)
  const assessment = why?.assessment
  const newest = Object.values(assessment?.inputs ?? {}).reduce<string | null>((a, { freshness: b }) => (a === null || (b !== null && b > a) ? b : a), null)
  const above = why?.ancestors.filter(({ code: one }) => one !== 'VN').toReversed() ?? []

  return (
    <div className={classes.why} data-settling={isPlaceholderData || undefined}>
      <PageHeader
        title={assessment ? t('levels.why_of', { name: assessment.name }) : t('levels.why')}
        about={(
          <span>
            <ScreenLink to="/levels" search={{ area: above.at(-1)?.code, rulebook: rulebook || undefined }}>{t('levels.title')}</ScreenLink>
            {above.map((unit) => (
              <span key={unit.code}> › <ScreenLink to={`/levels/${unit.code}`} search={{ area: unit.code, rulebook: rulebook || undefined }}>{unit.name}</ScreenLink></span>
            ))}
            {' · '}{format.day(day)}
          </span>
        )}
        actions={(
          <>
            <RulebookChoice value={rulebook} onChange={(next) => set({ rulebook: next }, { push: true })} />
            <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('levels.print')}</Button>
          </>
        )}
      />
      <Freshness until={(newest as Instant | null) ?? undefined} />
      {problemIn(error)?.code !== 'unknown_area' && <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />}
      <Trial rulebook={rulebook} day={day} />
      {assessment?.state === 'no_rulebook' && <NoRulebook day={day} />}
      {why && inputs && (
        <>
          <Sentence why={why} inputs={inputs} />
          <WhyChanges why={why} inputs={inputs} />
          <h2 className={classes.section}>{t('levels.evidence')}</h2>
          <WhyInputs why={why} inputs={inputs} />
          <h2 className={classes.section}>{t('levels.tables')} <span className={classes.document}>{inputs.document}</span></h2>
          {inputs.book.tables.map((table) => (
            <DecisionTable key={table.name} book={inputs.book} table={table} decided={why.assessment.because.filter((step) => step.table === table.name)} />
          ))}
        </>
      )}
      {why && (
        <div className={classes.past}>
          <WhyHistory why={why} />
          <WhyPublished why={why} />
        </div>
      )}
      {why && inputs && <Truths area={code} on={day} label={inputs.words.label} said={(name, value) => saidOf(inputs, name, value)} />}
      {why && <InForce why={why} />}
    </div>
  )
}
export default WhyPage

const saidOf = ({ inputs, words }: InputsOf, name: string, value: number | string | null): string => {
  const meta = inputs.find((one) => one.name === name)
  return meta ? words.value(meta, value) : String(value ?? '–')
}

/** Measures of the level that holds: the one published last, else the one computed. */
const InForce = ({ why: { published, assessment } }: { why: Why }) => {
  const level = published.findLast(({ effectiveFrom }) => effectiveFrom <= assessment.on)?.level ?? assessment.level
  return level === null ? null : <Measures level={level} area={assessment.area} on={assessment.on} />
}

const lower = (text: string): string => `${text.charAt(0).toLocaleLowerCase('vi')}${text.slice(1)}`

/** The level and its reasons in one sentence, with what makes it less sure. */
const Sentence = ({ why: { assessment }, inputs: { book, inputs, words } }: { why: Why; inputs: InputsOf }) => {
  const t = useT()
  const { level, possible, state, because, smallPopulation, held, estimated } = assessment
  const reasons = reasonsOf(because, book).flatMap((name) => {
    const meta = inputs.find((one) => one.name === name)
    const input = assessment.inputs[name]
    return meta && input && input.value !== null ? [words.reason(meta, input, smallPopulation)] : []
  })
  const decisive = joined(assessment.decisive.map((name) => lower(words.label(name))), t('levels.and'))
  const said = level !== null ? t('levels.because', { level, reasons: joined(reasons, t('levels.and')) })
    : state === 'no_data' ? t('levels.because_nothing')
      : possible.length > 1 ? t('levels.because_open', { levels: joined(possible.map(String), t('levels.or'), ', '), decisive })
        : t('levels.because_undetermined')
  const unconfirmed = because.some(({ confidence }) => confidence !== 'found' && confidence !== null)
  return (
    <>
      <p className={classes.sentence}>
        <LevelBadge level={level} possible={possible} size={36} /> <span>{said}</span>
      </p>
      <div className={classes.notices}>
        {held.length > 0 && (
          <Notice warning>
            {t('levels.held_about', { what: held.map(words.label).join('; ') })} <ScreenLink to="/figures" search={{ tab: 'held' }}>{t('levels.see_held')}</ScreenLink>
          </Notice>
        )}
        {level === null && (
          <Notice>
            {t('levels.fill_about')} <ScreenLink to="/figures">{t('levels.enter')}</ScreenLink> · <ScreenLink to="/imports">{t('levels.import')}</ScreenLink>
          </Notice>
        )}
        {(unconfirmed || estimated) && (
          <Notice>
            {unconfirmed && t('levels.unconfirmed_about')} {estimated && t('levels.estimate_about')}
          </Notice>
        )}
      </div>
    </>
  )
}
