import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { Notice, useT } from '#web'
import classes from './accounts.module.css'

export interface Slip {
  readonly name: string
  readonly username: string
  readonly link: string
}

/** One-time links as slips to print, cut apart and hand over. They exist only here: leaving the page loses them. */
export const LinkSlips = ({ slips, onDone }: { slips: readonly Slip[]; onDone: () => void }) => {
  const t = useT()
  return (
    <Stack gap="md">
      <div className="no-print"><Notice warning>{t('accounts.links_about')}</Notice></div>
      <Group className="no-print" gap="sm">
        <Button leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('accounts.links_print')}</Button>
        <Button variant="default" onClick={onDone}>{t('accounts.links_done')}</Button>
      </Group>
      <ul className={classes.slips} aria-label={t('accounts.links_title')}>
        {slips.map((slip) => (
          <li key={slip.username} className={classes.slip}>
            <Text fw={600}>{slip.name}</Text>
            <div>{t('accounts.username')}: <strong>{slip.username}</strong></div>
            <div className={classes.how}>{t('accounts.slip_how')}</div>
            <code className={classes.link}>{slip.link}</code>
            <CopyButton value={slip.link}>
              {({ copied, copy }) => (
                <Button className="no-print" variant="subtle" size="compact-sm" onClick={copy}>{copied ? t('accounts.copied') : t('accounts.copy')}</Button>
              )}
            </CopyButton>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
