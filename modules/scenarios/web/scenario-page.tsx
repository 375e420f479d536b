import { Button, Group, Popover, Skeleton, TextInput } from '@mantine/core'
import { IconDeviceFloppy, IconPrinter } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { addDays, type PlainDate } from '#base'
import {
  DisabledWithReason, EmptyState, PageHeader, problemIn, ProblemNotice, today, useAddress, useArea, useDay, useFormat, useGo, useMay, useQueryOf, useSend, useT, useToast,
} from '#web'
import { listScenarios, saveScenario, scenarioRun, startScenario, type Start } from '../contract.ts'
import { draftOf, Editor, wholeGround, type Draft } from './editor.tsx'
import { Outcomes } from './outcomes.tsx'
import { SavedList } from './saved-list.tsx'
import { SavedScenario } from './saved-scenario.tsx'
import classes from './scenarios.module.css'
import { useOutcomes } from './use-outcomes.ts'

const ScenarioPage = () => {
  const t = useT()
  const { code, area } = useArea()
  const { day } = useDay()
  const [{ saved }] = useAddress({ saved: '' })
  const [reused, setReused] = useState<Draft>()
  const may = useMay()(scenarioRun)
  // A start is the end of a day, and today's counts are not complete.
  const on = day < today() ? day : addDays(today(), -1)
  const { data: start, error, refetch, isPlaceholderData } = useQueryOf(startScenario, saved !== '' || code === undefined ? undefined : { query: { area: code, on } })
  if (saved !== '') return <div className={classes.screen}><SavedScenario key={saved} id={saved} onReuse={setReused} /><SavedList /></div>
  const given = reused && reused.ground.area === code && reused.ground.on === on ? reused : undefined
  return (
    <div className={classes.screen}>
      {!may && <PageHeader title={t('scenarios.of', { area: area?.name ?? '' })} about={t('scenarios.may_not', { roles: scenarioRun.roles.map((role) => t(`role.${role}`)).join(', ') })} />}
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      {may && !error && (start && !isPlaceholderData ? <ScenarioBench key={`${start.area.code} ${start.on} ${given ? 'reused' : ''}`} start={start} given={given} /> : <Skeleton height={420} />)}
      <SavedList />
    </div>
  )
}
export default ScenarioPage

/** Where scenarios are made: assumptions on the left, what comes of them beside. */
const ScenarioBench = ({ start, given }: { start: Start; given: Draft | undefined }) => {
  const t = useT()
  const format = useFormat()
  const [draft, setDraft] = useState<Draft>(() => given ?? draftOf(start, 'covidDelta'))
  const [selected, select] = useState(0)
  // The same object as long as nothing changes: what rests is told by it.
  const ground = useMemo(() => wholeGround(draft), [draft])
  const { runs, problem } = useOutcomes(ground, draft.variants)
  const stamp = runs[0]
  return (
    <>
      <PageHeader
        title={t('scenarios.of', { area: start.area.name })}
        about={t('scenarios.about', { area: start.area.name, day: format.day(start.on as PlainDate), profile: t(`scenarios.disease.${draft.ground.profile}`) })}
        actions={(
          <>
            <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('scenarios.print')}</Button>
            <Save draft={draft} />
          </>
        )}
      />
      <ProblemNotice problem={problem?.code === 'run_given_up' ? undefined : problem} />
      <div className={classes.bench}>
        <Editor draft={draft} start={start} selected={Math.min(selected, draft.variants.length - 1)} onSelect={select} onChange={setDraft} />
        {ground ? (
          <div className={classes.results}>
            <Outcomes on={start.on as PlainDate} ground={ground} variants={draft.variants} staff={draft.staff} runs={runs} counted={start.counted} />
            {stamp?.codeVersion !== undefined && stamp.inputsSha256 !== undefined && stamp.seed !== undefined && (
              <p className={classes.hint}>{t('scenarios.made_by', { version: stamp.codeVersion, inputs: stamp.inputsSha256.slice(0, 12), seed: stamp.seed })}</p>
            )}
          </div>
        ) : <EmptyState title={t('scenarios.incomplete')} />}
      </div>
    </>
  )
}

const Save = ({ draft }: { draft: Draft }) => {
  const t = useT()
  const toast = useToast()
  const go = useGo()
  const [opened, open] = useState(false)
  const [name, setName] = useState('')
  const saving = useSend(saveScenario, { invalidates: [listScenarios] })
  const ground = wholeGround(draft)
  const save = async (): Promise<void> => {
    if (!ground) return
    const saved = await saving.send({ body: { name, ground, variants: [...draft.variants], staff: draft.staff } })
    if (!saved.ok) return
    toast.say(t('scenarios.saved', { name }))
    go('/scenarios', { saved: saved.value.id })
  }
  return (
    <Popover opened={opened} onChange={open} trapFocus position="bottom-end">
      <Popover.Target>
        <DisabledWithReason leftSection={<IconDeviceFloppy size={16} />} reason={ground ? undefined : t('scenarios.incomplete')} onClick={() => open(!opened)}>{t('scenarios.save')}</DisabledWithReason>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}>
          <Group align="end" gap="sm">
            <TextInput label={t('scenarios.save_name')} value={name} maxLength={120} required onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" loading={saving.pending}>{t('scenarios.save')}</Button>
          </Group>
          <ProblemNotice problem={saving.problem} />
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
