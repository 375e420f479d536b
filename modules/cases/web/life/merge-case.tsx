import { Button, Checkbox, Group, Modal, Radio, Stack, Table, Text, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Notice, ProblemNotice, ScreenLink, useGo, useProblemForm, useQueryOf, useSend, useT, useToast } from '#web'
import { countCases, getCase, listCases, listDuplicates, MERGE_FIELDS, mergeCase, unmergeCase } from '../../contract.ts'
import { refusalOf, type ShownCase } from '../draft.ts'
import { useWords } from '../words.ts'

const REREAD = [listCases, countCases, getCase, listDuplicates]
const WAIT = 250

interface MergeProps {
  /** The case that will be no more. */
  readonly shown: ShownCase | undefined
  /** The case that stands, where it is known already. */
  readonly into?: string | undefined
  readonly onClose: () => void
}

/** Finds the case that stands, shows what it lacks and where the two differ, and merges. */
export const MergeCase = ({ shown, into, onClose }: MergeProps) => {
  const t = useT()
  return (
    <Modal opened={shown !== undefined} onClose={onClose} size="lg" title={t('cases.merge_one', { number: shown?.number ?? '' })} closeButtonProps={{ 'aria-label': t('web.close') }}>
      {shown && <MergeForm shown={shown} into={into} onClose={onClose} />}
    </Modal>
  )
}

const MergeForm = ({ shown, into, onClose }: MergeProps & { shown: ShownCase }) => {
  const t = useT()
  const words = useWords()
  const [search, setSearch] = useState(into === undefined ? shown.fullName : '')
  const [sought] = useDebouncedValue(search.trim(), WAIT)
  const [chosen, setChosen] = useState(into)
  const found = useQueryOf(listCases, into === undefined && sought !== '' ? { query: { search: sought, limit: 10 } } : undefined)
  const standing = useQueryOf(getCase, chosen === undefined ? undefined : { params: { id: chosen } }, { keep: false }).data?.case
  const offered = found.data?.cases.filter(({ id }) => id !== shown.id) ?? []
  return (
    <Stack gap="md">
      <Text>{t('cases.merge_about', { number: shown.number })}</Text>
      {into === undefined && (
        <>
          <TextInput label={t('cases.merge_find')} data-autofocus value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
          <Radio.Group label={t('cases.merge_pick')} value={chosen ?? ''} onChange={setChosen}>
            <Stack gap={4} mt={4}>
              {offered.map((one) => <Radio key={one.id} value={one.id} label={[one.number, one.fullName, words.born(one), words.place(one), words.day(one.reportedOn)].filter(Boolean).join(' · ')} />)}
            </Stack>
          </Radio.Group>
          {found.data && offered.length === 0 && <Text c="dimmed">{t('cases.merge_none')}</Text>}
        </>
      )}
      {standing && <Decide key={standing.id} shown={shown} standing={standing} onClose={onClose} />}
    </Stack>
  )
}

const Decide = ({ shown, standing, onClose }: { shown: ShownCase; standing: ShownCase; onClose: () => void }) => {
  const t = useT()
  const go = useGo()
  const toast = useToast()
  const words = useWords()
  const mine = shown as Readonly<Record<string, unknown>>
  const theirs = standing as Readonly<Record<string, unknown>>
  const lacks = MERGE_FIELDS.filter((field) => theirs[field] === null && mine[field] !== null)
  const differs = MERGE_FIELDS.filter((field) => theirs[field] !== null && mine[field] !== null && theirs[field] !== mine[field])
  const [take, setTake] = useState<string[]>([...lacks])
  const merging = useSend(mergeCase, { invalidates: REREAD })
  const form = useProblemForm({ reason: '' })
  const submit = async (): Promise<void> => {
    const reason = form.values.reason.trim()
    if (reason === '') return form.refuse(refusalOf([{ code: 'field_needed', field: 'reason' }]))
    const done = await merging.send({
      params: { id: shown.id }, body: { version: shown.version, intoId: standing.id, intoVersion: standing.version, take: lacks.filter((field) => take.includes(field)), reason },
    })
    if (!done.ok) return form.refuse(done.problem)
    toast.say(t('cases.merged_done', { number: done.value.number }))
    onClose()
    go(`/cases/${done.value.id}`)
  }
  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="md">
        {lacks.length > 0 && (
          <Checkbox.Group label={t('cases.merge_take')} value={take} onChange={setTake}>
            <Stack gap={4} mt={4}>{lacks.map((field) => <Checkbox key={field} value={field} label={`${t(`cases.field.${field}`)}: ${words.value(field, mine[field])}`} />)}</Stack>
          </Checkbox.Group>
        )}
        {differs.length > 0 && (
          <Table>
            <caption>{t('cases.merge_differs')}</caption>
            <Table.Thead><Table.Tr><Table.Th>{t('cases.field_name')}</Table.Th><Table.Th>{standing.number}</Table.Th><Table.Th>{shown.number}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {differs.map((field) => (
                <Table.Tr key={field}><Table.Td>{t(`cases.field.${field}`)}</Table.Td><Table.Td><strong>{words.value(field, theirs[field])}</strong></Table.Td><Table.Td>{words.value(field, mine[field])}</Table.Td></Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <Textarea label={t('cases.field.reason')} withAsterisk autosize minRows={1} maxLength={500} {...form.field('reason')} />
        {form.error && <ProblemNotice problem={merging.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button type="submit" loading={merging.pending}>{t('cases.merge_into', { number: standing.number })}</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The page of a merged case says where it went, and can take that back. */
export const IsMerged = ({ shown, into, mayUndo }: { shown: ShownCase; into: { readonly id: string; readonly number: string; readonly fullName: string } | null; mayUndo: boolean }) => {
  const t = useT()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const undoing = useSend(unmergeCase, { invalidates: REREAD })
  const form = useProblemForm({ reason: '' })
  const submit = async (): Promise<void> => {
    const reason = form.values.reason.trim()
    if (reason === '') return form.refuse(refusalOf([{ code: 'field_needed', field: 'reason' }]))
    const done = await undoing.send({ params: { id: shown.id }, body: { reason } })
    if (!done.ok) return form.refuse(done.problem)
    setAsking(false)
    toast.say(t(done.value.givenBack ? 'cases.unmerged_done' : 'cases.unmerged_kept', { number: shown.number }))
  }
  return (
    <Notice warning>
      {into ? <>{t('cases.is_merged')} <ScreenLink to={`/cases/${into.id}`}>{into.number}</ScreenLink> ({into.fullName}).</> : t('cases.is_merged_unseen')}
      {' '}{into && mayUndo && <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>{t('cases.unmerge')}</Button>}
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('cases.unmerge_one', { number: shown.number })} closeButtonProps={{ 'aria-label': t('web.close') }}>
        <form {...form.bind(() => void submit())}>
          <Stack gap="md">
            <Textarea label={t('cases.field.reason')} withAsterisk data-autofocus autosize minRows={2} maxLength={500} {...form.field('reason')} />
            {form.error && <ProblemNotice problem={undoing.problem} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(false)}>{t('web.cancel')}</Button>
              <Button type="submit" loading={undoing.pending}>{t('cases.unmerge')}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Notice>
  )
}
