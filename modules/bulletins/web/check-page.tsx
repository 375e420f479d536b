import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Instant, PlainDate } from '#base'
import { PageHeader, problemIn, ProblemNotice, ScreenLink, useAddress, useFormat, useQueryOf, useT } from '#web'
import { checkCode } from '../contract.ts'
import classes from './bulletins.module.css'

/** A paper against the archive, by the code printed on it. */
const CheckPage = () => {
  const t = useT()
  const format = useFormat()
  const [{ code }, set] = useAddress({ code: '' })
  const [typed, type] = useState(code)
  const { data, error, isFetching } = useQueryOf(checkCode, code === '' ? undefined : { query: { code } }, { keep: false })
  return (
    <>
      <PageHeader title={t('bulletins.check')} about={t('bulletins.check_about')} />
      <form onSubmit={(event) => {
        event.preventDefault()
        set({ code: typed.trim() }, { push: true })
      }}>
        <Group align="end" gap="sm">
          <TextInput label={t('bulletins.code')} placeholder="XXXX-XXXX-XXXX-XXXX" w={280} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => type(event.currentTarget.value)} />
          <Button type="submit" loading={isFetching}>{t('bulletins.check_now')}</Button>
        </Group>
      </form>
      <div className={classes.result}>
        <ProblemNotice problem={problemIn(error)} />
        {data && (
          <section aria-label={t('bulletins.check_found')}>
            <h2 className={classes.section}>{t('bulletins.check_found')}</h2>
            <dl className={classes.facts}>
              <dt>{t('bulletins.type')}</dt><dd>{data.title}</dd>
              <dt>{t('bulletins.number')}</dt><dd>{String(data.number).padStart(2, '0')}/{data.symbol}</dd>
              <dt>{t('bulletins.issued_on')}</dt><dd>{format.day(data.issuedOn as PlainDate)}</dd>
              <dt>{t('bulletins.signer')}</dt><dd>{data.signer}</dd>
              <dt>{t('bulletins.area')}</dt><dd>{data.areaName}</dd>
            </dl>
            <p className={classes.hint}>{t('bulletins.issued_by', { at: format.instant(data.issuedAt as Instant), by: data.issuedBy })}</p>
            {data.bulletinId !== null && <p><ScreenLink to={`/bulletins/${data.bulletinId}`}>{t('bulletins.check_open')}</ScreenLink></p>}
            <p>{t('bulletins.check_compare')}</p>
            <pre className={classes.text} lang="vi" tabIndex={0}>{data.text}</pre>
          </section>
        )}
      </div>
    </>
  )
}
export default CheckPage
