import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { addDays, type Instant, type PlainDate } from '#base'
import {
  DayPicker, DisabledWithReason, EmptyState, LevelBadge, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useAddress, useArea, useDay, useFormat, useGo,
  useQueryOf, useSend, useT, useToast,
} from '#web'
import { listAnnouncements, listCandidates, propose } from '../contract.ts'
import classes from './announcements.module.css'

interface Choice {
  readonly level: number | null
  readonly reason: string
  readonly clause: string
}

const ProposeAnnouncement = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const { say } = useToast()
  const { day } = useDay()
  const { code } = useArea()
  const [{ all, depth }, set] = useAddress({ all: '', depth: 'commune' })
  const shownDepth = depth === 'district' || depth === 'province' ? depth : 'commune'
  const { data, error, refetch } = useQueryOf(listCandidates, { query: { on: day, depth: shownDepth, ...(code === undefined ? {} : { area: code }) } })
  const [chosen, setChosen] = useState<ReadonlyMap<string, Choice>>(new Map())
  const [effectiveOn, setEffectiveOn] = useState<PlainDate>()
  const [hour, setHour] = useState('0')
  const [note, setNote] = useState('')
  const sending = useSend(propose, { invalidates: [listAnnouncements] })

  const changes = useMemo(() => data?.areas.filter(({ computedLevel, inForce }) => computedLevel !== null && computedLevel !== inForce?.level) ?? [], [data])
  const shown = data && (all === '' ? data.areas.filter((one) => changes.includes(one) || chosen.has(one.area)) : data.areas)
  const put = (area: string, choice: Choice | undefined): void =>
    setChosen((before) => {
      const next = new Map(before)
      if (choice) next.set(area, choice)
      else next.delete(area)
      return next
    })
  const computedOf = (area: string): number | null => data?.areas.find((one) => one.area === area)?.computedLevel ?? null
  const picked = [...chosen]
  const noLevel = picked.filter(([, { level }]) => level === null).length
  const noReason = picked.filter(([area, { level, reason, clause }]) => level !== null && level !== computedOf(area) && (reason.trim() === '' || clause.trim() === '')).length
  const reason = picked.length === 0 ? t('announcements.none_chosen') : noLevel > 0 ? t('announcements.level_missing', { count: noLevel })
    : noReason > 0 ? t('announcements.reasons_missing', { count: noReason }) : undefined
  // The first midnight by which the notice has surely run.
  const from = effectiveOn ?? addDays(day, Math.ceil((data?.noticeHours.up ?? 0) / 24) + 1)
  const effectiveAt = new Date(`${from}T${hour.padStart(2, '0')}:00:00.000+07:00`).toISOString() as Instant

  const submit = async (): Promise<void> => {
    const sent = await sending.send({
      body: {
        assessedOn: day, effectiveAt, note, ...(code === undefined ? {} : { area: code }),
        items: picked.map(([area, { level, reason: why, clause }]) => ({ area, level: level as number, reason: why, clause })),
      },
    })
    if (!sent.ok) return
    say(t('announcements.proposed_done'))
    go(`/announcements/${sent.value.id}`)
  }

  return (
    <>
      <PageHeader
        title={t('announcements.new')}
        about={<><ScreenLink to="/announcements">{t('announcements.title')}</ScreenLink> · {t('announcements.new_about', { day: format.day(day) })}</>}
      />
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      <div className={classes.bar}>
        <NativeSelect
          aria-label={t('announcements.areas')} value={shownDepth} onChange={(event) => set({ depth: event.currentTarget.value })}
          data={(['commune', 'district', 'province'] as const).map((one) => ({ value: one, label: t(`levels.depths.${one}`) }))}
        />
        <Checkbox label={t('announcements.only_changed')} checked={all === ''} onChange={(event) => set({ all: event.currentTarget.checked ? '' : '1' })} />
        <DisabledWithReason
          variant="default" reason={changes.length === 0 ? t('announcements.nothing_changed') : undefined}
          onClick={() => setChosen(new Map(changes.map(({ area, computedLevel }) => [area, { level: computedLevel, reason: '', clause: '' }])))}
        >{t('announcements.choose_changed', { count: changes.length })}</DisabledWithReason>
        <DayPicker label={t('announcements.effective_day')} required value={from} max={addDays(day, 365)} onChange={(next) => setEffectiveOn(next)} />
        <NativeSelect
          label={t('announcements.effective_hour')} value={hour} onChange={(event) => setHour(event.currentTarget.value)}
          data={Array.from({ length: 24 }, (_, h) => ({ value: String(h), label: `${String(h).padStart(2, '0')}:00` }))}
        />
      </div>
      {data && <Notice>{t('announcements.notice_rule', { hours: data.noticeHours.up })}</Notice>}
      {shown?.length === 0 && <EmptyState title={t('announcements.nothing_changed')}>{t('announcements.nothing_changed_about')}</EmptyState>}
      {shown && shown.length > 0 && (
        <div className={classes.scroll}>
          <table className={classes.plain}>
            <thead>
              <tr>
                <td />
                <th scope="col">{t('announcements.area')}</th><th scope="col">{t('announcements.parent')}</th><th scope="col">{t('announcements.in_force')}</th>
                <th scope="col">{t('announcements.computed')}</th><th scope="col">{t('announcements.proposed')}</th>
                <th scope="col">{t('announcements.reason')}</th><th scope="col">{t('announcements.clause')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ area, name, parent, inForce, computedLevel, possible }) => {
                const choice = chosen.get(area)
                const differs = choice !== undefined && choice.level !== null && choice.level !== computedLevel
                return (
                  <tr key={area}>
                    <td>
                      <Checkbox
                        aria-label={t('announcements.choose', { area: name })} checked={choice !== undefined}
                        onChange={(event) => put(area, event.currentTarget.checked ? { level: computedLevel, reason: '', clause: '' } : undefined)}
                      />
                    </td>
                    <th scope="row"><ScreenLink to={`/levels/${area}`} search={{ area }}>{name}</ScreenLink></th>
                    <td>{parent}</td>
                    <td>{inForce ? <LevelBadge level={inForce.level} word size={18} /> : <span className={classes.soft}>{t('announcements.not_published')}</span>}</td>
                    <td><LevelBadge level={computedLevel} possible={possible} word size={18} /></td>
                    <td>
                      {choice && (
                        <NativeSelect
                          aria-label={t('announcements.level_of', { area: name })} value={choice.level === null ? '' : String(choice.level)}
                          data={[...(choice.level === null ? [{ value: '', label: '—' }] : []), '1', '2', '3', '4']}
                          onChange={(event) => put(area, { ...choice, level: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
                        />
                      )}
                    </td>
                    <td>{differs && <TextInput aria-label={t('announcements.reason_of', { area: name })} value={choice.reason} onChange={(event) => put(area, { ...choice, reason: event.currentTarget.value })} />}</td>
                    <td>{differs && <TextInput aria-label={t('announcements.clause_of', { area: name })} value={choice.clause} onChange={(event) => put(area, { ...choice, clause: event.currentTarget.value })} />}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      <div className={classes.send}>
        <Textarea label={t('announcements.note')} autosize minRows={1} mb="sm" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <ProblemNotice problem={sending.problem} />
        <DisabledWithReason reason={reason} loading={sending.pending} onClick={() => void submit()}>{t('announcements.propose', { count: picked.length })}</DisabledWithReason>
      </div>
    </>
  )
}
export default ProposeAnnouncement
