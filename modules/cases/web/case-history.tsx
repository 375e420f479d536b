import { getArea } from '#areas/contract'
import type { AnswerOf } from '#base'
import { useAreas, useQueryOf, useT } from '#web'
import type { getCase } from '../contract.ts'
import { fieldOf } from './fields.ts'
import { useWords } from './words.ts'

type Entry = AnswerOf<typeof getCase>['history'][number]

/** What a version changed, field by field. */
export const Changed = ({ changes }: { changes: Entry['changes'] }) => {
  const t = useT()
  if (changes.length === 0) return null
  return (
    <ul>
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          {t(`cases.field.${field}`)}: <del><Value field={field} value={before} /></del> → <ins><Value field={field} value={after} /></ins>
        </li>
      ))}
    </ul>
  )
}

const Value = ({ field, value }: { field: string; value: unknown }) => {
  const words = useWords()
  return typeof value === 'number' && ['areaId', 'eventAreaId'].includes(fieldOf(field) ?? '') ? <AreaName id={value} /> : words.value(field, value)
}

/** A unit by its id, of whatever tree. */
const AreaName = ({ id }: { id: number }) => {
  const here = useAreas().byId(id)
  const { data } = useQueryOf(getArea, here ? undefined : { params: { id } })
  return here?.name ?? data?.area.name ?? String(id)
}
