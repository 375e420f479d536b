import { parseDate, type QueryInputOf } from '#base'
import type { countCases } from '../contract.ts'
import { CASE_SORTS, DETECTION_SOURCES, DIAGNOSES, DUTIES, OUTCOMES, SEVERITIES, STATUSES } from '../contract.ts'

/** Filters of the registry in the address, by the names of the endpoint; several choices are joined by commas. */
export const FILTERS = {
  search: '', reportedFrom: '', reportedTo: '', onsetFrom: '', onsetTo: '', status: '', severity: '', outcome: '', diagnosis: '',
  detectionSource: '', sender: '', importId: '', possibleDuplicate: '', hasNationalNumber: '', duty: '',
} as const
export type FilterName = keyof typeof FILTERS
export type Filters = Readonly<Record<FilterName, string>>

/** Filters that are a choice among known words. */
export const CHOICES: Readonly<Partial<Record<FilterName, readonly string[]>>> = {
  status: STATUSES, severity: SEVERITIES, outcome: OUTCOMES, diagnosis: DIAGNOSES, detectionSource: DETECTION_SOURCES, duty: DUTIES,
}
const DAYS: readonly FilterName[] = ['reportedFrom', 'reportedTo', 'onsetFrom', 'onsetTo']
const FLAGS: readonly FilterName[] = ['possibleDuplicate', 'hasNationalNumber']

export const chosenIn = (value: string): readonly string[] => (value === '' ? [] : value.split(','))

/** Whether a filter's text means anything; an address may have been typed by hand. */
const understood = (name: FilterName, value: string): boolean => {
  if (value === '') return false
  if (DAYS.includes(name)) return parseDate(value).ok
  if (FLAGS.includes(name)) return value === 'true' || value === 'false'
  const choices = CHOICES[name]
  return choices === undefined || chosenIn(value).every((one) => choices.includes(one))
}

/** Filters that are set. */
export const setFilters = (filters: Filters): readonly FilterName[] =>
  (Object.keys(FILTERS) as FilterName[]).filter((name) => understood(name, filters[name]))

/** What the list, the count and the export are asked. */
export const queryOf = (filters: Filters, areaId: number | undefined): QueryInputOf<typeof countCases> => {
  const asked = setFilters(filters).map((name) => [name, CHOICES[name] && name !== 'status' ? [...chosenIn(filters[name])] : filters[name].trim()])
  return { ...(Object.fromEntries(asked) as QueryInputOf<typeof countCases>), ...(areaId === undefined ? {} : { areaId }) }
}

type SortKey = (typeof CASE_SORTS)[number]

/** The order in the address; an unknown one is the default, newest report first. */
export const sortOf = (sort: string, direction: string): { readonly sort: SortKey; readonly direction: 'asc' | 'desc' } => ({
  sort: CASE_SORTS.find((one): one is SortKey => one === sort) ?? 'reported',
  direction: direction === 'asc' ? 'asc' : 'desc',
})
