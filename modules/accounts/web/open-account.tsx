import { Button, Group, Stack, TextInput } from '@mantine/core'
import { DisabledWithReason, ProblemNotice, today, useAreas, useProblemForm, useSend, useT } from '#web'
import { listAccounts, openAccounts } from '../contract.ts'
import { GrantsEditor, wholeGrants, type DraftGrant } from './grants-editor.tsx'
import type { Slip } from './link-slips.tsx'

/** Opens one account; the answer is its one-time link. */
export const OpenAccount = ({ onOpened, onCancel }: { onOpened: (slip: Slip) => void; onCancel: () => void }) => {
  const t = useT()
  const root = useAreas(today()).roots[0]
  const opening = useSend(openAccounts, { invalidates: [listAccounts] })
  const form = useProblemForm<{ name: string; username: string; grants: readonly DraftGrant[] }>({
    name: '', username: '', grants: [{ role: 'officer', areaId: root?.id }],
  })
  const { name, username, grants } = form.values
  const rights = wholeGrants(grants)
  const submit = async (): Promise<void> => {
    const opened = await opening.send({ body: { accounts: [{ name, username, grants: rights }] } })
    if (!opened.ok) return form.refuse(withoutRow(opened.problem))
    const [slip] = opened.value.accounts
    if (slip) onOpened(slip)
  }
  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="md">
        <TextInput label={t('accounts.name')} withAsterisk autoComplete="off" data-autofocus {...form.field('name')} />
        <TextInput label={t('accounts.username')} description={t('accounts.username_rule')} withAsterisk autoComplete="off" autoCapitalize="none" {...form.field('username')} />
        <GrantsEditor grants={grants} onChange={(next) => form.set('grants', next)} error={form.errorAt('grants')} />
        {form.error && <ProblemNotice problem={opening.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>{t('web.cancel')}</Button>
          <DisabledWithReason
            type="submit" loading={opening.pending}
            reason={!name || !username ? t('accounts.needs_names') : rights.length === 0 ? t('accounts.needs_area') : undefined}
          >{t('accounts.open_one')}</DisabledWithReason>
        </Group>
      </Stack>
    </form>
  )
}

/** The server speaks of row 0 of a list; here the list is the form itself. */
const withoutRow = <P extends { field?: string; problems?: readonly P[] }>(problem: P): P => ({
  ...problem,
  ...(problem.field === undefined ? {} : { field: problem.field.replace(/^accounts\/0\//, '').replace(/^grants\/.*/, 'grants') }),
  ...(problem.problems === undefined ? {} : { problems: problem.problems.map(withoutRow) }),
})
