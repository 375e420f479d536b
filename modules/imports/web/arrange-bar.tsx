import { Autocomplete, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { BodyInputOf, PlainDate } from '#base'
import { AreaPicker, DayPicker, useAreas, useDay, useQueryOf, useT } from '#web'
import { ENCODINGS, listImports, type AnalysisShown, type arrangeImport, type RunShown } from '../contract.ts'
import classes from './imports.module.css'

export type Arrangement = BodyInputOf<typeof arrangeImport>

interface ArrangeBarProps {
  readonly run: RunShown
  readonly analysis: AnalysisShown | null
  readonly onArrange: (to: Arrangement) => void
}

/** What holds for the whole file: sender, sheet, encoding, disease, area, day. */
export const ArrangeBar = ({ run, analysis, onArrange }: ArrangeBarProps) => {
  const t = useT()
  const { day } = useDay()
  const senders = useQueryOf(listImports, { query: { limit: 1 } }).data?.senders ?? []
  const [sender, setSender] = useState(run.sender)
  const options = analysis?.options ?? {}
  const [disease, setDisease] = useState(options['disease'] ?? '')
  const areas = useAreas((options['day'] as PlainDate | undefined) ?? day)
  const asks = (option: 'disease' | 'area' | 'day'): boolean => analysis?.fileOptions.includes(option) ?? false
  const sheets = analysis?.sheets ?? []
  // A text whose letters are broken may have been taken for another encoding; a workbook knows its own.
  const detected = analysis?.encodingChosen === false && analysis.encoding ? NAMES[analysis.encoding] : undefined
  const mayRecode = analysis === null || analysis.format === 'text'

  return (
    <div className={classes.bar}>
      <Autocomplete
        label={t('imports.sender')} size="sm" data={senders} maxLength={120} value={sender} onChange={setSender}
        onBlur={() => sender !== run.sender && onArrange({ sender })}
      />
      {sheets.length > 1 && (
        <Select label={t('imports.sheet_name')} data={sheets} value={analysis?.sheet ?? null} allowDeselect={false} onChange={(sheet) => sheet && onArrange({ sheet })} />
      )}
      {mayRecode && (
        <Select
          label={t('imports.encoding')} allowDeselect={false}
          data={[{ value: '', label: detected ? t('imports.encoding_is', { name: detected }) : t('imports.encoding_detected') }, ...ENCODINGS.map((one) => ({ value: one, label: NAMES[one] }))]}
          value={analysis?.encodingChosen ? analysis.encoding : ''}
          onChange={(next) => onArrange({ encoding: ENCODINGS.find((one) => one === next) ?? null })}
        />
      )}
      {asks('area') && (
        <AreaPicker
          label={t('imports.area_option')} {...(options['day'] ? { on: options['day'] as PlainDate } : {})}
          value={options['area'] ? areas.byId(Number(options['area']))?.code : undefined} onChange={(area) => onArrange({ options: { area: area ? String(area.id) : '' } })}
        />
      )}
      {asks('day') && (
        <DayPicker
          label={t('imports.day_option')} clearable value={options['day'] as PlainDate | undefined} onChange={(next) => onArrange({ options: { day: next ?? '' } })}
        />
      )}
      {asks('disease') && (
        <TextInput
          label={t('imports.disease_option')} placeholder="covid-19" maxLength={40} value={disease} onChange={(event) => setDisease(event.currentTarget.value)}
          onBlur={() => disease !== (options['disease'] ?? '') && onArrange({ options: { disease: disease.trim() } })}
        />
      )}
    </div>
  )
}

const NAMES: Readonly<Record<(typeof ENCODINGS)[number], string>> = {
  'utf-8': 'Unicode (UTF-8)', 'utf-16le': 'Unicode (UTF-16 LE)', 'utf-16be': 'Unicode (UTF-16 BE)', 'windows-1258': 'Windows-1258', tcvn3: 'TCVN3 (ABC)', vni: 'VNI',
}
