import { nameKey } from '#base'
import { fullName, kindOf, levelOf } from '../kind.ts'

/** One pasted line: what is added, or why it cannot be. */
export interface PastedArea {
  /** Line of the text, from 1. */
  readonly line: number
  readonly name: string
  readonly kind: string
  readonly level: 'hamlet' | 'group'
  readonly population: number | undefined
  readonly code: string | undefined
  /** Text key of the fault. */
  readonly fault: 'areas.fault_population' | 'areas.fault_code' | 'areas.fault_twice' | 'areas.fault_exists' | 'areas.fault_group' | undefined
}

const NUMBER = /^\d{1,3}(?:[. ]\d{3})*$|^\d+$/
const CODE = /^[\w.-]{1,40}$/
const HEADING = /^(ten|ap|ap khu pho|name|hamlet)/

/**
 * Rows pasted from a spreadsheet: name, population, code, in columns. A heading is skipped, empty lines too. Names that stand already or
 * come twice are faults, as in the command.
 */
export const readPasted = (text: string, taken: readonly string[], only: 'group' | undefined): PastedArea[] => {
  const seen = new Set(taken.map(nameKey))
  const fresh = new Set<string>()
  return text.split(/\r?\n/).flatMap((row, index): PastedArea[] => {
    const [first = '', people = '', code = ''] = row.split(/\t|;/).map((cell) => cell.trim())
    if (first === '') return []
    if (index === 0 && people !== '' && !/\d/.test(people) && HEADING.test(nameKey(first))) return []
    const kind = kindOf(first, only && !/^tổ/i.test(first) ? 'Tổ nhân dân tự quản' : undefined)
    const name = fullName(first, kind)
    const key = nameKey(name)
    const population = people === '' ? undefined : NUMBER.test(people) ? Number(people.replace(/[. ]/g, '')) : NaN
    const fault = Number.isNaN(population) ? 'areas.fault_population'
      : code !== '' && !CODE.test(code) ? 'areas.fault_code'
        : only && levelOf(kind) !== 'group' ? 'areas.fault_group'
          : seen.has(key) ? 'areas.fault_exists' : fresh.has(key) ? 'areas.fault_twice' : undefined
    fresh.add(key)
    return [{ line: index + 1, name, kind, level: levelOf(kind), population: Number.isNaN(population) ? undefined : population, code: code || undefined, fault }]
  })
}
