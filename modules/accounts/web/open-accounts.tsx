import { Button, Group, Stack, Table, Text, Textarea } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Role } from '#base'
import {
  DisabledWithReason, PageHeader, ProblemNotice, today, useAreas, useGo, useSend, useSentence, useT, type ProblemDocument,
} from '#web'
import { listAccounts, openAccounts } from '../contract.ts'
import { text as moduleText } from '../text.ts'
import { LinkSlips, type Slip } from './link-slips.tsx'
import { readRows } from './read-rows.ts'

/** A role's names in both languages: a list is often older than its reader's language. */
const roleNames = (role: Role): readonly string[] => [moduleText.vi[`role.${role}`], moduleText.en[`role.${role}`]]

/** Many accounts at once, from rows pasted out of Excel; all are opened or none. */
const OpenAccounts = () => {
  const t = useT()
  const go = useGo()
  const sentence = useSentence()
  const areas = useAreas(today())
  const [pasted, setPasted] = useState('')
  const [slips, setSlips] = useState<readonly Slip[]>()
  const opening = useSend(openAccounts, { invalidates: [listAccounts] })
  const read = useDeferredValue(pasted)
  const { accounts, faults } = useMemo(() => readRows(read, areas, roleNames), [read, areas])

  const submit = async (): Promise<void> => {
    const opened = await opening.send({
      body: { accounts: accounts.map(({ name, username, grants }) => ({ name, username, grants: grants.map(({ role, area }) => ({ role, areaId: area.id })) })) },
    })
    if (opened.ok) setSlips(opened.value.accounts)
  }
  // What the server refuses is said at the lines it came from.
  const refused = rowsOf(opening.problem).flatMap(({ index, problem }) =>
    (accounts[index]?.lines ?? []).map((line) => ({ line, text: accounts[index]?.username ?? '', sentence: sentence(problem) })))
  const wrong = [
    ...faults.map(({ line, text, fault }) => ({ line, text, sentence: t(`problem.${fault.code}`, fault.params) })),
    ...refused,
  ].toSorted((a, b) => a.line - b.line)

  if (slips) {
    return (
      <>
        <div className="no-print"><PageHeader title={t('accounts.links_title')} /></div>
        <LinkSlips slips={slips} onDone={() => go('/accounts')} />
      </>
    )
  }
  return (
    <>
      <PageHeader title={t('accounts.open_many')} about={t('accounts.many_about')} />
      <Stack gap="md" maw={960}>
        <Textarea
          label={t('accounts.many_label')} placeholder={t('accounts.many_example')} autosize minRows={8} maxRows={20} spellCheck={false}
          value={pasted} onChange={(event) => {
            opening.reset()
            setPasted(event.currentTarget.value)
          }}
        />
        <Group gap="lg" role="status">
          <Text>{t('accounts.lines_good', { count: accounts.filter(({ lines }) => !refused.some(({ line }) => lines.includes(line))).length })}</Text>
          {wrong.length > 0 && <Text c="var(--mantine-color-error)" fw={600}>{t('accounts.lines_bad', { count: wrong.length })}</Text>}
        </Group>
        {wrong.length > 0 && (
          <Table withTableBorder>
            <Table.Thead>
              <Table.Tr><Table.Th w={64}>{t('accounts.line')}</Table.Th><Table.Th>{t('accounts.many_label')}</Table.Th><Table.Th>{t('accounts.fault')}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {wrong.map(({ line, text, sentence: why }, index) => (
                <Table.Tr key={index}><Table.Td>{line}</Table.Td><Table.Td>{text}</Table.Td><Table.Td>{why}</Table.Td></Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {refused.length === 0 && <ProblemNotice problem={opening.problem} />}
        <Group>
          <DisabledWithReason
            loading={opening.pending}
            reason={faults.length > 0 ? t('accounts.mend_first') : accounts.length === 0 ? t('accounts.paste_first') : undefined}
            onClick={() => void submit()}
          >{t('accounts.open_count', { count: accounts.length })}</DisabledWithReason>
          <Button variant="default" onClick={() => go('/accounts')}>{t('web.cancel')}</Button>
        </Group>
      </Stack>
    </>
  )
}
export default OpenAccounts

const rowsOf = (problem: ProblemDocument | undefined): readonly { index: number; problem: ProblemDocument }[] => {
  if (!problem) return []
  const own = /^accounts\/(\d+)/.exec(problem.field ?? '')
  return [...(own ? [{ index: Number(own[1]), problem }] : []), ...(problem.problems ?? []).flatMap(rowsOf)]
}
