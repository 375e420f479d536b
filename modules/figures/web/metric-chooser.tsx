import { Button, Checkbox, Modal, Popover, ScrollArea, Stack } from '@mantine/core'
import { IconColumns3, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useMay, useQueryOf, useT } from '#web'
import { listMetrics, metricDefine } from '../contract.ts'
import { DefineMetric } from './define-metric.tsx'
import { useWords } from './use-words.ts'

interface MetricChooserProps {
  /** Codes of the columns shown. */
  readonly shown: readonly string[]
  /** Nothing: those asked for daily. */
  readonly onChange: (codes: readonly string[] | undefined) => void
}

/** Which metrics stand in the grid; an epidemiologist adds new ones. */
export const MetricChooser = ({ shown, onChange }: MetricChooserProps) => {
  const t = useT()
  const words = useWords()
  const may = useMay()
  const metrics = useQueryOf(listMetrics, {}).data?.metrics ?? []
  const [defining, setDefining] = useState(false)
  const toggle = (code: string): void => {
    const next = metrics.flatMap((metric) => ((metric.code === code) !== shown.includes(metric.code) ? [metric.code] : []))
    if (next.length > 0) onChange(next)
  }
  return (
    <>
      <Popover position="bottom-end" withArrow trapFocus>
        <Popover.Target>
          <Button variant="default" leftSection={<IconColumns3 size={16} />}>{t('figures.columns')}</Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="sm">
            <Button variant="subtle" size="compact-sm" onClick={() => onChange(undefined)}>{t('figures.columns_daily')}</Button>
            <ScrollArea.Autosize mah={360} type="scroll">
              <Stack gap="xs">
                {metrics.map((metric) => (
                  <Checkbox key={metric.code} label={words.metricName(metric)} checked={shown.includes(metric.code)} onChange={() => toggle(metric.code)} />
                ))}
              </Stack>
            </ScrollArea.Autosize>
            {may(metricDefine) && (
              <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setDefining(true)}>{t('figures.new_metric')}</Button>
            )}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Modal opened={defining} onClose={() => setDefining(false)} title={t('figures.new_metric')} closeButtonProps={{ 'aria-label': t('web.close') }}>
        <DefineMetric
          onCancel={() => setDefining(false)}
          onDefined={(code) => {
            setDefining(false)
            onChange([...shown, code])
          }}
        />
      </Modal>
    </>
  )
}
