import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { Notice, PageHeader, ProblemNotice, useGo, useProblemForm, useSend, useT } from '#web'
import { welcome } from '../contract.ts'
import classes from './accounts.module.css'
import { PasswordField } from './password-field.tsx'

/** Where a one-time link leads: the reader chooses a password. The token stands behind `#`, so it is in no server's log. */
const Welcome = () => {
  const t = useT()
  const go = useGo()
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '')
  const [done, setDone] = useState(false)
  const setting = useSend(welcome)
  const form = useProblemForm({ password: '' })
  const submit = async (): Promise<void> => {
    const set = await setting.send({ body: { token, ...form.values } })
    form.refuse(set.ok ? undefined : set.problem)
    if (!set.ok) return
    history.replaceState(null, '', location.pathname)
    setDone(true)
  }
  if (done) {
    return (
      <Stack className={classes.narrow} gap="lg">
        <Notice>{t('accounts.welcome_done')}</Notice>
        <Button onClick={() => go('/')}>{t('accounts.sign_in')}</Button>
      </Stack>
    )
  }
  if (!token) return <div className={classes.narrow}><Notice warning>{t('accounts.no_token')}</Notice></div>
  return (
    <form className={classes.narrow} {...form.bind(() => void submit())}>
      <Stack gap="lg">
        <PageHeader title={t('accounts.welcome')} about={t('accounts.welcome_about')} />
        <PasswordField
          label={t('accounts.new_password')} description={t('accounts.password_rule')} autoComplete="new-password" autoFocus {...form.field('password')}
        />
        {form.error && <ProblemNotice problem={setting.problem} />}
        <Button type="submit" loading={setting.pending}>{t('accounts.welcome')}</Button>
      </Stack>
    </form>
  )
}
export default Welcome
