import type { ReactNode } from 'react'
import { getArea } from '#areas/contract'
import { ScreenLink, useQueryOf, useT } from '#web'
import classes from './cases.module.css'
import type { ShownCase } from './draft.ts'
import { GROUPS, type NamedField } from './fields.ts'
import { Cases } from './show-case.tsx'
import { useWords } from './words.ts'

/** Units are amended rarely. Unit: milliseconds. */
const HOUR = 3_600_000

type Infected = Parameters<typeof Cases>[0]['cases']

/** Asked elsewhere on the page, or only while a form is open. */
const ABOVE = new Set(['fullName', 'sex', 'age', 'reinfection', 'reason', 'nationalNumber', 'sender', 'senderNumber'])

/** What is known, in the groups of the paper form; what is not known is one line a group. */
export const CaseFacts = ({ shown, infected }: { shown: ShownCase; infected: Infected }) => {
  const t = useT()
  const words = useWords()
  const known = shown as Readonly<Record<string, unknown>>
  const said = ({ name }: NamedField): ReactNode => {
    if (name === 'birth') return shown.birthOn ? words.day(shown.birthOn) : shown.birthYear
    if (name === 'areaId') return <WholePlace id={shown.areaId} name={shown.areaName} />
    if (name === 'eventAreaId') return shown.eventAreaId === null ? null : <WholePlace id={shown.eventAreaId} name={shown.eventAreaName ?? ''} />
    if (name === 'phone' && shown.phone) return <a href={`tel:${shown.phone.replaceAll(/[^\d+]/g, '')}`}>{shown.phone}</a>
    if (name === 'infectorNumber' && shown.infector) return <><ScreenLink to={`/cases/${shown.infector.id}`}>{shown.infectorNumber}</ScreenLink> ({shown.infector.fullName})</>
    const value = known[name]
    return value === null || value === undefined || value === '' ? null : words.value(name, value)
  }
  return (
    <div className={classes.facts}>
      {GROUPS.filter(({ key }) => key !== 'why').map((group) => {
        const fields = group.fields.filter((field: NamedField) => !ABOVE.has(field.name)).map((field: NamedField) => ({ name: field.name, text: said(field) }))
        const told = fields.filter(({ text }) => text !== null && text !== '')
        const missing = fields.filter(({ text }) => text === null || text === '')
        return (
          <section key={group.key} aria-labelledby={`facts-${group.key}`}>
            <h2 id={`facts-${group.key}`}>{t(`cases.group.${group.key}`)}</h2>
            <dl hidden={told.length === 0 && (group.key !== 'epidemiology' || infected.length === 0)}>
              {told.map(({ name, text }) => <div key={name}><dt>{t(`cases.field.${name}`)}</dt><dd>{text}</dd></div>)}
              {group.key === 'epidemiology' && infected.length > 0 && <div><dt>{t('cases.infected')}</dt><dd><Cases cases={infected} /></dd></div>}
              {group.key === 'address' && shown.transferredOn && <div><dt>{t('cases.transferred_on')}</dt><dd>{words.day(shown.transferredOn)}</dd></div>}
            </dl>
            {missing.length > 0 && <p className={classes.missing}>{t('cases.missing', { fields: missing.map(({ name }) => t(`cases.field.${name}`).toLowerCase()).join(', ') })}</p>}
          </section>
        )
      })}
    </div>
  )
}

/** A unit with all it lies in: the hamlet, its commune, district and province. */
const WholePlace = ({ id, name }: { id: number; name: string }) => {
  const { data } = useQueryOf(getArea, { params: { id } }, { freshFor: HOUR })
  return data ? [data.area, ...data.ancestors.filter(({ id: above, level }) => above !== id && level !== 'country')].map((area) => area.name).join(', ') : name
}
