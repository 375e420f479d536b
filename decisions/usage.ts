import { mentioned, type Scope } from './scope.ts'
import type { FeelType } from './feel-type.ts'
import type { Cell } from './unary-test.ts'

/** What a model does with an input: the cells that test it, and whether anything else looks at it (then its cells do not tell all). */
export interface InputUsage {
  readonly type: FeelType
  readonly cells: Cell[]
  opaque: boolean
}

export type Usage = Map<string, InputUsage>

const usageOf = (usage: Usage, input: string, type: FeelType): InputUsage => {
  const known = usage.get(input) ?? { type, cells: [], opaque: false }
  usage.set(input, known)
  return known
}

/** Notes that a column tests an input with a cell. */
export const noteCell = (usage: Usage, input: string, type: FeelType, cell: Cell): void => {
  const known = usageOf(usage, input, type)
  if (cell.kind === 'feel') known.opaque = true
  else if (cell.kind === 'tests') known.cells.push(cell)
}

/** Notes that a text looks at inputs in a way that is not a list of tests. */
export const noteText = (usage: Usage, text: string, scope: Scope): void => {
  for (const [, variable] of mentioned(text, scope))
    if (variable.input !== null) usageOf(usage, variable.input, variable.type).opaque = true
}

/** The usage of several decisions together. */
export const joinUsage = (all: Iterable<Usage>): Usage => {
  const joined: Usage = new Map()
  for (const usage of all)
    for (const [input, one] of usage) {
      const known = usageOf(joined, input, one.type)
      known.cells.push(...one.cells)
      known.opaque ||= one.opaque
    }
  return joined
}
