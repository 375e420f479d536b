import { NumberInput, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { DecisionModel } from '#decisions'
import type { PlainDate } from '#base'
import { DayPicker, useLanguage, useT } from '#web'
import bookClasses from '../rulebook.module.css'
import { setEvidence, setInfo } from '../edit-model.ts'
import classes from './draft.module.css'
import type { DraftEditor } from './use-draft-editor.ts'

/** Validity may be set this far ahead. */
const FAR = '2099-12-31' as PlainDate

/** A field that is taken when it is left: one step to take back, not one a letter. */
const useTyped = (value: string, onCommit: (typed: string) => void) => {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  return {
    value: typed,
    onChange: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
    onBlur: () => {
      if (typed.trim() !== value) onCommit(typed.trim())
    },
  }
}

/** What the draft says of itself: title, document, days in force, and of what figures its inputs are made. */
export const DraftInfo = ({ model, edit }: { model: DecisionModel; edit: DraftEditor['edit'] }) => {
  const t = useT()
  const { language } = useLanguage()
  const info = model.rulebook
  const titleVi = useTyped(info?.title.vi ?? '', (vi) => edit((one) => setInfo({ title: { vi, en: one.rulebook?.title.en ?? vi } })(one)))
  const titleEn = useTyped(info?.title.en ?? '', (en) => edit((one) => setInfo({ title: { vi: one.rulebook?.title.vi ?? en, en } })(one)))
  const document = useTyped(info?.document ?? '', (next) => next !== '' && edit(setInfo({ document: next })))
  const article = useTyped(info?.article ?? '', (next) => edit(setInfo({ article: next || null })))
  if (!info) return null
  const measured = model.inputs.filter(({ evidence }) => evidence && evidence.windowDays !== null && evidence.numerator.length > 0)
  return (
    <div className={classes.info}>
      <Textarea autosize minRows={1} label={t('rulebooks.title_vi')} {...titleVi} />
      <Textarea autosize minRows={1} label={t('rulebooks.title_en')} {...titleEn} />
      <TextInput label={t('rulebooks.document')} {...document} />
      <TextInput label={t('rulebooks.article')} {...article} />
      <DayPicker label={t('rulebooks.valid_from')} max={FAR} value={info.validFrom} onChange={(day) => day && edit(setInfo({ validFrom: day }))} />
      <DayPicker label={t('rulebooks.valid_to')} max={FAR} min={info.validFrom} clearable value={info.validTo ?? undefined} onChange={(day) => edit(setInfo({ validTo: day ?? null }))} />
      {measured.length > 0 && (
        <div className={`${bookClasses.frame} ${classes.windows}`}>
          <table>
            <thead><tr><th scope="col">{t('rulebooks.input')}</th><th scope="col">{t('rulebooks.window_days')}</th><th scope="col">{t('rulebooks.cutoff_hour')}</th></tr></thead>
            <tbody>
              {measured.map(({ name, label, evidence }) => (
                <tr key={name}>
                  <th scope="row">{(language === 'en' && evidence?.labelEn) || label}</th>
                  <td>
                    <NumberInput
                      size="xs" min={1} max={60} allowDecimal={false} clampBehavior="strict" aria-label={`${t('rulebooks.window_days')}: ${label}`} value={evidence?.windowDays ?? ''}
                      onChange={(days) => typeof days === 'number' && days >= 1 && days !== evidence?.windowDays && edit(setEvidence(name, { windowDays: days }))}
                    />
                  </td>
                  <td>
                    <NumberInput
                      size="xs" min={1} max={24} allowDecimal={false} clampBehavior="strict" aria-label={`${t('rulebooks.cutoff_hour')}: ${label}`} value={evidence?.cutoffHour ?? ''}
                      onChange={(hour) => typeof hour === 'number' && hour >= 1 && hour !== evidence?.cutoffHour && edit(setEvidence(name, { cutoffHour: hour }))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
