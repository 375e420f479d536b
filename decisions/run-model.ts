import { problem, refuse, type Result } from '#base'
import { compileModel, type Evaluation } from './compile-model.ts'
import { isRecord } from './feel-type.ts'
import { readModel } from './read-model.ts'
import { tidyName } from './read-expression.ts'

/**
 * Reads, compiles and asks a model once, as `luytre rulebook run` does. Only what the decision needs is compiled, so a fault
 * elsewhere in the file does not matter. Without a decision the one nothing else requires is answered; where there are several, an object by name.
 * Unlike `evaluate` it refuses input names the model does not have, for a typed name is easily mistyped: `unknown_input`, and what is
 * no JSON object: `input_not_object`. Other problems: those of `readModel`, `compileModel` and `evaluate`.
 */
export const runModel = (
  xml: string,
  { decision, input }: { readonly decision?: string; readonly input: unknown },
): Result<Evaluation> => {
  const model = readModel(xml)
  if (!model.ok) return model
  const asked = decision === undefined ? undefined : tidyName(decision)
  const compiled = compileModel(model.value, asked)
  if (!compiled.ok) return compiled
  const known = new Set(model.value.inputs.map((datum) => datum.name))
  if (!isRecord(input)) return refuse(problem('input_not_object', { params: { known: [...known].join(', ') } }))
  const given = Object.fromEntries(Object.entries(input).map(([name, value]) => [tidyName(name), value]))
  const unknown = Object.keys(given).find((name) => !known.has(name))
  if (unknown !== undefined)
    return refuse(problem('unknown_input', { field: unknown, params: { input: unknown, known: [...known].join(', ') } }))
  return compiled.value.evaluate(given, asked)
}
