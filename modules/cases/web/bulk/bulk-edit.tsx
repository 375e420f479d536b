import { ActionIcon, Button, Checkbox, Group, Modal, NativeSelect, Stack, Table, Text, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { AnswerOf, BodyInputOf } from '#base'
import { call, DisabledWithReason, Notice, ProblemError, ProblemNotice, useFormat, useSend, useT } from '#web'
import { commitBulk, listBulks, previewBulk } from '../../contract.ts'
import classes from '../cases.module.css'
import { DayField } from '../day-field.tsx'
import type { NamedField } from '../fields.ts'
import { useWords } from '../words.ts'
import { BulkProgress } from './bulk-progress.tsx'
import { bulkFields, useBulkFields, type Changes } from './use-bulk-fields.ts'

type Target = BodyInputOf<typeof previewBulk>['target']
type Preview = AnswerOf<typeof previewBulk>

interface BulkEditProps {
  readonly opened: boolean
  readonly target: Target
  /** How many cases, in words. */
  readonly count: string
  readonly onClose: () => void
  /** Cases were changed. */
  readonly onDone: () => void
}

/** Fields and values, what they would do, and the one button. */
export const BulkEdit = ({ opened, target, count, onClose, onDone }: BulkEditProps) => {
  const t = useT()
  return (
    <Modal opened={opened} onClose={onClose} title={t('cases.bulk_title', { count })} size="xl" closeButtonProps={{ 'aria-label': t('web.close') }}>
      <Work target={target} onClose={onClose} onDone={onDone} />
    </Modal>
  )
}

const WAIT = 300

const Work = ({ target, onClose, onDone }: Pick<BulkEditProps, 'target' | 'onClose' | 'onDone'>) => {
  const t = useT()
  const format = useFormat()
  const form = useBulkFields()
  const [reason, setReason] = useState('')
  const [begun, setBegun] = useState<string>()
  const [changes] = useDebouncedValue(form.changes, WAIT)
  const settled = JSON.stringify(changes) === JSON.stringify(form.changes)
  const preview = useQuery<Preview, ProblemError>({
    queryKey: ['bulk preview', target, changes],
    queryFn: ({ signal }) => call(previewBulk, { body: { target, changes: changes as Changes } }, { signal }),
    enabled: changes !== undefined, retry: false, staleTime: 0, gcTime: 0,
  })
  const committing = useSend(commitBulk, { invalidates: [listBulks] })
  if (begun !== undefined) return <BulkProgress id={begun} onClose={onClose} onChanged={onDone} />

  const told = settled && preview.isSuccess && !preview.isFetching ? preview.data : undefined
  const why = form.changes === undefined ? t('cases.bulk_pick_first') : reason.trim() === '' ? t('cases.bulk_reason_first')
    : told === undefined ? t('cases.bulk_previewing') : told.changing === 0 && !told.beyond ? t('cases.bulk_nothing') : undefined
  const commit = async (): Promise<void> => {
    if (why !== undefined || told === undefined || form.changes === undefined) return
    const done = await committing.send({ body: { target, changes: form.changes, reason: reason.trim(), seenAt: told.seenAt } })
    if (done.ok) setBegun(done.value.bulk.id)
  }
  const left = bulkFields.filter(({ name }) => !(name in form.typed))
  return (
    <form onSubmit={(event) => {
      event.preventDefault()
      void commit()
    }}>
      <Stack gap="md">
        {bulkFields.filter(({ name }) => name in form.typed).map((field) => (
          <Group key={field.name} gap="sm" align="flex-end" wrap="nowrap">
            <ValueField
              field={field} value={form.typed[field.name as keyof typeof form.typed] ?? null} onChange={(value) => form.set(field.name, value)}
              error={form.faults.filter((fault) => fault.field === field.name).map((fault) => t(`problem.${fault.code}`, fault.params))[0]}
            />
            <ActionIcon size="lg" aria-label={t('cases.bulk_remove_field', { field: t(`cases.field.${field.name}`) })} onClick={() => form.remove(field.name)}><IconX size={16} /></ActionIcon>
          </Group>
        ))}
        {left.length > 0 && (
          <NativeSelect
            label={t('cases.bulk_field')} value="" data-autofocus maw={320}
            data={[{ value: '', label: t('cases.bulk_add_field') }, ...left.map(({ name }) => ({ value: name, label: t(`cases.field.${name}`) }))]}
            onChange={(event) => event.currentTarget.value && form.set(event.currentTarget.value, '')}
          />
        )}
        <Textarea label={t('cases.bulk_reason')} withAsterisk aria-required autosize minRows={1} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <ProblemNotice problem={preview.error?.problem ?? committing.problem} />
        {form.changes !== undefined && !told && !preview.error && <Text c="dimmed" role="status">{t('cases.bulk_previewing')}</Text>}
        {told && <Previewed preview={told} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <DisabledWithReason type="submit" reason={why} loading={committing.pending}>
            {told === undefined ? t('cases.bulk') : told.beyond ? t('cases.bulk_do_all') : t('cases.bulk_do', { count: format.whole(told.changing) })}
          </DisabledWithReason>
        </Group>
      </Stack>
    </form>
  )
}

const ValueField = ({ field, value, onChange, error }: {
  field: NamedField; value: string | null; onChange: (value: string | null) => void; error: string | undefined
}) => {
  const t = useT()
  const label = t('cases.bulk_value', { field: t(`cases.field.${field.name}`) })
  const mayEmpty = field.needed !== true
  const empty = value === null
  const box = (() => {
    if (field.kind === 'choice') {
      return (
        <NativeSelect
          label={label} flex={1} value={value ?? ''} disabled={empty} error={error} onChange={(event) => onChange(event.currentTarget.value)}
          data={[{ value: '', label: '—' }, ...(field.choices ?? []).map((choice) => ({ value: choice, label: t(`cases.${field.name}.${choice}`) }))]}
        />
      )
    }
    if (field.kind === 'day' && !empty) return <DayField name={field.name} label={label} value={value} onChange={onChange} error={error} />
    return (
      <TextInput
        label={label} flex={1} value={value ?? ''} disabled={empty} error={error} maxLength={field.max ?? 10} inputMode={field.kind === 'whole' ? 'numeric' : 'text'}
        autoComplete="off" onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  })()
  return (
    <>
      {box}
      {mayEmpty && <Checkbox mb={8} label={t('cases.bulk_empty_it')} checked={empty} onChange={(event) => onChange(event.currentTarget.checked ? null : '')} />}
    </>
  )
}

const Previewed = ({ preview }: { preview: Preview }) => {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const { changing, unchanged, refused, rows, refusals } = preview
  return (
    <Stack gap="sm" aria-live="polite">
      <Text className="figures">
        <strong>{format.whole(changing)}</strong> {t('cases.bulk_will_change')} · <strong>{format.whole(unchanged)}</strong> {t('cases.bulk_unchanged')} · <strong>{format.whole(refused)}</strong> {t('cases.bulk_refused')}
      </Text>
      {preview.beyond && <Notice warning>{t('cases.bulk_first_only', { checked: format.whole(preview.checked) })}</Notice>}
      {refusals.length > 0 && (
        <div className={classes.bulkTable} tabIndex={0} role="region" aria-label={t('cases.bulk_refusals')}>
          <Table>
            <caption>{t('cases.bulk_refusals')}</caption>
            <Table.Thead><Table.Tr><Table.Th>{t('cases.number')}</Table.Th><Table.Th>{t('cases.bulk_why')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{refusals.map((one) => <Table.Tr key={one.id}><Table.Td>{one.number}</Table.Td><Table.Td>{one.message}</Table.Td></Table.Tr>)}</Table.Tbody>
          </Table>
        </div>
      )}
      {rows.length > 0 && (
        <div className={classes.bulkTable} tabIndex={0} role="region" aria-label={t('cases.bulk_changes')}>
          <Table>
            <caption>{t('cases.bulk_shown', { shown: format.whole(rows.length), count: format.whole(changing) })}</caption>
            <Table.Thead>
              <Table.Tr><Table.Th>{t('cases.number')}</Table.Th><Table.Th>{t('cases.field.fullName')}</Table.Th><Table.Th>{t('cases.area')}</Table.Th><Table.Th>{t('cases.bulk_changes')}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Td>{row.number}</Table.Td><Table.Td>{row.fullName}</Table.Td><Table.Td>{row.areaName}</Table.Td>
                  <Table.Td>
                    {row.changes.map(({ field, before, after }) => (
                      <div key={field}>{t(`cases.field.${field}`)}: <del>{words.value(field, before)}</del> → <ins>{words.value(field, after)}</ins></div>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Stack>
  )
}
