import type { Problem } from '#base'
import { sampleOf, type FeelType } from './feel-type.ts'
import { evaluateText, type FeelValue } from './feel.ts'
import type { TraceStep } from './trace.ts'

/** One evaluation under way. The first problem wins; what follows it counts for nothing. */
export interface Run {
  readonly trace: TraceStep[] | null
  problem: Problem | null
}

/** The values in reach: those of the model at the bottom, those of a function call or a context above. */
export interface Frame {
  readonly values: FeelValue[]
  readonly parent: Frame | null
  readonly run: Run
}

/** Compiled logic. */
export type Evaluator = (frame: Frame) => FeelValue

/** A name in reach: how to read it, its type, and the input datum it stands for, if it does. */
export interface Variable {
  readonly read: Evaluator
  readonly type: FeelType
  readonly input: string | null
}

export type Scope = ReadonlyMap<string, Variable>

/** The scope inside a function or context: what is outside stays in reach unless an inner name hides it. */
export const nest = (outer: Scope, inner: readonly { readonly name: string; readonly type: FeelType }[]): Scope => {
  const scope = new Map<string, Variable>()
  for (const [name, variable] of outer)
    scope.set(name, { ...variable, read: (frame) => (frame.parent ? variable.read(frame.parent) : null) })
  inner.forEach(({ name, type }, slot) => scope.set(name, { read: (frame) => frame.values[slot] ?? null, type, input: null }))
  return scope
}

/** Notes the first problem of a run and answers null, which is what FEEL answers where it fails. */
export const fail = (frame: Frame, problem: Problem): null => {
  frame.run.problem ??= problem
  return null
}

/** The names of a scope that a text may mean. A few too many do no harm: they only come along into the context. */
export const mentioned = (text: string, scope: Scope): [string, Variable][] => {
  const tidy = text.replace(/\s+/g, ' ')
  return [...scope].filter(([name]) => tidy.includes(name))
}

/** Sample values for the names a text may mean, to parse it with. */
export const sampleContext = (text: string, scope: Scope): Record<string, FeelValue> =>
  Object.fromEntries(mentioned(text, scope).map(([name, variable]) => [name, sampleOf(variable.type)]))

/** Whether every name a text may mean has a known type, so that a text that cannot be parsed now never can. */
export const isCertain = (text: string, scope: Scope): boolean =>
  mentioned(text, scope).every(([, variable]) => variable.type.kind !== 'any')

/** Compiles the context a text needs from the library's point of view. */
export const compileContext = (text: string, scope: Scope): ((frame: Frame) => Record<string, FeelValue>) => {
  const needed = mentioned(text, scope)
  return (frame) => {
    const context: Record<string, FeelValue> = {}
    for (const [name, variable] of needed) context[name] = variable.read(frame)
    return context
  }
}

/** Compiles FEEL for the library. `onUnreadable` makes the problem, which knows where the text stands. */
export const compileFeel = (text: string, scope: Scope, onUnreadable: () => Problem): Evaluator => {
  const contextOf = compileContext(text, scope)
  return (frame) => {
    const evaluated = evaluateText(text, contextOf(frame))
    return evaluated ? evaluated.value : fail(frame, onUnreadable())
  }
}
