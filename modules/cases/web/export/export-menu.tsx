import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload, IconFileSpreadsheet, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { QueryInputOf } from '#base'
import { hrefOf, useMay, useQueryOf, useSend, useT } from '#web'
import { caseLayout, exportCases, exportWorkbook, EXPORT_FIELDS, listLayouts, removeLayout } from '../../contract.ts'
import { LayoutForm } from './layout-form.tsx'

type Query = Omit<QueryInputOf<typeof exportCases>, 'columns'>
type ExportField = (typeof EXPORT_FIELDS)[number]

/** What the columns of the list are in a file. */
const FIELDS_OF: Readonly<Record<string, readonly ExportField[]>> = {
  name: ['fullName'], number: ['number'], born: ['sex', 'birthYear'], area: ['areaName', 'districtName'], reported: ['reportedOn'], onset: ['onsetOn'], severity: ['severity'],
  status: ['outcome', 'outcomeOn'], diagnosis: ['diagnosis'], source: ['detectionSource'], nationalNumber: ['nationalNumber'], sender: ['sender', 'senderNumber'],
}

/** The list as it is looked at, as a file: all columns, those shown, or an office's own sheet. */
export const ExportMenu = ({ query, shown }: { query: Query; shown: readonly string[] }) => {
  const t = useT()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const layouts = useQueryOf(listLayouts, {}).data?.layouts ?? []
  const removing = useSend(removeLayout, { invalidates: [listLayouts] })
  const columns = shown.flatMap((key) => FIELDS_OF[key] ?? []).join(',')
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label={t('cases.export')}>
            <ActionIcon aria-label={t('cases.export')}><IconDownload size={18} /></ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={hrefOf(exportWorkbook, { query: { ...query, columns } })} download>{t('cases.export_xlsx_shown')}</Menu.Item>
          <Menu.Item component="a" href={hrefOf(exportWorkbook, { query })} download>{t('cases.export_xlsx')}</Menu.Item>
          <Menu.Item component="a" href={hrefOf(exportCases, { query: { ...query, columns } })} download>{t('cases.export_csv_shown')}</Menu.Item>
          <Menu.Item component="a" href={hrefOf(exportCases, { query })} download>{t('cases.export_csv')}</Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('cases.export_layouts')}</Menu.Label>
          {layouts.map(({ id, name }) => (
            <Menu.Item key={id} component="a" leftSection={<IconFileSpreadsheet size={16} />} href={hrefOf(exportWorkbook, { query: { ...query, layoutId: id } })} download>{name}</Menu.Item>
          ))}
          {layouts.length === 0 && <Menu.Label>{t('cases.export_no_layouts')}</Menu.Label>}
          {may(caseLayout) && <Menu.Item onClick={() => setAdding(true)}>{t('cases.layout_add')}</Menu.Item>}
          {layouts.filter(({ mayRemove }) => mayRemove).map(({ id, name }) => (
            <Menu.Item key={id} color="red" leftSection={<IconTrash size={16} />} onClick={() => void removing.send({ params: { id }, body: {} })}>{t('cases.layout_remove', { name })}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <LayoutForm opened={adding} onClose={() => setAdding(false)} />
    </>
  )
}
