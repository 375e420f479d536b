import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { ProblemNotice, useProblemForm, useSend, useT } from '#web'
import { defineMetric, listMetrics, listMissing, readGrid } from '../contract.ts'
import { METRIC_KINDS, METRIC_UNITS, type MetricKind, type MetricUnit } from '../metric.ts'

interface DefineMetricProps {
  readonly onDefined: (code: string) => void
  readonly onCancel: () => void
}

interface Wanted {
  readonly code: string
  readonly nameVi: string
  readonly nameEn: string
  readonly kind: MetricKind
  readonly unit: MetricUnit
  /** Codes separated by commas. */
  readonly categories: string
  readonly askedDaily: boolean
}

/** What the office counts beside the metrics shipped (R13). */
export const DefineMetric = ({ onDefined, onCancel }: DefineMetricProps) => {
  const t = useT()
  const defining = useSend(defineMetric, { invalidates: [listMetrics, readGrid, listMissing] })
  const form = useProblemForm<Wanted>({ code: '', nameVi: '', nameEn: '', kind: 'daily_count', unit: 'person', categories: '', askedDaily: false })
  const { kind, askedDaily } = form.values
  const submit = async (): Promise<void> => {
    const { categories, unit, ...wanted } = form.values
    const codes = kind === 'category' ? categories.split(',').map((code) => code.trim()).filter((code) => code !== '') : []
    const defined = await defining.send({ body: { ...wanted, unit: kind === 'category' ? 'category' : unit, categories: codes } })
    if (defined.ok) onDefined(defined.value.code)
    else form.refuse(defined.problem)
  }
  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t('figures.new_metric_about')}</Text>
        <TextInput label={t('figures.metric_vi')} withAsterisk data-autofocus {...form.field('nameVi')} />
        <TextInput label={t('figures.metric_en')} withAsterisk {...form.field('nameEn')} />
        <TextInput label={t('figures.metric_code')} withAsterisk autoComplete="off" autoCapitalize="none" {...form.field('code')} />
        <NativeSelect
          label={t('figures.metric_kind')} value={kind} onChange={(event) => form.set('kind', event.currentTarget.value as MetricKind)}
          data={METRIC_KINDS.map((value) => ({ value, label: t(`figures.kind.${value}`) }))}
        />
        {kind === 'category' ? <TextInput label={t('figures.metric_categories')} withAsterisk {...form.field('categories')} /> : (
          <NativeSelect
            label={t('figures.metric_unit')} value={form.values.unit} onChange={(event) => form.set('unit', event.currentTarget.value as MetricUnit)}
            data={METRIC_UNITS.filter((unit) => unit !== 'category').map((value) => ({ value, label: t(`figures.unit.${value}`) }))}
          />
        )}
        <Checkbox label={t('figures.metric_daily')} checked={askedDaily} onChange={(event) => form.set('askedDaily', event.currentTarget.checked)} />
        {form.error && <ProblemNotice problem={defining.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>{t('web.cancel')}</Button>
          <Button type="submit" loading={defining.pending}>{t('figures.new_metric')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
