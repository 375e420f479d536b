import { useCallback, useDeferredValue, useMemo } from 'react'
import { fill, type Problem } from '#base'
import { checkModel, isWarning, text, type DecisionModel } from '#decisions'
import { useLanguage } from '#web'

/** Something wrong with a draft, said with the labels of its tables and columns. */
export interface Fault {
  readonly code: string
  readonly sentence: string
  /** Only worth a look: a draft with it can be put in force. */
  readonly warning: boolean
  readonly table: string | undefined
  /** From 1; 0 is the head. */
  readonly row: number | undefined
  readonly column: number | undefined
}

/** “a = 20, b = "met"” with labels for names: values of a gap. */
const withLabels = (values: string, label: (name: string) => string): string =>
  values.split(', ').map((part) => part.replace(/^(\w+) = /, (_, name: string) => `${label(name)} = `)).join(', ')

/** Says a problem of a model in the reader's language. */
export const useModelSentence = (model: DecisionModel): ((fault: Problem) => string) => {
  const { language } = useLanguage()
  return useCallback((fault) => {
    const label = (name: string): string => {
      const found = [...model.decisions, ...model.inputs].find((one) => one.name === name)
      return (found && (language === 'en' ? (('labelEn' in found ? found.labelEn : found.evidence?.labelEn) ?? found.label) : found.label)) ?? name
    }
    const params = { ...fault.params }
    const table = String(params['table'] ?? '')
    const logic = model.decisions.find((one) => one.name === table)?.logic
    const column = Number(params['column'] ?? 0)
    if (logic?.kind === 'table' && column > 0) {
      const asked = logic.table.inputs[column - 1]
      const answered = logic.table.outputs[column - 1 - logic.table.inputs.length]
      params['column'] = `“${asked ? label(asked.expression) : label(answered?.name || table)}”`
    }
    for (const name of ['table', 'input', 'decision']) if (params[name] !== undefined) params[name] = label(String(params[name]))
    if (params['values'] !== undefined) params['values'] = withLabels(String(params['values']), label)
    const sentences: Readonly<Record<string, string>> = text[language]
    return fill(sentences[`problem.${fault.code}`] ?? fault.code, params)
  }, [model, language])
}

/** Everything the check of the model finds, as it is being typed; a moment behind where the machine is slow. */
export const useFaults = (typed: DecisionModel): readonly Fault[] => {
  const model = useDeferredValue(typed)
  const sentence = useModelSentence(model)
  return useMemo(() => checkModel(model).map((fault) => {
    const place = fault.params ?? {}
    const of = (name: string): number | undefined => (place[name] === undefined ? undefined : Number(place[name]))
    return { code: fault.code, sentence: sentence(fault), warning: isWarning(fault), table: place['table'] === undefined ? undefined : String(place['table']), row: of('row'), column: of('column') }
  }), [model, sentence])
}
