import { ok, type Result } from '#base'
import type { CompiledModel } from './compile-model.ts'
import { compileAllowed } from './feel-type.ts'
import type { FeelValue, PlainValue } from './feel.ts'
import { cutLine, cutsOf, kindOf, type Piece } from './partition.ts'

/** The nearest value of one input, the others as they are, at which the answer becomes another. */
export interface NearestChange {
  readonly input: string
  readonly direction: 'up' | 'down'
  readonly from: number
  /** The boundary. */
  readonly to: number
  /** Whether the boundary itself already changes the answer; if not, anything beyond it does. */
  readonly inclusive: boolean
  readonly result: PlainValue
}

/**
 * For each numeric input with a value, the nearest change of the answer upwards and downwards, on the partition that the tests make: the
 * pieces of the line are tried from the value outwards, some ten evaluations an input. Inputs that FEEL text looks at are left out, for
 * their pieces cannot be told, and so is everything when there is no answer to change. Problems: as `evaluate`.
 * Example: at 73.5 cases with 3 from 50 and 4 from 150 on: up to 150, included; down below 50.
 */
export const nearestChanges = (
  compiled: CompiledModel,
  inputs: Readonly<Record<string, unknown>>,
  decision?: string,
): Result<NearestChange[]> => {
  const planned = compiled.plan(decision)
  if (!planned.ok) return planned
  const plan = planned.value
  const values: FeelValue[] = []
  for (const input of plan.inputs) {
    const read = input.read(inputs[input.datum.name])
    if (!read.ok) return read
    values.push(read.value)
  }
  const base = compiled.answer(plan, values)
  if (!base.ok) return base
  if (base.value === null) return ok([])
  const before = JSON.stringify(base.value)
  const changes: NearestChange[] = []
  for (const [place, input] of plan.inputs.entries()) {
    const from = values[place]
    const usage = plan.usage.get(input.datum.name)
    if (typeof from !== 'number' || !usage || usage.opaque || kindOf(usage) !== 'number') continue
    const allows = input.type.kind === 'number' ? compileAllowed(input.type.allowed) : () => true
    const pieces = cutLine('number', cutsOf(usage, 'number')).filter((piece) => allows(piece.value))
    const tried = [...values]
    const firstChange = (outwards: readonly Piece[]): { readonly piece: Piece; readonly result: PlainValue } | undefined => {
      for (const piece of outwards) {
        tried[place] = piece.value
        const answer = compiled.answer(plan, tried)
        if (answer.ok && answer.value !== null && JSON.stringify(answer.value) !== before) return { piece, result: answer.value }
      }
      return undefined
    }
    const up = firstChange(pieces.filter((piece) => (piece.at ?? piece.above ?? -Infinity) >= from && piece.at !== from))
    const down = firstChange(pieces.toReversed().filter((piece) => (piece.at ?? piece.below ?? Infinity) <= from && piece.at !== from))
    const add = (direction: 'up' | 'down', found: typeof up): void => {
      const to = found && (found.piece.at ?? (direction === 'up' ? found.piece.above : found.piece.below))
      if (found && to != null)
        changes.push({ input: input.datum.name, direction, from, to, inclusive: found.piece.at !== null, result: found.result })
    }
    add('up', up)
    add('down', down)
  }
  return ok(changes)
}
