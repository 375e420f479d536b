import { Button, Group, Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import { DisabledWithReason, ProblemNotice, useActor, useFormat, useProblemForm, useSend, useT, useToast } from '#web'
import { type account as accountShown, listAccounts, newLink, setGrants, setStatus } from '../contract.ts'
import { GrantsEditor, wholeGrants, type DraftGrant } from './grants-editor.tsx'
import type { Slip } from './link-slips.tsx'

export type Account = z.output<typeof accountShown>

/** Rights, switch and a new link of one account. */
export const EditAccount = ({ account, onLink, onClose }: { account: Account; onLink: (slip: Slip) => void; onClose: () => void }) => {
  const t = useT()
  const format = useFormat()
  const toast = useToast()
  const actor = useActor()
  const params = { id: account.id }
  const granting = useSend(setGrants, { invalidates: [listAccounts] })
  const switching = useSend(setStatus, { invalidates: [listAccounts] })
  const linking = useSend(newLink)
  const form = useProblemForm<{ grants: readonly DraftGrant[] }>({ grants: account.grants })
  const grants = wholeGrants(form.values.grants)

  const save = async (): Promise<void> => {
    const saved = await granting.send({ params, body: { grants } })
    if (!saved.ok) return form.refuse(saved.problem)
    const before = wholeGrants(account.grants)
    toast.undo(t('accounts.saved', { name: account.name }), () => void granting.send({ params, body: { grants: before } }))
    onClose()
  }
  const turn = async (disabled: boolean): Promise<void> => {
    const turned = await switching.send({ params, body: { disabled } })
    if (!turned.ok) return
    toast.undo(t(disabled ? 'accounts.disabled' : 'accounts.enabled', { name: account.name }), () => void switching.send({ params, body: { disabled: !disabled } }))
    onClose()
  }
  const link = async (): Promise<void> => {
    const made = await linking.send({ params, body: {} })
    if (made.ok) onLink({ name: account.name, username: account.username, link: made.value.link })
  }
  return (
    <form {...form.bind(() => void save())}>
      <Stack gap="md">
        <Text c="dimmed">
          {account.username}
          {account.disabledAt && ` · ${t('accounts.disabled_since', { at: format.instant(account.disabledAt as Parameters<typeof format.instant>[0]) })}`}
        </Text>
        <GrantsEditor grants={form.values.grants} onChange={(next) => form.set('grants', next)} error={form.errorAt('grants')} />
        <ProblemNotice problem={form.error ? granting.problem : (switching.problem ?? linking.problem)} />
        <Group justify="space-between">
          <Group gap="sm">
            <DisabledWithReason
              variant="default" loading={switching.pending} reason={account.id === actor?.id ? t('accounts.own') : undefined}
              onClick={() => void turn(account.disabledAt === null)}
            >{account.disabledAt === null ? t('accounts.disable') : t('accounts.enable')}</DisabledWithReason>
            <Button variant="default" loading={linking.pending} onClick={() => void link()}>{t('accounts.new_link')}</Button>
          </Group>
          <DisabledWithReason type="submit" loading={granting.pending} reason={grants.length === 0 ? t('accounts.needs_area') : undefined}>
            {t('accounts.save')}
          </DisabledWithReason>
        </Group>
      </Stack>
    </form>
  )
}
