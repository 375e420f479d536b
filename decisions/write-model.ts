import { ok, problem, refuse, type Result } from '#base'
import type { Decision, DecisionModel, Expression, InputDatum, ItemDefinition, Knowledge } from './model.ts'
import { rulebookNamespace } from './rulebook.ts'
import { writeDiagram, type Arrow } from './write-diagram.ts'
import { extended, writeExpression, writeNamed, type TakeId } from './write-expression.ts'
import { rulebookPrefix, writeEvidence, writeProvenance, writeRulebook } from './write-rulebook.ts'
import { element, writeXml, type Written } from './write-xml.ts'

/** What a file is written for: the standard as it stands, or the version most editors on the market open (dmn-js, Camunda). The models are the same. */
export type DmnVersion = '1.5' | '1.3'

const namespaces: Readonly<Record<DmnVersion, { readonly model: string; readonly drawing: string }>> = {
  '1.5': { model: 'https://www.omg.org/spec/DMN/20230324/MODEL/', drawing: 'https://www.omg.org/spec/DMN/20230324/DMNDI/' },
  '1.3': { model: 'https://www.omg.org/spec/DMN/20191111/MODEL/', drawing: 'https://www.omg.org/spec/DMN/20191111/DMNDI/' },
}

const labelled = (label: string, name: string): string | null => (label === name ? null : label)

const texted = (name: string, text: string | null, id: string): Written[] => (text === null ? [] : [element(name, { id }, [element('text', {}, text)])])

/** Ids each used once: those of the model stand, others give way. */
const idsOf = (model: DecisionModel): TakeId => {
  const tables = [...model.decisions.map((one) => one.logic), ...model.knowledge.map((one) => one.body)]
  const rules = tables.flatMap((logic) => (logic?.kind === 'table' ? logic.table.rules.map((rule) => rule.id) : []))
  const taken = new Set<string | null>([...model.inputs, ...model.decisions, ...model.knowledge].map(({ id }): string | null => id).concat(rules))
  return (wanted) => {
    let id = wanted
    for (let n = 2; taken.has(id); n += 1) id = `${wanted}_${n}`
    taken.add(id)
    return id
  }
}

/**
 * Writes a model as a DMN file with a drawing of its requirements; `readModel` reads the same model from it, our extension elements included. What the
 * model does not hold (another editor's extensions, descriptions, its drawing) is not written. Problem `logic_unsupported`: logic that was not read
 * whole would be lost. Example: `readModel(writeModel(model).value).value` equals `model`.
 */
export const writeModel = (model: DecisionModel, version: DmnVersion = '1.5'): Result<string> => {
  const takeId = idsOf(model)
  const arrows: Arrow[] = []
  const lost: { readonly table: string; readonly element: string }[] = []
  const logicOf = (logic: Expression | null, owner: { readonly id: string; readonly name: string }): Written[] => {
    if (!logic) return []
    return [writeExpression(logic, owner.id, takeId, (name) => lost.push({ table: owner.name, element: name }))]
  }
  const requirementsOf = ({ id: owner, requires }: Decision | Knowledge): Written[] =>
    requires.map((from) => {
      const id = takeId(`${owner}_needs_${from}`)
      arrows.push({ id, from, to: owner })
      if (model.knowledge.some((one) => one.id === from)) return element('knowledgeRequirement', { id }, [element('requiredKnowledge', { href: `#${from}` })])
      const required = model.inputs.some((one) => one.id === from) ? 'requiredInput' : 'requiredDecision'
      return element('informationRequirement', { id }, [element(required, { href: `#${from}` })])
    })

  const writeItem = (name: string, item: ItemDefinition, stem: string): Written => {
    const id = takeId(`${stem}_${item.name}`)
    return element(name, { id, name: item.name, isCollection: item.isCollection || null }, [
      ...(item.typeRef === null ? [] : [element('typeRef', {}, item.typeRef)]),
      ...texted('allowedValues', item.allowedValues, takeId(`${id}_values`)),
      ...item.components.map((component) => writeItem('itemComponent', component, id)),
    ])
  }
  const variable = ({ id, name, typeRef }: { readonly id: string; readonly name: string; readonly typeRef: string | null }): Written =>
    writeNamed('variable', { name, typeRef }, takeId(`${id}_variable`))
  const writeInput = (input: InputDatum): Written =>
    element('inputData', { id: input.id, name: input.name, label: labelled(input.label, input.name) }, [
      ...extended(input.evidence ? [writeEvidence(input.evidence)] : []),
      variable(input),
    ])
  const writeDecision = (decision: Decision): Written =>
    element('decision', { id: decision.id, name: decision.name, label: labelled(decision.label, decision.name) }, [
      ...extended([
        ...(decision.labelEn === null ? [] : [element('label', { lang: 'en' }, decision.labelEn)]),
        ...writeProvenance(decision.provenance),
      ]),
      variable(decision),
      ...requirementsOf(decision),
      ...logicOf(decision.logic, decision),
    ])
  const writeKnowledge = (knowledge: Knowledge): Written =>
    element('businessKnowledgeModel', { id: knowledge.id, name: knowledge.name }, [
      writeNamed('variable', { name: knowledge.name, typeRef: null }, takeId(`${knowledge.id}_variable`)),
      ...(knowledge.body === null && knowledge.parameters.length === 0 && knowledge.typeRef === null
        ? []
        : [element('encapsulatedLogic', { id: takeId(`${knowledge.id}_logic`), typeRef: knowledge.typeRef }, [
            ...knowledge.parameters.map((parameter, i) => writeNamed('formalParameter', parameter, takeId(`${knowledge.id}_parameter_${i + 1}`))),
            ...logicOf(knowledge.body, knowledge),
          ])]),
      ...requirementsOf(knowledge),
    ])

  const { model: namespace, drawing } = namespaces[version]
  const own = model.rulebook?.id ?? 'model'
  const content = [
    ...extended(model.rulebook ? [writeRulebook(model.rulebook)] : []),
    ...model.types.map((item) => writeItem('itemDefinition', item, 'type')),
    ...model.inputs.map(writeInput),
    ...model.decisions.map(writeDecision),
    ...model.knowledge.map(writeKnowledge),
  ]
  if (lost.length > 0) {
    const named = (part: 'table' | 'element'): string => [...new Set(lost.map((one) => one[part]))].join(', ')
    return refuse(problem('logic_unsupported', { params: { table: named('table'), element: named('element') } }))
  }
  const root = element(
    'definitions',
    {
      xmlns: namespace,
      'xmlns:dmndi': drawing,
      'xmlns:dc': 'http://www.omg.org/spec/DMN/20180521/DC/',
      'xmlns:di': 'http://www.omg.org/spec/DMN/20180521/DI/',
      [`xmlns:${rulebookPrefix}`]: rulebookNamespace,
      id: takeId(own),
      name: model.name,
      namespace: `${rulebookNamespace.replace(/1$/, '')}${own}`,
    },
    [...content, writeDiagram(model, arrows)],
  )
  return ok(`<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}`)
}
