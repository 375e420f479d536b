import { Button, Group, Modal, NativeSelect, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { listAreas } from '#areas/contract'
import { compareVietnamese, vietnameseDate, type PlainDate } from '#base'
import { ProblemNotice, today, useAreas, useGo, useProblemForm, useQueryOf, useSend, useT, useToast } from '#web'
import { getCase, listCases, countCases, transferCase } from '../contract.ts'
import { AreaField } from './area-field.tsx'
import { DayField } from './day-field.tsx'
import { refusalOf, type ShownCase } from './draft.ts'
import { readDay } from './read-typed.ts'
import { useWords } from './words.ts'

/** Units of other provinces are amended rarely. Unit: milliseconds. */
const HOUR = 3_600_000
const NO_NAMES: ReadonlyMap<string, string> = new Map()

/** Hands a case to the commune or province where the person lives. */
export const TransferCase = ({ shown, opened, onClose }: { shown: ShownCase; opened: boolean; onClose: () => void }) => {
  const t = useT()
  return (
    <Modal opened={opened} onClose={onClose} title={t('cases.transfer_one', { number: shown.number })} size="lg" closeButtonProps={{ 'aria-label': t('web.close') }}>
      <TransferForm shown={shown} onClose={onClose} />
    </Modal>
  )
}

const TransferForm = ({ shown, onClose }: { shown: ShownCase; onClose: () => void }) => {
  const t = useT()
  const go = useGo()
  const toast = useToast()
  const words = useWords()
  const [elsewhere, setElsewhere] = useState(false)
  const moving = useSend(transferCase, { invalidates: [listCases, countCases, getCase] })
  const form = useProblemForm({ toAreaId: '', transferredOn: vietnameseDate(today()), currentAddress: '', reason: '' })
  const { toAreaId, transferredOn, currentAddress, reason } = form.values
  const read = readDay(transferredOn)
  const on = read.ok && read.value ? read.value : today()

  const submit = async (): Promise<void> => {
    const faults = [
      ...(toAreaId === '' ? [{ code: 'field_needed', field: 'toAreaId' }] : []),
      ...(!read.ok ? [{ ...read.problem, field: 'transferredOn' }] : read.value === null ? [{ code: 'field_needed', field: 'transferredOn' }] : []),
      ...(reason.trim() === '' ? [{ code: 'field_needed', field: 'reason' }] : []),
    ]
    if (faults.length > 0) return form.refuse(refusalOf(faults))
    const moved = await moving.send({
      params: { id: shown.id },
      body: {
        version: shown.version, toAreaId: Number(toAreaId), transferredOn: on, reason: reason.trim(),
        ...(currentAddress.trim() === '' ? {} : { currentAddress: currentAddress.trim() }),
      },
    })
    if (!moved.ok) return form.refuse(moved.problem)
    toast.say(t('cases.moved', { number: shown.number }))
    onClose()
    // Whoever has no rights at the new place sees the case no more.
    if (elsewhere) go('/cases')
  }

  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="md">
        <Text>{t('cases.transfer_from', { name: shown.fullName, area: words.place(shown) })}</Text>
        <Radio.Group label={t('cases.transfer_to')} value={elsewhere ? 'elsewhere' : 'here'} onChange={(next) => {
          setElsewhere(next === 'elsewhere')
          form.set('toAreaId', '')
        }}>
          <Group gap="lg" mt={4}>
            <Radio value="here" label={t('cases.within_province')} />
            <Radio value="elsewhere" label={t('cases.other_province')} />
          </Group>
        </Radio.Group>
        {elsewhere
          ? <ElsewhereField on={on} value={toAreaId} onChange={(id) => form.set('toAreaId', id)} error={form.errorAt('toAreaId')} />
          : (
            <AreaField
              label={t('cases.new_area')} required on={on} names={NO_NAMES}
              value={toAreaId} onChange={(id) => form.set('toAreaId', id)} error={form.errorAt('toAreaId')}
            />
          )}
        <TextInput label={t('cases.new_address')} autoComplete="off" maxLength={300} {...form.field('currentAddress')} />
        <DayField
          name="transferredOn" label={t('cases.transferred_on')} required value={transferredOn} onChange={(day) => form.set('transferredOn', day)}
          error={form.errorAt('transferredOn')}
        />
        <Textarea label={t('cases.field.reason')} withAsterisk aria-required autosize minRows={2} maxLength={500} {...form.field('reason')} />
        <Text size="sm" c="dimmed">{t('cases.transfer_about')}</Text>
        {form.error && <ProblemNotice problem={moving.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button type="submit" loading={moving.pending}>{t('cases.transfer')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A province of the country, and its commune where that is known. A unit of one day is none of another: what is chosen is kept by its code, and is the unit of the day of the transfer. */
const ElsewhereField = ({ on, value, onChange, error }: { on: PlainDate; value: string; onChange: (id: string) => void; error: string | undefined }) => {
  const t = useT()
  const [chosen, setChosen] = useState({ province: '', commune: '' })
  const own = useAreas(on).roots[0]?.id
  const provinces = useQueryOf(listAreas, { query: { on, level: 'province', limit: 4000 } }, { freshFor: HOUR, keep: false }).data?.areas
  const province = provinces?.find(({ code }) => code === chosen.province)
  const communes = useQueryOf(listAreas, province && { query: { on, within: province.id, level: 'commune', limit: 4000 } }, { freshFor: HOUR, keep: false }).data?.areas
  const commune = communes?.find(({ code }) => code === chosen.commune)
  const id = String((commune ?? province)?.id ?? '')
  useEffect(() => {
    if (id !== value) onChange(id)
  }, [id, value, onChange])
  const options = (areas: readonly { code: string; name: string }[]): { value: string; label: string }[] =>
    areas.toSorted((a, b) => compareVietnamese(a.name, b.name)).map(({ code, name }) => ({ value: code, label: name }))
  return (
    <Group grow align="flex-start">
      <NativeSelect
        label={t('cases.province')} withAsterisk aria-required error={error} value={province ? chosen.province : ''} disabled={provinces === undefined}
        data={[{ value: '', label: t('cases.choose_province') }, ...options((provinces ?? []).filter(({ id }) => id !== own))]}
        onChange={(event) => setChosen({ province: event.currentTarget.value, commune: '' })}
      />
      <NativeSelect
        label={t('cases.commune')} disabled={!communes?.length} value={commune ? chosen.commune : ''}
        data={[{ value: '', label: t('cases.not_known') }, ...options(communes ?? [])]}
        onChange={(event) => setChosen({ ...chosen, commune: event.currentTarget.value })}
      />
    </Group>
  )
}
