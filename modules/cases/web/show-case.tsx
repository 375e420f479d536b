import { Badge, Button, Skeleton } from '@mantine/core'
import { IconArrowsExchange, IconPencil, IconPrinter } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { AnswerOf } from '#base'
import { importUse } from '#imports/contract'
import { DisabledWithReason, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useGo, useKeys, useMay, useQueryOf, useT } from '#web'
import { caseCorrect, caseTransfer, getCase } from '../contract.ts'
import { CaseFacts } from './case-facts.tsx'
import { CaseHistory } from './case-history.tsx'
import classes from './cases.module.css'
import { TransferCase } from './transfer-case.tsx'
import { useWords } from './words.ts'

type Answer = AnswerOf<typeof getCase>
type Named = Answer['otherCases'][number]

/** One case: who, how it stands, what is known, what was done. */
const ShowCase = () => {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useQueryOf(getCase, { params: { id } }, { keep: false })
  if (error) {
    return (
      <>
        <PageHeader title={t('cases.case')} />
        <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
        <p><ScreenLink to="/cases">{t('cases.to_list')}</ScreenLink></p>
      </>
    )
  }
  return data ? <Opened answer={data} /> : <><PageHeader title={t('cases.case')} /><Skeleton height={400} /></>
}
export default ShowCase

const Opened = ({ answer }: { answer: Answer }) => {
  const t = useT()
  const go = useGo()
  const may = useMay()
  const words = useWords()
  const [moving, setMoving] = useState(false)
  const { case: shown, history, otherCases, infected, duplicates } = answer
  const roles = (names: readonly string[]): string => names.map((role) => t(`role.${role}`)).join(', ')
  const barred = (permission: typeof caseCorrect): string | undefined =>
    shown.withdrawn ? t('cases.withdrawn') : may(permission) ? undefined : t('cases.may_not', { roles: roles(permission.roles) })
  const correct = (): void => go(`/cases/${shown.id}/correct`)
  useKeys(barred(caseCorrect) === undefined ? [{ keys: 'e', does: 'cases.key_correct', run: correct }] : [])

  return (
    <>
      <PageHeader
        title={shown.fullName}
        about={(
          <>
            {[
              shown.sex && words.choice('sex', shown.sex), shown.age !== null && t('cases.years_old', { age: shown.age }),
              words.place(shown),
            ].filter(Boolean).join(' · ')}
            <span className={classes.stand}>
              <Badge variant="light" color={shown.status === 'active' ? 'teal' : 'gray'} size="lg" tt="none">{words.state(shown)}</Badge>
              {shown.reinfection && <Badge variant="outline" color="gray" size="lg" tt="none">{t('cases.reinfected')}</Badge>}
            </span>
          </>
        )}
        actions={(
          <>
            <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('cases.print')}</Button>
            <DisabledWithReason variant="default" leftSection={<IconArrowsExchange size={16} />} reason={barred(caseTransfer)} onClick={() => setMoving(true)}>
              {t('cases.transfer')}
            </DisabledWithReason>
            <DisabledWithReason leftSection={<IconPencil size={16} />} reason={barred(caseCorrect)} onClick={correct}>{t('cases.correct')}</DisabledWithReason>
          </>
        )}
      />
      <dl className={classes.numbers}>
        <Numbered name={t('cases.number')} text={shown.number} />
        <Numbered name={t('cases.field.nationalNumber')} text={shown.nationalNumber ?? t('cases.none_yet')} />
        {(shown.senderNumber ?? shown.sender) && <Numbered name={t('cases.of_sender')} text={[shown.sender, shown.senderNumber].filter(Boolean).join(' · ')} />}
        {shown.importId && (
          <div>
            <dt>{t('cases.came_by')}</dt>
            <dd>{may(importUse) ? <ScreenLink to={`/imports/${shown.importId}`}>{t('cases.one_import')}</ScreenLink> : t('cases.one_import')} (<ScreenLink to="/cases" search={{ importId: shown.importId }}>{t('cases.same_import')}</ScreenLink>)</dd>
          </div>
        )}
      </dl>
      {shown.withdrawn && <div className={classes.note}><Notice warning>{t('cases.withdrawn')}</Notice></div>}
      {duplicates.length > 0 && (
        <div className={classes.note}>
          <Notice warning>
            {t('cases.looks_like')} <Cases cases={duplicates.map((pair) => pair.case)} />. <ScreenLink to="/cases/duplicates">{t('cases.to_duplicates')}</ScreenLink>
          </Notice>
        </div>
      )}
      {otherCases.length > 0 && <div className={classes.note}><Notice>{t('cases.other_infections')} <Cases cases={otherCases} /></Notice></div>}
      <div className={classes.columns}>
        <CaseFacts shown={shown} infected={infected} />
        <CaseHistory history={history} />
      </div>
      <TransferCase shown={shown} opened={moving} onClose={() => setMoving(false)} />
    </>
  )
}

const Numbered = ({ name, text }: { name: string; text: string }) => <div><dt>{name}</dt><dd>{text}</dd></div>

/** Other cases, each a link. */
export const Cases = ({ cases }: { cases: readonly Named[] }) => {
  const words = useWords()
  return cases.map((one, index) => (
    <span key={one.id}>{index > 0 && ', '}<ScreenLink to={`/cases/${one.id}`}>{one.number}</ScreenLink> ({one.fullName}, {words.day(one.reportedOn)})</span>
  ))
}
