import { Button, Menu, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { IconDeviceFloppy, IconEye, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { AnswerOf, Instant, PlainDate } from '#base'
import {
  DayPicker, DisabledWithReason, PageHeader, problemIn, ProblemNotice, today, useAddress, useArea, useDay, useFormat, useMay, useProblemForm, useQueryOf, useSend, useT, useToast,
} from '#web'
import { bulletinDraft, getTemplate, previewTemplate, saveTemplate, templateChange, type TemplateShown } from '../contract.ts'
import { KINDS, type Kind } from '../frame.ts'
import classes from './bulletins.module.css'
import { Paper } from './paper.tsx'

const TemplatePage = () => {
  const t = useT()
  const { code, area } = useArea()
  const { day } = useDay()
  const [{ kind }, set] = useAddress({ kind: 'daily' })
  const chosen = KINDS.find((one) => one === kind) ?? 'daily'
  const { data, error, refetch } = useQueryOf(getTemplate, code === undefined ? undefined : { query: { kind: chosen, area: code, on: day } }, { keep: false })
  return (
    <>
      <PageHeader title={t('bulletins.templates')} about={t('bulletins.templates_about', { area: area?.name ?? '' })} />
      <SegmentedControl
        aria-label={t('bulletins.kind')} mb="md" value={chosen} onChange={(next) => set({ kind: next }, { push: true })}
        data={KINDS.map((one) => ({ value: one, label: t(`bulletins.kinds.${one}`) }))}
      />
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      {data && code !== undefined && <Editor key={`${chosen} ${code}`} kind={chosen} code={code} areaId={area?.id} day={day} answer={data} />}
    </>
  )
}
export default TemplatePage

const LINES = ['addressees', 'recipients', 'authority'] as const
const FIELDS = ['parent', 'symbol', 'place', 'typeName', 'subject', 'signer'] as const
const LABELS = { parent: 'parent', symbol: 'symbol', place: 'place', typeName: 'type', subject: 'subject', signer: 'signer' } as const

interface Values extends Record<(typeof FIELDS)[number] | (typeof LINES)[number] | 'body' | 'issuer', string> {
  countFrom: PlainDate
}

const valuesOf = ({ body, frame }: TemplateShown): Values => ({
  ...frame, body, addressees: frame.addressees.join('\n'), recipients: frame.recipients.join('\n'), authority: frame.authority.join('\n'),
})
const linesOf = (text: string): string[] => text.split('\n').map((one) => one.trim()).filter((one) => one !== '')

interface EditorProps {
  readonly kind: Kind
  readonly code: string
  readonly areaId: number | undefined
  readonly day: PlainDate
  readonly answer: AnswerOf<typeof getTemplate>
}

const Editor = ({ kind, code, areaId, day, answer }: EditorProps) => {
  const t = useT()
  const format = useFormat()
  const may = useMay()
  const { say } = useToast()
  const { template, versions, shipped, placeholders, blocks } = answer
  const saving = useSend(saveTemplate, { invalidates: [getTemplate] })
  const previewing = useSend(previewTemplate)
  const [preview, setPreview] = useState<AnswerOf<typeof previewTemplate>>()
  const form = useProblemForm<Values>(valuesOf(template))
  const area = useRef<HTMLTextAreaElement>(null)
  // A version saved elsewhere (or just now) is what is edited next.
  useEffect(() => form.setAll(valuesOf(template)), [template.areaCode, template.version])
  const { body, countFrom, ...rest } = form.values
  const wording = {
    kind, area: code, on: day, body,
    frame: { ...rest, countFrom, addressees: linesOf(rest.addressees), recipients: linesOf(rest.recipients), authority: linesOf(rest.authority) },
  }
  const changed = JSON.stringify(form.values) !== JSON.stringify(valuesOf(template))
  const refused = areaId !== undefined && !may(templateChange, areaId) ? t('bulletins.may_not_template', { roles: templateChange.roles.map((role) => t(`role.${role}`)).join(', ') }) : undefined

  const show = async (): Promise<void> => {
    const shown = await previewing.send({ body: { ...wording, day } })
    if (shown.ok) setPreview(shown.value)
    form.refuse(shown.ok ? undefined : shown.problem)
  }
  // What the wording makes of the day is what a reader opens the page for.
  useEffect(() => {
    if (may(bulletinDraft, areaId)) void show()
  }, [template.areaCode, template.version])
  const save = async (): Promise<void> => {
    const saved = await saving.send({ body: wording })
    if (saved.ok) say(t('bulletins.template_saved', { version: saved.value.version }))
    form.refuse(saved.ok ? undefined : saved.problem)
  }
  const insert = (text: string): void => {
    const at = area.current?.selectionStart ?? body.length
    form.set('body', `${body.slice(0, at)}${text}${body.slice(area.current?.selectionEnd ?? at)}`)
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(at + text.length, at + text.length)
    })
  }
  return (
    <div className={classes.pair}>
      <form className={classes.editor} {...form.bind(() => void save())}>
        <Stack gap="sm">
          <p className={classes.hint}>
            {template.version === 0 ? t('bulletins.template_shipped') : t('bulletins.template_from', { area: template.areaName ?? '', version: template.version })}
          </p>
          <ProblemNotice problem={saving.problem ?? previewing.problem} />
          <Textarea
            ref={area} label={t('bulletins.body')} description={t('bulletins.body_about', { placeholder: '{…}' })} autosize minRows={14} maxRows={30} spellCheck={false} lang="vi"
            classNames={{ input: classes.body }} value={body} onChange={(event) => form.set('body', event.currentTarget.value)}
          />
          <Menu position="bottom-start" width={420}>
            <Menu.Target><Button variant="default" leftSection={<IconPlus size={16} />}>{t('bulletins.insert')}</Button></Menu.Target>
            <Menu.Dropdown className={classes.menu}>
              {blocks.map((name) => <Menu.Item key={name} onClick={() => insert(`[[${name}]]`)}><code>[[{name}]]</code> {t(`bulletins.block.${name}`)}</Menu.Item>)}
              <Menu.Divider />
              {placeholders.map((name) => <Menu.Item key={name} onClick={() => insert(`{${name}}`)}><code>{`{${name}}`}</code> {t(`bulletins.placeholder.${name}`)}</Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
          <h2 className={classes.section}>{t('bulletins.frame')}</h2>
          <Textarea label={t('bulletins.issuer')} description={t('bulletins.issuer_about')} autosize minRows={1} {...form.field('issuer')} error={form.errorAt('frame/issuer')} />
          <div className={classes.fields}>
            {FIELDS.map((name) => (
              <TextInput
                key={name} label={t(`bulletins.${LABELS[name]}`)} {...(name === 'symbol' ? { placeholder: t('bulletins.symbol_about') } : {})} autoComplete="off"
                {...form.field(name)} error={form.errorAt(`frame/${name}`)}
              />
            ))}
            <DayPicker label={t('bulletins.count_from')} required value={countFrom} max={today()} onChange={(next) => next && form.set('countFrom', next)} />
          </div>
          {LINES.map((name) => (
            <Textarea
              key={name} label={t(`bulletins.${name}`)} description={t('bulletins.line_each')} autosize minRows={2} {...form.field(name)} error={form.errorAt(`frame/${name}`)}
            />
          ))}
          <div className={classes.buttons}>
            <Button variant="default" leftSection={<IconEye size={16} />} loading={previewing.pending} onClick={() => void show()}>{t('bulletins.preview_now', { day: format.day(day) })}</Button>
            <DisabledWithReason type="submit" leftSection={<IconDeviceFloppy size={16} />} loading={saving.pending} reason={refused ?? (changed ? undefined : t('bulletins.nothing_changed'))}>
              {t('bulletins.template_save')}
            </DisabledWithReason>
          </div>
          <h2 className={classes.section}>{t('bulletins.versions')}</h2>
          <ul className={classes.versions}>
            {versions.map((one) => (
              <li key={one.version}>
                {t('bulletins.template_recorded', { version: one.version, by: one.recordedBy ?? '', at: one.recordedAt === null ? '' : format.instant(one.recordedAt as Instant) })}{' '}
                <Button size="compact-sm" variant="subtle" onClick={() => form.setAll(valuesOf(one))}>{t('bulletins.use_version')}</Button>
              </li>
            ))}
            <li><Button size="compact-sm" variant="subtle" onClick={() => form.setAll(valuesOf(shipped))}>{t('bulletins.use_shipped')}</Button></li>
          </ul>
        </Stack>
      </form>
      <div>
        {preview ? <Paper document={preview.document} facts={preview.facts} day={day} /> : <p className={classes.hint}>{t('bulletins.preview_none')}</p>}
      </div>
    </div>
  )
}
