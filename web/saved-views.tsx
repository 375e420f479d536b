import { Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core'
import { IconBookmark, IconCheck, IconChevronDown, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { AnswerOf } from '#base'
import { listViews, removeView, saveView, setDefaultView, viewShare } from '#views/contract'
import { useAddress } from './address.ts'
import { useT } from './language.tsx'
import { ProblemNotice, useToast } from './notices.tsx'
import { useQueryOf, useSend } from './query.ts'
import { useMay } from './session.tsx'
import { useArea } from './use-area.ts'

/** What of a list's address makes a view. */
export interface ListViews {
  /** What its views are kept under, e.g. `cases`. */
  readonly list: string
  /** Filters and order with their defaults, as the list gives them to `useAddress`. */
  readonly defaults: Readonly<Record<string, string>>
}

type View = AnswerOf<typeof listViews>['views'][number]

interface Props extends ListViews {
  readonly table: string
  readonly shown: readonly string[]
  readonly onColumns: (shown: readonly string[]) => void
}

const REREAD = [listViews]

/** Picks, saves, shares and forgets views of a list. The view in the address is the one picked last; it says so when something was changed since. */
export const SavedViews = ({ list, defaults, table, shown, onColumns }: Props) => {
  const t = useT()
  const toast = useToast()
  const [values, set] = useAddress({ ...defaults, view: '' })
  const { data } = useQueryOf(listViews, { query: { list } })
  const [saving, setSaving] = useState(false)
  const removing = useSend(removeView, { invalidates: REREAD })
  const choosing = useSend(setDefaultView, { invalidates: REREAD })
  const views = data?.views ?? []
  const current = views.find(({ id }) => id === values.view)
  const search = Object.fromEntries(Object.entries(values).filter(([name, value]) => name !== 'view' && value !== defaults[name]))
  const untouched = Object.keys(search).length === 0 && values.view === ''
  const changed = current !== undefined && JSON.stringify(sorted(search)) !== JSON.stringify(sorted(current.search))

  const pick = (view: View | undefined): void => {
    set({ ...defaults, ...(view ? known(view.search, defaults) : {}), view: view?.id ?? '' })
    if (view?.columns && view.columns.table === table) onColumns(view.columns.shown)
  }
  // The list opens with the reader's own view unless the address asks for something.
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || !data) return
    opened.current = true
    const chosen = data.views.find(({ id }) => id === data.defaultId)
    if (untouched && chosen) pick(chosen)
  }, [data])

  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} />} rightSection={<IconChevronDown size={14} />} aria-label={t('web.views')}>
            {current ? `${current.name}${changed ? ` ${t('web.view_changed')}` : ''}` : t('web.views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Menu.Item
              key={view.id} onClick={() => pick(view)} leftSection={view.id === values.view ? <IconCheck size={16} /> : <span style={{ width: 16 }} />}
              rightSection={data?.defaultId === view.id ? <small>{t('web.view_default')}</small> : undefined}
            >
              {view.name}{view.sharedTo && <small> · {t('web.view_shared', { area: view.sharedTo.name, by: view.by })}</small>}
            </Menu.Item>
          ))}
          {views.length === 0 && <Menu.Label>{t('web.views_none')}</Menu.Label>}
          <Menu.Divider />
          <Menu.Item onClick={() => setSaving(true)}>{t('web.view_save')}</Menu.Item>
          {(values.view !== '' || Object.keys(search).length > 0) && <Menu.Item onClick={() => pick(undefined)}>{t('web.view_leave')}</Menu.Item>}
          {current && data?.defaultId !== current.id && (
            <Menu.Item onClick={() => void choosing.send({ body: { list, viewId: current.id } })}>{t('web.view_make_default', { name: current.name })}</Menu.Item>
          )}
          {data?.defaultId != null && <Menu.Item onClick={() => void choosing.send({ body: { list, viewId: null } })}>{t('web.view_no_default')}</Menu.Item>}
          {current?.mayRemove && (
            <Menu.Item
              color="red" leftSection={<IconTrash size={16} />}
              onClick={() => void removing.send({ params: { id: current.id }, body: {} }).then((done) => {
                if (!done.ok) return
                set({ view: '' })
                toast.say(t('web.view_removed', { name: current.name }))
              })}
            >{t('web.view_remove', { name: current.name })}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={saving} onClose={() => setSaving(false)} title={t('web.view_save')} closeButtonProps={{ 'aria-label': t('web.close') }}>
        <SaveForm
          name={current?.own ? current.name : ''} onClose={() => setSaving(false)}
          body={{ list, search, columns: { table, shown: [...shown] } }} onSaved={(id) => set({ view: id })}
        />
      </Modal>
    </>
  )
}

const SaveForm = ({ name: first, body, onClose, onSaved }: {
  name: string; body: { list: string; search: Record<string, string>; columns: { table: string; shown: string[] } }; onClose: () => void; onSaved: (id: string) => void
}) => {
  const t = useT()
  const may = useMay()
  const { area } = useArea()
  const [name, setName] = useState(first)
  const [shared, setShared] = useState(false)
  const saving = useSend(saveView, { invalidates: REREAD })
  const save = async (): Promise<void> => {
    const saved = await saving.send({ body: { ...body, name: name.trim(), areaId: shared && area ? area.id : null } })
    if (!saved.ok) return
    onSaved(saved.value.id)
    onClose()
  }
  return (
    <form onSubmit={(event) => {
      event.preventDefault()
      if (name.trim() !== '') void save()
    }}>
      <Stack gap="md">
        <TextInput label={t('web.view_name')} withAsterisk data-autofocus maxLength={80} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        {may(viewShare) && area && <Checkbox label={t('web.view_share', { area: area.name })} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />}
        <ProblemNotice problem={saving.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button type="submit" disabled={name.trim() === ''} loading={saving.pending}>{t('web.view_save_do')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

const sorted = (values: Readonly<Record<string, string>>): [string, string][] => Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** What the list still knows of a view saved by an earlier version of it. */
const known = (search: Readonly<Record<string, string>>, defaults: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(search).filter(([name]) => name in defaults))
