import { Button, Stack } from '@mantine/core'
import { PageHeader, ProblemNotice, useActor, useProblemForm, useSend, useT, useToast } from '#web'
import { changePassword } from '../contract.ts'
import classes from './accounts.module.css'
import { PasswordField } from './password-field.tsx'

const ChangePassword = () => {
  const t = useT()
  const toast = useToast()
  const actor = useActor()
  const changing = useSend(changePassword)
  const form = useProblemForm({ current: '', next: '' })
  const submit = async (): Promise<void> => {
    const changed = await changing.send({ body: form.values })
    if (!changed.ok) return form.refuse(changed.problem)
    form.reset()
    toast.say(t('accounts.password_changed'))
  }
  return (
    <form className={classes.form} {...form.bind(() => void submit())}>
      <PageHeader title={t('accounts.change_password')} about={actor?.username} />
      <Stack gap="lg">
        {/* For the browser's password keeper. */}
        <input type="text" autoComplete="username" value={actor?.username ?? ''} readOnly hidden />
        <PasswordField label={t('accounts.current_password')} autoComplete="current-password" {...form.field('current')} />
        <PasswordField label={t('accounts.new_password')} description={t('accounts.password_rule')} autoComplete="new-password" {...form.field('next')} />
        {form.error && <ProblemNotice problem={changing.problem} />}
        <div><Button type="submit" loading={changing.pending}>{t('accounts.change_password')}</Button></div>
      </Stack>
    </form>
  )
}
export default ChangePassword
