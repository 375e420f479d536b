import { Autocomplete, Button, Loader, SegmentedControl, Select, Textarea } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useRef, useState, type DragEvent } from 'react'
import { ProblemNotice, useAddress, useGo, useSend, useT } from '#web'
import { listImports, uploadImport } from '../contract.ts'
import classes from './imports.module.css'

/** Endings the file picker offers; what a file really is, the server finds out. */
const ACCEPTED = '.xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt,.json'
/** Beyond this many kinds a list is easier than buttons. */
const MOST_BUTTONS = 4

interface DropZoneProps {
  readonly kinds: readonly string[]
  readonly senders: readonly string[]
}

/** Takes a file in: dropped, chosen or pasted; then its sheet opens. */
export const DropZone = ({ kinds, senders }: DropZoneProps) => {
  const t = useT()
  const go = useGo()
  const [{ kind: asked, sender }, set] = useAddress({ kind: '', sender: '' })
  const kind = kinds.includes(asked) ? asked : kinds[0]
  const [over, setOver] = useState(false)
  const [name, setName] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const upload = useSend(uploadImport, { invalidates: [listImports] })
  const choices = kinds.map((value) => ({ value, label: t(`import.kind.${value}`) }))

  const send = async (file: File): Promise<void> => {
    if (kind === undefined || upload.pending) return
    setName(file.name)
    const body = new FormData()
    body.append('file', file)
    const sent = await upload.send({ query: { kind, sender }, body })
    if (sent.ok) go(`/imports/${sent.value.run.id}`)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) void send(file)
  }

  return (
    <section className={classes.intake} aria-label={t('imports.new')}>
      <div className={classes.about}>
        <div className={classes.kinds}>
          <div className={classes.label} id="import-kind">{t('imports.kind')}</div>
          {kinds.length <= MOST_BUTTONS
            ? <SegmentedControl aria-labelledby="import-kind" data={choices} value={kind ?? ''} onChange={(next) => set({ kind: next })} />
            : <Select aria-labelledby="import-kind" w={320} allowDeselect={false} data={choices} value={kind ?? null} onChange={(next) => set({ kind: next ?? '' })} />}
        </div>
        <Autocomplete
          label={t('imports.sender')} placeholder={t('imports.sender_example')} description={t('imports.sender_about')} className={classes.sender}
          data={[...senders]} value={sender} onChange={(next) => set({ sender: next })} maxLength={120} size="sm"
        />
      </div>
      <div
        className={classes.drop} data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {upload.pending ? (
          <output className={classes.sending}><Loader size="sm" />{t('imports.sending', { name })}</output>
        ) : (
          <>
            <IconFileSpreadsheet size={32} stroke={1.5} aria-hidden />
            <div className={classes.dropWords}>{t('imports.drop')}</div>
            <Button onClick={() => input.current?.click()}>{t('imports.choose')}</Button>
            <input
              ref={input} type="file" accept={ACCEPTED} hidden aria-label={t('imports.choose')}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0]
                event.currentTarget.value = ''
                if (file) void send(file)
              }}
            />
            <Textarea
              aria-label={t('imports.paste')} placeholder={t('imports.paste')} rows={1} className={classes.paste} value=""
              onChange={() => {}}
              onPaste={(event) => {
                event.preventDefault()
                const text = event.clipboardData.getData('text/plain')
                const [copied] = event.clipboardData.files
                if (text.trim()) void send(new File([text], `${t('imports.pasted')}.tsv`, { type: 'text/plain' }))
                else if (copied) void send(copied)
              }}
            />
          </>
        )}
        <div className={classes.formats}>{t('imports.formats')}</div>
      </div>
      <ProblemNotice problem={upload.problem} />
    </section>
  )
}
