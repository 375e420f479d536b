import type { Problem } from '#base'
import { isReadable } from './feel.ts'
import { compileFeel, isCertain, sampleContext, type Evaluator, type Scope } from './scope.ts'
import type { Compilation } from './compile-expression.ts'
import { constantValue, readConstant } from './unary-test.ts'
import { noteText } from './usage.ts'

/**
 * Compiles FEEL text: nothing is null, a constant is itself, a name is read, anything else is the library's. `onUnreadable` makes
 * the problem. `isColumn` tells that the use of the input was noted already, cell by cell.
 */
export const compileExpressionText = (
  text: string,
  scope: Scope,
  compilation: Compilation,
  onUnreadable: (text: string) => Problem,
  isColumn = false,
): Evaluator => {
  if (text === '') return () => null
  const constant = readConstant(text)
  if (constant) {
    const value = constantValue(constant)
    return () => value
  }
  if (!isColumn) noteText(compilation.usage, text, scope)
  const variable = scope.get(text.replace(/\s+/g, ' '))
  if (variable) return variable.read
  if (!isReadable(text, sampleContext(text, scope), 'expression') && isCertain(text, scope)) compilation.problems.push(onUnreadable(text))
  return compileFeel(text, scope, () => onUnreadable(text))
}
