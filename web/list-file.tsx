import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { nameKey, type Sheet } from '#base'
import { useDay } from './address.ts'
import { useFormat, useT } from './language.tsx'
import { useToast } from './notices.tsx'
import { problemIn, useSentence } from './problem-sentence.ts'
import { csv, saveFile, workbook } from './save-file.ts'
import { sheetOf, type SheetColumn } from './list-sheet.ts'

/** How a list becomes a file, where that is more than the rows and columns in the page. */
export interface ListFile<R> {
  /** Reads every row; `whole` is false where they are too many for a file made in the browser. */
  readonly all?: () => Promise<{ readonly rows: readonly R[]; readonly whole: boolean }>
  /** What stands in the file instead of the columns shown: a heading, then a line for each row. */
  readonly sheet?: (rows: readonly R[]) => Sheet
}

interface Props<R> {
  readonly label: string
  readonly columns: readonly SheetColumn<R>[]
  readonly rows: readonly R[]
  readonly order: (rows: readonly R[]) => readonly R[]
  readonly file: ListFile<R> | undefined
}

/** The list as it is looked at, as a file: its columns, filters and order. */
export const FileMenu = <R,>({ label, columns, rows, order, file }: Props<R>) => {
  const t = useT()
  const format = useFormat()
  const toast = useToast()
  const sentence = useSentence()
  const { day } = useDay()
  const [reading, setReading] = useState(false)
  const save = async (kind: 'csv' | 'xlsx'): Promise<void> => {
    setReading(true)
    try {
      const read = file?.all ? await file.all() : { rows, whole: true }
      const listed = order(read.rows)
      const sheet = file?.sheet?.(listed) ?? sheetOf(columns, listed)
      saveFile(`${nameKey(label).replaceAll(/[^a-z0-9]+/g, '-')}-${day}.${kind}`, kind === 'csv' ? csv(sheet) : await workbook(sheet))
      if (!read.whole) toast.say(t('web.file_part', { rows: format.whole(read.rows.length) }))
    } catch (error) {
      toast.say(sentence(problemIn(error) ?? { code: 'unknown', title: '', status: 0 }))
    } finally {
      setReading(false)
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('web.file')}>
          <ActionIcon aria-label={t('web.file')} loading={reading}><IconDownload size={18} /></ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('xlsx')}>{t('web.file_xlsx')}</Menu.Item>
        <Menu.Item onClick={() => void save('csv')}>{t('web.file_csv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
