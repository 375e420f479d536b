import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { DisabledWithReason, ProblemNotice, ScreenLink, useFormat, useSend, useSentence, useT, useToast, type ProblemDocument } from '#web'
import { addAreas, getArea, listAreas, type AreaShown } from '../contract.ts'
import classes from './areas.module.css'
import { readPasted } from './read-pasted.ts'
import { byRow } from './row-problem.ts'

/** Many hamlets or groups pasted from a spreadsheet; nothing is added while one row has a fault. */
export const PasteAreas = ({ parent, siblings, onDone }: { parent: AreaShown; siblings: readonly AreaShown[]; onDone: () => void }) => {
  const t = useT()
  const format = useFormat()
  const sentence = useSentence()
  const { say } = useToast()
  const [text, setText] = useState('')
  const [source, setSource] = useState('')
  const [refused, setRefused] = useState<ProblemDocument>()
  const adding = useSend(addAreas, { invalidates: [listAreas, getArea] })
  const rows = useMemo(() => readPasted(text, siblings.map(({ name }) => name), parent.level === 'hamlet' ? 'group' : undefined), [text, siblings, parent.level])
  const faults = rows.filter((row) => row.fault !== undefined).length
  const remarks = refused && byRow(refused)
  const submit = async (): Promise<void> => {
    const added = await adding.send({
      body: {
        areas: rows.map(({ name, kind, level, population, code }) => ({
          parentId: parent.id, name, kind, level, ...(code === undefined ? {} : { code }),
          ...(population === undefined ? {} : { population, ...(source.trim() ? { populationSource: source.trim() } : {}) }),
        })),
      },
    })
    if (!added.ok) return setRefused(added.problem)
    say(t('areas.added_many', { count: added.value.areas.length }))
    onDone()
  }
  return (
    <form noValidate onSubmit={(event) => {
      event.preventDefault()
      void submit()
    }}>
      <Stack gap="md">
        <Textarea
          label={t('areas.paste')} description={t('areas.paste_about')} autosize minRows={5} maxRows={10} data-autofocus
          placeholder={'Ấp Hòa Lập\t1250\nẤp Hòa Thuận\t980'} value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setRefused(undefined)
          }}
        />
        <TextInput label={t('areas.source')} placeholder={t('areas.source_example')} value={source} onChange={(event) => setSource(event.currentTarget.value)} />
        {rows.length > 0 && (
          <div className={classes.preview} tabIndex={0} role="group" aria-label={t('areas.preview')}>
            <table className={classes.plain}>
              <thead><tr><th scope="col">{t('areas.line')}</th><th scope="col">{t('areas.unit')}</th><th scope="col">{t('areas.level')}</th><th scope="col" data-numeric>{t('areas.population')}</th><th scope="col">{t('areas.fault')}</th></tr></thead>
              <tbody>
                {rows.map((row, index) => {
                  const fault = row.fault ? t(row.fault) : remarks?.rows.has(index) ? sentence(remarks.rows.get(index) as ProblemDocument) : undefined
                  return (
                    <tr key={row.line} data-fault={fault !== undefined || undefined}>
                      <td>{row.line}</td><td>{row.name}{row.code && <span className={classes.soft}> {row.code}</span>}</td><td>{row.kind}</td>
                      <td data-numeric>{row.population === undefined ? '–' : format.whole(row.population)}</td><td className={classes.fault}>{fault}</td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
        )}
        <ProblemNotice problem={remarks?.rest} />
        <Group justify="space-between">
          <ScreenLink to="/imports">{t('areas.import_file')}</ScreenLink>
          <Group>
            <Button variant="default" onClick={onDone}>{t('web.cancel')}</Button>
            <DisabledWithReason
              type="submit" loading={adding.pending} reason={rows.length === 0 ? t('areas.needs_rows') : faults > 0 ? t('areas.has_faults', { count: faults }) : undefined}
            >{t('areas.add_rows', { count: rows.length })}</DisabledWithReason>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
