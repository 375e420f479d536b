import { ok, problem, refuse, type Result } from '#base'
import { EMPTY, textCell, type Cell, type Row } from './table.ts'

/** Reads an array of objects: the names become row 0, the objects rows from 1. Problems `broken_json`, `not_a_table`. */
export const readJson = (text: string): Result<Row[]> => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return refuse(problem('broken_json'))
  }
  if (!Array.isArray(parsed) || !parsed.every(isRecord)) return refuse(problem('not_a_table'))
  const objects: Record<string, unknown>[] = parsed
  const names = new Set<string>()
  for (const object of objects) for (const name of Object.keys(object)) names.add(name)
  const columns = [...names]
  return ok([
    { number: 0, cells: columns.map(textCell) },
    ...objects.map((object, index) => ({ number: index + 1, cells: columns.map((name) => cellOf(object[name])) })),
  ])
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const cellOf = (value: unknown): Cell => {
  if (value === undefined || value === null) return EMPTY
  if (typeof value === 'number') return { kind: 'number', text: String(value), number: value }
  if (typeof value === 'boolean') return { kind: 'boolean', text: String(value), number: Number(value) }
  return textCell(typeof value === 'string' ? value : JSON.stringify(value))
}
