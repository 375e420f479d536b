import { useState } from 'react'
import type { BodyInputOf, Problem } from '#base'
import { BULK_FIELDS, type previewBulk } from '../../contract.ts'
import { FIELDS, type NamedField } from '../fields.ts'
import { readDay, readWhole } from '../read-typed.ts'

export type Changes = BodyInputOf<typeof previewBulk>['changes']
type BulkName = (typeof BULK_FIELDS)[number]

/** What stands in the fields chosen, as typed; `null` empties a field. */
export type Typed = Readonly<Partial<Record<BulkName, string | null>>>

export const bulkFields: readonly NamedField[] = BULK_FIELDS.flatMap((name) => FIELDS.filter((field) => field.name === name))

/** What was typed as the contract takes it, or the first fault of each field; nothing typed in a chosen field is not a change yet. */
export const readTyped = (typed: Typed): { readonly changes: Changes | undefined; readonly faults: readonly Problem[] } => {
  const changes: Record<string, string | number | null> = {}
  const faults: Problem[] = []
  let waiting = false
  for (const { name, kind } of bulkFields) {
    const value = typed[name as BulkName]
    if (value === undefined) continue
    if (value === null) changes[name] = null
    else if (value.trim() === '') waiting = true
    else if (kind === 'day' || kind === 'whole') {
      const read = kind === 'day' ? readDay(value) : readWhole(value)
      if (read.ok) changes[name] = read.value
      else faults.push({ ...read.problem, field: name })
    } else changes[name] = value.trim()
  }
  return { changes: waiting || faults.length > 0 || Object.keys(changes).length === 0 ? undefined : (changes as Changes), faults }
}

export const useBulkFields = () => {
  const [typed, setTyped] = useState<Typed>({})
  return {
    typed,
    set: (name: string, value: string | null) => setTyped((before) => ({ ...before, [name]: value })),
    remove: (name: string) => setTyped((before) => Object.fromEntries(Object.entries(before).filter(([one]) => one !== name))),
    ...readTyped(typed),
  }
}
