import { Button, Group, Popover, Skeleton, TextInput } from '@mantine/core'
import { IconCopy, IconDownload, IconPencil, IconPlus, IconPrinter, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Instant, PlainDate } from '#base'
import { DisabledWithReason, hrefOf, PageHeader, problemIn, ProblemNotice, useFormat, useGo, useQueryOf, useSend, useT, useToast } from '#web'
import { exportScenario, getScenario, listScenarios, renameScenario, restoreScenario, withdrawScenario, type Shown } from '../contract.ts'
import type { Draft } from './editor.tsx'
import { Outcomes } from './outcomes.tsx'
import classes from './scenarios.module.css'

/** A scenario as it was saved, with what was counted since. */
export const SavedScenario = ({ id, onReuse }: { id: string; onReuse: (draft: Draft) => void }) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const toast = useToast()
  const { data, error, refetch } = useQueryOf(getScenario, { params: { id } }, { keep: false })
  const withdrawing = useSend(withdrawScenario, { invalidates: [listScenarios, getScenario] })
  const restoring = useSend(restoreScenario, { invalidates: [listScenarios, getScenario] })
  if (!data) return error ? <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} /> : <Skeleton height={420} />
  const { scenario, ground, variants, staff, outcomes, stamp, counted } = data
  const reason = scenario.mayChange ? undefined : t('scenarios.may_not_change')
  const withdraw = async (): Promise<void> => {
    const withdrawn = await withdrawing.send({ params: { id }, body: {} })
    if (!withdrawn.ok) return
    go('/scenarios')
    toast.undo(t('scenarios.withdrawn', { name: scenario.name }), () => void restoring.send({ params: { id }, body: {} }))
  }
  return (
    <>
      <PageHeader
        title={scenario.name}
        about={`${t('scenarios.saved_about', { by: scenario.madeBy, at: format.instant(scenario.madeAt as Instant), area: scenario.area.name, day: format.day(scenario.on as PlainDate) })} · ${t(`scenarios.disease.${scenario.profile}`)}`}
        actions={(
          <>
            <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => go('/scenarios')}>{t('scenarios.new')}</Button>
            <Button
              variant="default" leftSection={<IconCopy size={16} />} onClick={() => {
                onReuse({ ground, variants, staff })
                go('/scenarios', { area: ground.area, day: ground.on })
              }}
            >{t('scenarios.reuse')}</Button>
            <Button component="a" variant="default" leftSection={<IconDownload size={16} />} href={hrefOf(exportScenario, { params: { id } })}>{t('scenarios.export')}</Button>
            <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('scenarios.print')}</Button>
            <Rename scenario={scenario} reason={reason} />
            <DisabledWithReason variant="default" leftSection={<IconTrash size={16} />} loading={withdrawing.pending} reason={reason} onClick={() => void withdraw()}>{t('scenarios.withdraw')}</DisabledWithReason>
          </>
        )}
      />
      <ProblemNotice problem={withdrawing.problem} />
      <Outcomes on={scenario.on as PlainDate} ground={ground} variants={variants} staff={staff} counted={counted} runs={outcomes.map((outcome) => ({ outcome, settling: false }))} />
      <p className={classes.hint}>{t('scenarios.made_by', { version: stamp.codeVersion, inputs: stamp.inputsSha256.slice(0, 12), seed: stamp.seed })}</p>
    </>
  )
}

const Rename = ({ scenario, reason }: { scenario: Shown['scenario']; reason: string | undefined }) => {
  const t = useT()
  const toast = useToast()
  const [opened, open] = useState(false)
  const [name, setName] = useState(scenario.name)
  const renaming = useSend(renameScenario, { invalidates: [listScenarios, getScenario] })
  const rename = async (): Promise<void> => {
    const renamed = await renaming.send({ params: { id: scenario.id }, body: { name } })
    if (!renamed.ok) return
    open(false)
    toast.say(t('scenarios.renamed'))
  }
  return (
    <Popover opened={opened} onChange={open} trapFocus position="bottom-end">
      <Popover.Target>
        <DisabledWithReason variant="default" leftSection={<IconPencil size={16} />} reason={reason} onClick={() => open(!opened)}>{t('scenarios.rename')}</DisabledWithReason>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => {
          event.preventDefault()
          void rename()
        }}>
          <Group align="end" gap="sm">
            <TextInput label={t('scenarios.save_name')} value={name} maxLength={120} required onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" loading={renaming.pending}>{t('scenarios.rename')}</Button>
          </Group>
          <ProblemNotice problem={renaming.problem} />
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
