import { ok, problem, refuse, type Result } from '#base'
import { readValue, type GivenValue, type MetricShape } from '../metric.ts'

/** A whole number with or without thousands separators of either language: `1234`, `1.234`, `1,234`, `1 234`. */
const GROUPED = /^-?\d{1,3}(?:([.,\s\u00a0\u202f])\d{3})(?:\1\d{3})*$/

/** What a cell says: nothing for an empty one. Problems of `readValue`. Example: `readTyped(metric, '1.234')` is 1234. */
export const readTyped = (metric: MetricShape, typed: string): Result<GivenValue | undefined> => {
  const text = typed.trim().replace('−', '-')
  if (text === '') return ok(undefined)
  const given = metric.kind === 'category' ? text : numberOf(text)
  if (given === undefined) return refuse(problem('not_a_number', { params: { value: text } }))
  const read = readValue(metric, given)
  return read.ok ? ok(metric.kind === 'category' ? (metric.categories[read.value] as string) : read.value) : read
}

const numberOf = (text: string): number | undefined => {
  if (/^-?\d+$/.test(text)) return Number(text)
  if (GROUPED.test(text)) return Number(text.replace(/[.,\s\u00a0\u202f]/g, ''))
  // A decimal is read so that the refusal can say that a whole number is needed.
  return /^-?\d+[.,]\d+$/.test(text) ? Number(text.replace(',', '.')) : undefined
}
