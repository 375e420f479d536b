import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { isNationalId, remarksOnNationalId, type Sex } from '#people/contract'
import { today, useT, type ProblemForm } from '#web'
import { AreaField } from './area-field.tsx'
import classes from './cases.module.css'
import { DayField } from './day-field.tsx'
import { plainParams, type Draft } from './draft.ts'
import { GROUPS, type FieldName, type NamedField } from './fields.ts'
import { readBirth, readDay } from './read-typed.ts'

interface CaseFieldsProps {
  readonly form: ProblemForm<Draft>
  readonly purpose: 'report' | 'correct'
  /** Names of units outside the tree of the reporting day. */
  readonly areaNames: ReadonlyMap<string, string>
  /** What stands under a field beside its fault: the case it is a duplicate of. */
  readonly under: (name: FieldName) => ReactNode
}

/** The groups of a case report as fields. */
export const CaseFields = ({ form, purpose, areaNames, under }: CaseFieldsProps) => {
  const t = useT()
  return GROUPS.map((group) => {
    const fields = group.fields.filter((field: NamedField) => field.only === undefined || field.only === purpose)
    if (fields.length === 0) return null
    return (
      <fieldset key={group.key} className={classes.group}>
        <legend>{t(`cases.group.${group.key}`)}</legend>
        <div className={classes.fields}>
          {fields.map((field: NamedField) => (
            <div key={field.name} className={field.kind === 'long' || field.kind === 'flag' ? classes.whole : undefined}>
              <OneField field={field} form={form} areaNames={areaNames} />
              {under(field.name)}
            </div>
          ))}
        </div>
      </fieldset>
    )
  })
}

const OneField = ({ field, form, areaNames }: { field: NamedField; form: ProblemForm<Draft>; areaNames: ReadonlyMap<string, string> }) => {
  const t = useT()
  const { name, kind, needed = false, max, keyboard } = field
  const label = t(`cases.field.${name}`)
  const bound = form.field(name)
  const set = (value: string): void => form.set(name, value)
  const typed = { label, autoComplete: 'off', withAsterisk: needed, 'aria-required': needed, ...(max === undefined ? {} : { maxLength: max }) }
  switch (kind) {
    case 'day':
    case 'birth':
      return <DayField name={name} label={label} value={bound.value} onChange={set} error={bound.error} required={needed} birth={kind === 'birth'} />
    case 'area': {
      const reported = readDay(form.values.reportedOn)
      return (
        <AreaField
          label={label} value={bound.value} onChange={set} error={bound.error} required={needed} names={areaNames}
          on={reported.ok && reported.value ? reported.value : today()}
        />
      )
    }
    case 'choice':
      return (
        <NativeSelect
          {...bound} size="sm" label={label} withAsterisk={needed}
          data={[...(needed ? [] : [{ value: '', label: t('cases.not_known') }]), ...(field.choices ?? []).map((value) => ({ value, label: t(`cases.${name}.${value}`) }))]}
        />
      )
    case 'flag':
      return <Checkbox name={name} label={label} checked={bound.value === 'true'} onChange={(event) => set(event.currentTarget.checked ? 'true' : '')} className={classes.flag} />
    case 'long':
      return <Textarea {...bound} {...typed} autosize minRows={2} maxRows={8} />
    case 'nationalId':
      return <><TextInput {...bound} {...typed} inputMode="numeric" /><NumberRemarks draft={form.values} /></>
    case 'whole':
      return <TextInput {...bound} {...typed} inputMode="numeric" />
    default:
      return <TextInput {...bound} {...typed} {...(keyboard ? { inputMode: keyboard } : {})} {...(name === 'fullName' ? { autoCapitalize: 'words', 'data-autofocus': true } : {})} />
  }
}

/** What a personal number says that the other fields do not: told while it can still be mended, never refused. */
const NumberRemarks = ({ draft }: { draft: Draft }) => {
  const t = useT()
  const typed = draft.nationalId.trim()
  const birth = readBirth(draft.birth)
  const remarks = !isNationalId(typed) ? []
    : remarksOnNationalId(typed, { birthYear: birth.ok ? birth.value.birthYear : null, sex: draft.sex === '' ? null : (draft.sex as Sex) })
  return (
    <div role="status">
      {remarks.map((remark) => <p key={remark.code} className={classes.remark}>{t(`problem.${remark.code}`, plainParams(remark.params))}</p>)}
    </div>
  )
}
