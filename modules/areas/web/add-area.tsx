import { Autocomplete, Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { DisabledWithReason, ProblemNotice, useProblemForm, useSend, useT, useToast } from '#web'
import { addAreas, getArea, listAreas, type AreaShown } from '../contract.ts'
import { fullName, KINDS, levelOf } from '../kind.ts'
import { ofRow } from './row-problem.ts'

/** One hamlet or group, by hand. */
export const AddArea = ({ parent, onDone }: { parent: AreaShown; onDone: () => void }) => {
  const t = useT()
  const { say } = useToast()
  const adding = useSend(addAreas, { invalidates: [listAreas, getArea] })
  const kinds = parent.level === 'hamlet' ? KINDS.filter((kind) => levelOf(kind) === 'group') : KINDS
  const form = useProblemForm<{ kind: string; name: string; code: string; population: number | ''; populationSource: string }>({
    kind: parent.level === 'hamlet' ? 'Tổ nhân dân tự quản' : 'Ấp', name: '', code: '', population: '', populationSource: '',
  })
  const { kind, name, code, population, populationSource } = form.values
  const submit = async (): Promise<void> => {
    const added = await adding.send({
      body: {
        areas: [{
          parentId: parent.id, level: parent.level === 'hamlet' ? 'group' : levelOf(kind), kind, name: fullName(name.trim(), kind),
          ...(code.trim() ? { code: code.trim() } : {}), ...(population === '' ? {} : { population, ...(populationSource.trim() ? { populationSource } : {}) }),
        }],
      },
    })
    if (!added.ok) return form.refuse(ofRow(added.problem, 0))
    say(t('areas.added', { name: added.value.areas[0]?.name ?? name }))
    onDone()
  }
  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="md">
        <Autocomplete label={t('areas.level')} withAsterisk data={kinds} {...form.field('kind')} />
        <TextInput label={t('areas.name')} withAsterisk data-autofocus autoComplete="off" description={name.trim() && t('areas.saved_as', { name: fullName(name.trim(), kind) })} {...form.field('name')} />
        <NumberInput label={t('areas.population')} min={0} max={1_000_000} allowDecimal={false} {...form.field('population')} onChange={(next) => form.set('population', typeof next === 'number' ? next : '')} />
        <TextInput label={t('areas.source')} placeholder={t('areas.source_example')} {...form.field('populationSource')} />
        <TextInput label={t('areas.own_code')} description={t('areas.own_code_about')} autoComplete="off" {...form.field('code')} />
        {form.error && <ProblemNotice problem={adding.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>{t('web.cancel')}</Button>
          <DisabledWithReason type="submit" loading={adding.pending} reason={name.trim() === '' || kind.trim() === '' ? t('areas.needs_name') : undefined}>{t('areas.add')}</DisabledWithReason>
        </Group>
      </Stack>
    </form>
  )
}
