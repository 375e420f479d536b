import { Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, ProblemNotice, useProblemForm, useSend, useT } from '#web'
import { enter, getSession } from '../contract.ts'
import classes from './accounts.module.css'
import { PasswordField } from './password-field.tsx'

/** Signs in by username; the page asked for is shown as soon as it has worked. */
export const SignIn = ({ onDone }: { onDone?: () => void }) => {
  const t = useT()
  const cache = useQueryClient()
  const entering = useSend(enter)
  const form = useProblemForm({ username: '', password: '' })
  const submit = async (): Promise<void> => {
    const entered = await entering.send({ body: form.values })
    if (!entered.ok) return form.refuse({ field: 'password', ...entered.problem })
    cache.setQueryData(keyOf(getSession), entered.value)
    onDone?.()
    await cache.invalidateQueries({ predicate: (query) => query.state.status === 'error' })
  }
  return (
    <form className={classes.narrow} {...form.bind(() => void submit())}>
      <Stack gap="lg">
        <Title order={1}>{t('accounts.sign_in')}</Title>
        <TextInput label={t('accounts.username')} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus {...form.field('username')} />
        <PasswordField label={t('accounts.password')} autoComplete="current-password" {...form.field('password')} />
        {form.error && entering.problem && <ProblemNotice problem={entering.problem} />}
        <Button type="submit" loading={entering.pending}>{t('accounts.sign_in')}</Button>
        <Text size="sm" c="dimmed">{t('accounts.no_account')}</Text>
      </Stack>
    </form>
  )
}
