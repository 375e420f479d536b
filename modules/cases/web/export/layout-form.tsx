import { Button, FileInput, Group, Modal, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf } from '#base'
import { DisabledWithReason, Notice, ProblemNotice, useFormat, useSend, useT, useToast } from '#web'
import { LAYOUT_FIELDS, listLayouts, readLayout, saveLayout } from '../../contract.ts'
import classes from '../cases.module.css'

type Seen = AnswerOf<typeof readLayout>
type Pointed = Readonly<Record<number, string>>

/** Unit: bytes. */
const LARGEST = 1_500_000

const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(text)
}

/** An office's own workbook: dropped in, its columns pointed to fields, kept under a name. */
export const LayoutForm = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const t = useT()
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title={t('cases.layout_add')} closeButtonProps={{ 'aria-label': t('web.close') }}>
      <Work onClose={onClose} />
    </Modal>
  )
}

const Work = ({ onClose }: { onClose: () => void }) => {
  const t = useT()
  const format = useFormat()
  const toast = useToast()
  const [file, setFile] = useState<{ readonly name: string; readonly content: string }>()
  const [tooLarge, setTooLarge] = useState(false)
  const [seen, setSeen] = useState<Seen>()
  const [pointed, setPointed] = useState<Pointed>({})
  const [name, setName] = useState('')
  const reading = useSend(readLayout)
  const saving = useSend(saveLayout, { invalidates: [listLayouts] })

  const look = async (of: { name: string; content: string }, sheet?: string): Promise<void> => {
    const read = await reading.send({ body: { fileName: of.name, content: of.content, ...(sheet === undefined ? {} : { sheet }) } })
    setSeen(read.ok ? read.value : undefined)
    if (read.ok) setPointed(Object.fromEntries(read.value.columns.map(({ column, field }) => [column, field ?? ''])))
  }
  const take = async (given: File | null): Promise<void> => {
    setSeen(undefined)
    setTooLarge(given !== null && given.size > LARGEST)
    if (given === null || given.size > LARGEST) return
    const next = { name: given.name, content: await base64Of(given) }
    setFile(next)
    if (name === '') setName(given.name.replace(/\.[^.]*$/, ''))
    await look(next)
  }
  const columns = Object.entries(pointed).flatMap(([column, field]) => {
    const known = LAYOUT_FIELDS.find((one) => one === field)
    return known ? [{ column: Number(column), field: known }] : []
  })
  const save = async (): Promise<void> => {
    if (!file || !seen || columns.length === 0) return
    const saved = await saving.send({ body: { name: name.trim(), fileName: file.name, content: file.content, sheet: seen.sheet, headerRow: seen.headerRow, columns } })
    if (!saved.ok) return
    toast.say(t('cases.layout_saved', { name: name.trim() }))
    onClose()
  }
  const choices = [{ value: '', label: t('cases.layout_leave') }, ...LAYOUT_FIELDS.map((field) => ({ value: field, label: t(`cases.field.${field}`) }))]
  return (
    <form onSubmit={(event) => {
      event.preventDefault()
      void save()
    }}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t('cases.layout_about')}</Text>
        <FileInput label={t('cases.layout_file')} accept=".xlsx" clearable error={tooLarge ? t('cases.layout_too_large') : undefined} onChange={(given) => void take(given)} />
        <ProblemNotice problem={reading.problem ?? saving.problem} />
        {seen && file && (
          <>
            {seen.sheets.length > 1 && (
              <NativeSelect label={t('cases.layout_sheet')} value={seen.sheet ?? ''} data={seen.sheets} onChange={(event) => void look(file, event.currentTarget.value)} />
            )}
            <TextInput label={t('cases.layout_name')} withAsterisk maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Notice>{t('cases.layout_header', { row: format.whole(seen.headerRow), next: format.whole(seen.headerRow + 1) })}</Notice>
            <div className={classes.bulkTable} tabIndex={0} role="region" aria-label={t('cases.layout_column')}>
              <Table>
                <Table.Thead><Table.Tr><Table.Th>{t('cases.layout_column')}</Table.Th><Table.Th>{t('cases.layout_field')}</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>
                  {seen.columns.map(({ column, letters, label }) => (
                    <Table.Tr key={column}>
                      <Table.Td>{letters} · {label}</Table.Td>
                      <Table.Td>
                        <NativeSelect
                          size="xs" aria-label={t('cases.layout_field_of', { column: label || letters })} data={choices} value={pointed[column] ?? ''}
                          onChange={(event) => setPointed({ ...pointed, [column]: event.currentTarget.value })}
                        />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
              <DisabledWithReason type="submit" loading={saving.pending} reason={columns.length === 0 ? t('cases.layout_none_pointed') : undefined}>{t('cases.layout_save')}</DisabledWithReason>
            </Group>
          </>
        )}
      </Stack>
    </form>
  )
}
