import { Text } from '@mantine/core'
import { useHref, useQueryOf, useT, type ProblemDocument } from '#web'
import { listCases } from '../contract.ts'
import { fieldOf, type FieldName } from './fields.ts'

/** The refusals that name a case which is there already, by the form's field. */
export const duplicatesIn = (refusal: ProblemDocument | undefined): ReadonlyMap<FieldName, string> => {
  const found = new Map<FieldName, string>()
  const look = (problem: ProblemDocument): void => {
    const field = fieldOf(problem.field ?? '')
    const number = problem.params?.['number']
    if (problem.code.startsWith('duplicate_') && field && typeof number === 'string') found.set(field, number)
    problem.problems?.forEach(look)
  }
  if (refusal) look(refusal)
  return found
}

/** A way to the case that stands in the way; its reader may not be allowed to see it. */
export const ExistingCase = ({ number }: { number: string }) => {
  const t = useT()
  const href = useHref()
  const { data } = useQueryOf(listCases, { query: { search: number, limit: 5 } })
  const existing = data?.cases.find((one) => one.number === number)
  if (!data) return null
  if (!existing) return <Text size="sm" c="dimmed">{t('cases.existing_unseen', { number })}</Text>
  return (
    <Text size="sm">
      <a href={href(`/cases/${existing.id}`)} target="_blank" rel="noreferrer">{t('cases.existing_open', { number, name: existing.fullName })}</a>
    </Text>
  )
}
