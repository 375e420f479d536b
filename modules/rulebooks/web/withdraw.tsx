import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf, PlainDate } from '#base'
import { compareLevels, getLevels, getRun, getWhy } from '#levels/contract'
import { DayPicker, DisabledWithReason, ProblemNotice, today, useMay, useProblemForm, useSend, useT, useToast } from '#web'
import { compareRulebooks, getRulebook, listRulebooks, rulebookEnact, withdrawRulebook } from '../contract.ts'

const FAR = '2099-12-31' as PlainDate

/** Ends a version the province put in force; what the ministry issued is not the province's to end, and has no button. */
export const Withdraw = ({ rulebook }: { rulebook: AnswerOf<typeof getRulebook>['rulebook'] }) => {
  const t = useT()
  const may = useMay()
  const { say } = useToast()
  const [opened, setOpened] = useState(false)
  const withdrawing = useSend(withdrawRulebook, { invalidates: [getRulebook, listRulebooks, compareRulebooks, compareLevels, getLevels, getRun, getWhy] })
  const form = useProblemForm<{ document: string; lastOn: PlainDate | undefined }>({ document: '', lastOn: today() })
  const { document, lastOn } = form.values
  if (rulebook.loadedBy === 'shipped') return null
  const submit = async (): Promise<void> => {
    if (!lastOn) return
    const done = await withdrawing.send({ params: { id: rulebook.id }, body: { version: rulebook.version, document, lastOn } })
    if (!done.ok) return form.refuse(done.problem)
    setOpened(false)
    say(t('rulebooks.withdrawn'))
  }
  return (
    <>
      <DisabledWithReason
        variant="default" onClick={() => setOpened(true)}
        reason={may(rulebookEnact) ? undefined : t('rulebooks.may_not_enact', { roles: rulebookEnact.roles.map((role) => t(`role.${role}`)).join(', ') })}
      >{t('rulebooks.withdraw')}</DisabledWithReason>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('rulebooks.withdraw')} size="lg" closeButtonProps={{ 'aria-label': t('web.close') }}>
        <form {...form.bind(() => void submit())}>
          <Stack gap="md">
            <p>{t('rulebooks.withdraw_about')}</p>
            <TextInput label={t('rulebooks.document_number')} withAsterisk autoComplete="off" data-autofocus {...form.field('document')} />
            <DayPicker label={t('rulebooks.last_on')} required max={FAR} value={lastOn} onChange={(day) => form.set('lastOn', day)} error={form.errorAt('lastOn')} />
            {form.error && <ProblemNotice problem={withdrawing.problem} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpened(false)}>{t('web.cancel')}</Button>
              <DisabledWithReason type="submit" loading={withdrawing.pending} reason={document.trim() === '' || !lastOn ? t('rulebooks.needs_document') : undefined}>{t('rulebooks.withdraw_now')}</DisabledWithReason>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
