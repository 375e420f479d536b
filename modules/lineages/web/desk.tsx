import { Button, Group } from '@mantine/core'
import { IconDownload, IconFileImport, IconPrinter, IconTableDown } from '@tabler/icons-react'
import { csv, saveFile, ScreenLink, useGo, useMay, useT } from '#web'
import { lineageImport } from '../contract.ts'
import classes from './lineages.module.css'

const WORDS = {
  lineages: { exporting: 'lineages.export', importing: 'lineages.import', template: 'lineages.template_name', head: 'lineages.template_head' },
  serology: { exporting: 'serology.export', importing: 'serology.import', template: 'serology.template_name', head: 'serology.template_head' },
} as const
type Page = keyof typeof WORDS

/** Lineages and serology are one desk with two pages. */
export const DeskTabs = ({ at }: { at: Page }) => {
  const t = useT()
  return (
    <nav className={`${classes.tabs} no-print`} aria-label={t('lineages.tabs')}>
      <ScreenLink to="/lineages" {...(at === 'lineages' ? { 'aria-current': 'page' as const } : {})}>{t('lineages.tab')}</ScreenLink>
      <ScreenLink to="/lineages/serology" {...(at === 'serology' ? { 'aria-current': 'page' as const } : {})}>{t('serology.tab')}</ScreenLink>
    </nav>
  )
}

/** Download, print, import: what either page offers where it has something to show. */
export const DeskActions = ({ of, exported }: { of: Page; exported: string }) => {
  const t = useT()
  return (
    <>
      <Button component="a" variant="default" leftSection={<IconDownload size={16} />} href={exported}>{t(WORDS[of].exporting)}</Button>
      <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('lineages.print')}</Button>
      <ImportButton of={of} />
    </>
  )
}

const ImportButton = ({ of }: { of: Page }) => {
  const t = useT()
  const go = useGo()
  if (!useMay()(lineageImport)) return null
  return <Button leftSection={<IconFileImport size={16} />} onClick={() => go('/imports', { kind: of })}>{t(WORDS[of].importing)}</Button>
}

/** Where there is nothing yet: the import, and an empty table with the columns that are recognised. */
export const BeginHere = ({ of }: { of: Page }) => {
  const t = useT()
  return (
    <Group gap="sm" justify="center">
      <ImportButton of={of} />
      <Button variant="default" leftSection={<IconTableDown size={16} />} onClick={() => saveFile(`${t(WORDS[of].template)}.csv`, csv([t(WORDS[of].head).split('|')]))}>
        {t('lineages.template')}
      </Button>
    </Group>
  )
}
