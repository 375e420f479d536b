import { Button, Group, Menu, Skeleton, Tabs } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconDownload, IconTrash } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Id, Instant, PlainDate } from '#base'
import {
  hrefOf, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useAddress, useFormat, useGo, useKeys, useLanguage, useQueryOf, useSend, useT, useToast,
} from '#web'
import { compareRulebooks, discardDraft, getDraft, getDraftFile, listDrafts } from '../../contract.ts'
import { BookDiff } from '../book-diff.tsx'
import { DraftEnact } from './draft-enact.tsx'
import { DraftFaults } from './draft-faults.tsx'
import { DraftInfo } from './draft-info.tsx'
import { DraftPreview } from './draft-preview.tsx'
import classes from './draft.module.css'
import { TableEditor } from './table-editor.tsx'
import { useDraftEditor, type DraftData, type DraftEditor } from './use-draft-editor.ts'
import { useFaults, type Fault } from './use-faults.ts'

const DraftPage = () => {
  const { id } = useParams({ strict: false })
  // What is being typed must not be read over: it is asked once, and again only when the page is opened again.
  const { data, error, refetch } = useQueryOf(getDraft, id === undefined ? undefined : { params: { id } }, { keep: false, freshFor: Infinity })
  if (error) return <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
  if (!data) return <Skeleton height={400} />
  return <Opened key={data.draft.id} data={data} id={data.draft.id} reload={() => void refetch().then(() => window.location.reload())} />
}
export default DraftPage

const TABS = ['tables', 'info', 'diff', 'preview', 'enact'] as const

const Opened = ({ data, id, reload }: { data: DraftData; id: Id; reload: () => void }) => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  const editor = useDraftEditor(data, id)
  const faults = useFaults(editor.model)
  const [{ tab }, set] = useAddress({ tab: 'tables' })
  const { draft } = data
  const { model } = editor
  const info = model.rulebook
  const title = (language === 'en' ? info?.title.en : info?.title.vi) ?? draft.titleVi
  const closed = draft.status !== 'open'
  const save = useRef(editor.save)
  save.current = editor.save
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (editor.unsaved && !editor.kept) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [editor.unsaved, editor.kept])
  useKeys([
    { keys: 'mod+S', does: 'rulebooks.key_save', run: () => void save.current() },
    { keys: 'mod+Z', does: 'rulebooks.key_undo', run: () => editor.undo?.() },
    { keys: 'mod+shift+Z', does: 'rulebooks.key_redo', run: () => editor.redo?.() },
    { keys: 'mod+Enter', does: 'rulebooks.key_add' },
    { keys: 'alt+ArrowUp', does: 'rulebooks.key_move' },
  ])
  /** The same keys in a cell: there, what is being typed is the browser's to take back. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey)) return
    const cell = event.target as HTMLElement
    const key = event.key.toLowerCase()
    if (key === 's') {
      event.preventDefault()
      cell.blur()
      // The cell is taken as it is left; saving comes after.
      setTimeout(() => void save.current())
    } else if ((key === 'z' || key === 'y') && cell.dataset['at'] !== undefined && cell.dataset['typed'] === undefined) {
      event.preventDefault()
      if (key === 'y' || event.shiftKey) editor.redo?.()
      else editor.undo?.()
    }
  }
  const fatal = faults.filter((fault) => !fault.warning)
  return (
    <div role="presentation" onKeyDown={onKeyDown}>
      <PageHeader
        title={title}
        about={(
          <>
            {t(draft.kind === 'variant' ? 'rulebooks.draft_variant' : 'rulebooks.draft_amendment', { area: draft.areaName })}
            {draft.basedOn && <> · {t('rulebooks.based_on')} <ScreenLink to={`/rulebooks/${draft.basedOn.split('@')[0]}`} search={{ version: draft.basedOn.split('@')[1] }}>{draft.basedOn}</ScreenLink></>}
            {' · '}{t('rulebooks.saved_by', { by: draft.changedBy, at: format.instant(draft.changedAt as Instant) })}
          </>
        )}
        actions={<DraftActions id={id} editor={editor} />}
      />
      {closed && <Notice warning>{t(`rulebooks.draft_${draft.status}`)}</Notice>}
      {editor.found === 'restored' && (
        <Notice>
          <Group gap="sm">{t('rulebooks.restored')}<Button size="compact-sm" variant="default" onClick={editor.forget}>{t('rulebooks.restored_forget')}</Button></Group>
        </Notice>
      )}
      {editor.found === 'older' && (
        <Notice warning>
          <Group gap="sm">
            {t('rulebooks.older', { by: draft.changedBy })}
            <Button size="compact-sm" variant="default" onClick={editor.takeKept}>{t('rulebooks.older_take')}</Button>
            <Button size="compact-sm" variant="default" onClick={editor.forget}>{t('rulebooks.restored_forget')}</Button>
          </Group>
        </Notice>
      )}
      <ProblemNotice problem={editor.problem} {...(editor.problem?.code === 'draft_changed' ? { retry: reload } : {})} />
      <div className={`${classes.bar} no-print`}>
        <Button.Group>
          <Button size="compact-sm" variant="default" leftSection={<IconArrowBackUp size={16} />} disabled={!editor.undo} onClick={editor.undo}>{t('rulebooks.undo')}</Button>
          <Button size="compact-sm" variant="default" leftSection={<IconArrowForwardUp size={16} />} disabled={!editor.redo} onClick={editor.redo}>{t('rulebooks.redo')}</Button>
        </Button.Group>
        <Button size="compact-sm" leftSection={<IconDeviceFloppy size={16} />} loading={editor.saving} disabled={!editor.unsaved || closed} onClick={() => void editor.save()}>{t('rulebooks.save')}</Button>
        <span className={classes.state} role="status">
          {!editor.unsaved ? t('rulebooks.state_saved', { revision: editor.revision }) : editor.kept ? t('rulebooks.state_kept') : t('rulebooks.state_unkept')}
          {' · '}{fatal.length > 0 ? t('rulebooks.faults', { count: fatal.length }) : faults.length > 0 ? t('rulebooks.warnings', { count: faults.length }) : t('rulebooks.no_faults')}
        </span>
      </div>
      <Tabs value={(TABS as readonly string[]).includes(tab) ? tab : 'tables'} onChange={(next) => set({ tab: next ?? undefined }, { push: true })} keepMounted={false}>
        <Tabs.List className="no-print" mb="sm">
          {TABS.filter((one) => (one === 'diff' ? draft.basedOn !== null : one !== 'preview' || model.decisions.some(({ name }) => name === 'level'))).map((one) => <Tabs.Tab key={one} value={one}>{t(`rulebooks.tab.${one}`)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="tables">
          <DraftFaults faults={faults} />
          {model.decisions.map((decision) => (decision.logic?.kind === 'table'
            ? <TableEditor key={decision.id} model={model} decision={decision} table={decision.logic.table} edit={editor.edit} faults={faultsOf(faults, decision.name)} />
            : null))}
        </Tabs.Panel>
        <Tabs.Panel value="info"><DraftInfo model={model} edit={editor.edit} /></Tabs.Panel>
        <Tabs.Panel value="diff">{draft.basedOn && <Saved editor={editor}><Difference a={draft.basedOn} id={id} /></Saved>}</Tabs.Panel>
        <Tabs.Panel value="preview"><Saved editor={editor}><DraftPreview draft={draft} validFrom={info?.validFrom as PlainDate} validTo={info?.validTo ?? null} faults={fatal} label={(name) => labelOf(editor, name, language)} /></Saved></Tabs.Panel>
        <Tabs.Panel value="enact"><Saved editor={editor}><DraftEnact data={data} editor={editor} faults={faults} /></Saved></Tabs.Panel>
      </Tabs>
    </div>
  )
}

const faultsOf = (faults: readonly Fault[], table: string): readonly Fault[] => faults.filter((fault) => fault.table === table)

const labelOf = ({ model }: DraftEditor, name: string, language: string): string => {
  const found = model.decisions.find((one) => one.name === name)
  return (language === 'en' ? found?.labelEn : found?.label) ?? found?.label ?? name
}

/** What the server works out rests on what is saved: first saved, then shown. */
const Saved = ({ editor, children }: { editor: DraftEditor; children: React.ReactNode }) => {
  const t = useT()
  useEffect(() => {
    if (editor.unsaved && !editor.saving && !editor.problem) void editor.save()
  }, [editor.unsaved, editor.saving, editor.problem])
  return editor.unsaved ? <p role="status">{t('rulebooks.saving_first')}</p> : children
}

const Difference = ({ a, id }: { a: string; id: Id }) => {
  const { data, error, refetch } = useQueryOf(compareRulebooks, { query: { a, b: `draft:${id}` } })
  if (error) return <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
  return data ? <BookDiff compared={data} /> : <Skeleton height={300} />
}

const DraftActions = ({ id, editor }: { id: Id; editor: DraftEditor }) => {
  const t = useT()
  const go = useGo()
  const { say } = useToast()
  const discarding = useSend(discardDraft, { invalidates: [listDrafts] })
  const discard = async (): Promise<void> => {
    const done = await discarding.send({ params: { id } })
    if (!done.ok) return
    editor.forget()
    say(t('rulebooks.discarded'))
    go('/rulebooks')
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" leftSection={<IconDownload size={16} />}>{t('rulebooks.download')}</Button></Menu.Target>
        <Menu.Dropdown>
          {(['1.5', '1.3'] as const).map((dmn) => (
            <Menu.Item key={dmn} component="a" href={hrefOf(getDraftFile, { params: { id }, query: { dmn } })} download>{t(`rulebooks.dmn.${dmn}`)}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" color="red" leftSection={<IconTrash size={16} />} loading={discarding.pending} onClick={() => void discard()}>{t('rulebooks.discard')}</Button>
    </>
  )
}
