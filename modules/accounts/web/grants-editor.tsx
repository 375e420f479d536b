import { ActionIcon, Button, Select, Stack, Tooltip } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { ROLES, type Role } from '#base'
import { AreaPicker, today, useAreas, useT } from '#web'
import classes from './accounts.module.css'

/** A right being written: not whole until an area is chosen. */
export interface DraftGrant {
  readonly role: Role
  readonly areaId: number | undefined
}

/** The rights that are whole; a line still without its area counts for nothing. */
export const wholeGrants = (grants: readonly DraftGrant[]): { role: Role; areaId: number }[] =>
  grants.flatMap(({ role, areaId }) => (areaId === undefined ? [] : [{ role, areaId }]))

export const GrantsEditor = ({ grants, onChange, error }: {
  grants: readonly DraftGrant[]; onChange: (grants: readonly DraftGrant[]) => void; error: string | undefined
}) => {
  const t = useT()
  const areas = useAreas(today())
  const change = (index: number, next: Partial<DraftGrant>): void =>
    onChange(grants.map((grant, at) => (at === index ? { ...grant, ...next } : grant)))
  return (
    <Stack gap="sm" role="group" aria-label={t('accounts.rights')}>
      {grants.map((grant, index) => (
        <div key={index} className={classes.grant}>
          <Select
            label={t('accounts.role')}
            data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
            value={grant.role}
            allowDeselect={false}
            onChange={(role) => role && change(index, { role: role as Role })}
          />
          <AreaPicker
            label={t('accounts.area')}
            on={today()}
            value={grant.areaId === undefined ? undefined : areas.byId(grant.areaId)?.code}
            onChange={(area) => change(index, { areaId: area?.id })}
            error={index === 0 ? error : undefined}
          />
          <Tooltip label={t('accounts.remove_right')}>
            <ActionIcon aria-label={t('accounts.remove_right')} disabled={grants.length === 1} onClick={() => onChange(grants.filter((_, at) => at !== index))}>
              <IconX size={18} />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
      <div>
        <Button variant="subtle" leftSection={<IconPlus size={16} />} onClick={() => onChange([...grants, { role: 'viewer', areaId: undefined }])}>
          {t('accounts.add_right')}
        </Button>
      </div>
    </Stack>
  )
}
