import { Button, Modal, Select, TextInput } from '@mantine/core'
import { IconSearch, IconUserPlus, IconUsersPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { nameKey, ROLES, type Instant } from '#base'
import {
  DataTable, EmptyState, now, PageHeader, problemIn, ProblemNotice, useAddress, useFormat, useGo, useQueryOf, useT, type Column,
} from '#web'
import { listAccounts } from '../contract.ts'
import { EditAccount, type Account } from './edit-account.tsx'
import { LinkSlips, type Slip } from './link-slips.tsx'
import { OpenAccount } from './open-account.tsx'

const VIEWS = { list: 'accounts', defaults: { q: '', role: '' } }

const AccountList = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const [{ q, role, account: openId }, set] = useAddress({ q: '', role: '', account: '' })
  const [opening, setOpening] = useState(false)
  const [slips, setSlips] = useState<readonly Slip[]>()
  const { data, error, refetch } = useQueryOf(listAccounts, {})
  const key = nameKey(q)
  const rows = data?.accounts.filter((account) =>
    nameKey(`${account.name} ${account.username}`).includes(key) && (role === '' || account.grants.some((grant) => grant.role === role)))
  const edited = data?.accounts.find((account) => account.id === openId)
  const at = (instant: string | null): string =>
    instant ? `${format.instant(instant as Instant)} (${format.relative(instant as Instant, now())})` : t('accounts.never')

  const columns: Column<Account>[] = [
    { key: 'name', title: t('accounts.name'), render: ({ name }) => name, sortBy: ({ name }) => name.split(' ').at(-1) },
    { key: 'username', title: t('accounts.username'), render: ({ username }) => username, sortBy: ({ username }) => username },
    {
      key: 'rights', title: t('accounts.rights'), text: ({ grants }) => grants.map((grant) => `${t(`role.${grant.role}`)} · ${grant.areaName}`).join('; '),
      render: ({ grants }) => grants.map((grant) => <div key={`${grant.role} ${grant.areaId}`}>{t(`role.${grant.role}`)} · {grant.areaName}</div>),
    },
    { key: 'seen', title: t('accounts.last_sign_in'), render: ({ lastSignInAt }) => at(lastSignInAt), sortBy: ({ lastSignInAt }) => lastSignInAt },
    {
      key: 'status', title: t('accounts.status'), sortBy: ({ disabledAt }) => disabledAt ?? '',
      render: ({ disabledAt }) => (disabledAt ? t('accounts.disabled_since', { at: format.instant(disabledAt as Instant) }) : t('accounts.active')),
    },
  ]

  if (slips) {
    return (
      <>
        <div className="no-print"><PageHeader title={t('accounts.links_title')} /></div>
        <LinkSlips slips={slips} onDone={() => setSlips(undefined)} />
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={t('accounts.title')}
        about={t('accounts.about')}
        actions={(
          <>
            <Button variant="default" leftSection={<IconUsersPlus size={16} />} onClick={() => go('/accounts/new')}>{t('accounts.open_many')}</Button>
            <Button leftSection={<IconUserPlus size={16} />} onClick={() => setOpening(true)}>{t('accounts.open_one')}</Button>
          </>
        )}
      />
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      <DataTable
        name="accounts"
        label={t('accounts.title')}
        columns={columns}
        views={VIEWS}
        rows={error ? [] : rows}
        rowKey={({ id }) => id}
        sort={{ key: 'name', descending: false }}
        onOpen={({ id }) => set({ account: id }, { push: true })}
        empty={<EmptyState title={t('accounts.none')}>{t('accounts.none_about')}</EmptyState>}
        filters={(
          <>
            <TextInput
              aria-label={t('accounts.find')} placeholder={t('accounts.find')} leftSection={<IconSearch size={16} />} w={260}
              value={q} onChange={(event) => set({ q: event.currentTarget.value })}
            />
            <Select
              aria-label={t('accounts.role')} placeholder={t('accounts.any_role')} clearable w={180}
              data={ROLES.map((one) => ({ value: one, label: t(`role.${one}`) }))} value={role || null} onChange={(next) => set({ role: next ?? '' })}
            />
          </>
        )}
      />
      <Modal opened={opening} onClose={() => setOpening(false)} title={t('accounts.open_one')} size="lg" closeButtonProps={{ 'aria-label': t('web.close') }}>
        <OpenAccount onCancel={() => setOpening(false)} onOpened={(slip) => {
          setOpening(false)
          setSlips([slip])
        }} />
      </Modal>
      <Modal opened={edited !== undefined} onClose={() => set({ account: '' })} title={edited?.name} size="lg" closeButtonProps={{ 'aria-label': t('web.close') }}>
        {edited && <EditAccount account={edited} onClose={() => set({ account: '' })} onLink={(slip) => {
          set({ account: '' })
          setSlips([slip])
        }} />}
      </Modal>
    </>
  )
}
export default AccountList
