import { ok, problem, refuse, type Result } from '#base'
import type { Decision, DecisionModel, InputDatum, ItemDefinition, Knowledge } from './model.ts'
import { childOf, childrenOf, feelText, logicOf, readAll, readLogic, readParameters, tidyName, typeRefOf } from './read-expression.ts'
import { extensionsOf, readEvidence, readProvenance, readRulebook } from './rulebook.ts'
import { readXml, type XmlElement } from './xml.ts'

/** Model namespaces of DMN 1.1 to 1.6. What they say of tables and requirements is the same. */
const dmnNamespaces: readonly string[] = [
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
  'https://www.omg.org/spec/DMN/20240513/MODEL/',
]

const idAfterHash = (href: string): string => href.slice(href.indexOf('#') + 1)

const requirementsOf = (element: XmlElement): string[] =>
  [...childrenOf(element, 'informationRequirement'), ...childrenOf(element, 'knowledgeRequirement')].flatMap((requirement) =>
    requirement.children
      .filter((child) => ['requiredInput', 'requiredDecision', 'requiredKnowledge'].includes(child.name))
      .map((child) => idAfterHash(child.attributes['href'] ?? '')),
  )

const nameOf = (element: XmlElement): string =>
  tidyName(element.attributes['name'] ?? childOf(element, 'variable')?.attributes['name'] ?? '')

const readInputDatum = (element: XmlElement): Result<InputDatum> => {
  const evidence = readEvidence(element)
  if (!evidence.ok) return evidence
  const name = nameOf(element)
  return ok({
    id: element.attributes['id'] ?? name,
    name,
    label: element.attributes['label'] ?? name,
    typeRef: typeRefOf(childOf(element, 'variable')),
    evidence: evidence.value,
  })
}

const readDecision = (element: XmlElement): Result<Decision> => {
  const name = nameOf(element)
  const logic = readLogic(element, name)
  if (!logic.ok) return logic
  const provenance = readProvenance(element)
  if (!provenance.ok) return provenance
  return ok({
    id: element.attributes['id'] ?? name,
    name,
    label: element.attributes['label'] ?? name,
    labelEn:
      extensionsOf(element, 'label')
        .find((label) => label.attributes['lang'] === 'en')
        ?.text.trim() ?? null,
    typeRef: typeRefOf(childOf(element, 'variable')),
    requires: requirementsOf(element),
    logic: logic.value,
    provenance: provenance.value,
  })
}

const readKnowledge = (element: XmlElement): Result<Knowledge> => {
  const name = nameOf(element)
  const encapsulated = childOf(element, 'encapsulatedLogic')
  const body = encapsulated ? readLogic(encapsulated, name) : ok(null)
  if (!body.ok) return body
  return ok({
    id: element.attributes['id'] ?? name,
    name,
    typeRef: typeRefOf(encapsulated && logicOf(encapsulated)) ?? typeRefOf(encapsulated),
    requires: requirementsOf(element),
    parameters: encapsulated ? readParameters(encapsulated) : [],
    body: body.value,
  })
}

const readItemDefinition = (element: XmlElement): ItemDefinition => ({
  name: tidyName(element.attributes['name'] ?? ''),
  typeRef: childOf(element, 'typeRef')?.text.trim() || null,
  allowedValues: feelText(childOf(element, 'allowedValues') ?? childOf(element, 'typeConstraint')) || null,
  isCollection: element.attributes['isCollection'] === 'true',
  components: childrenOf(element, 'itemComponent').map(readItemDefinition),
})

const repeatedIdsOf = (root: XmlElement): string[] => {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  const visit = (element: XmlElement): void => {
    const id = element.namespace === root.namespace ? element.attributes['id'] : undefined
    if (id !== undefined) (seen.has(id) ? repeated : seen).add(id)
    element.children.forEach(visit)
  }
  visit(root)
  return [...repeated]
}

/**
 * Reads a DMN file into a model, without judging it (`checkModel` does). Knows DMN 1.1 to 1.6 by namespace. Refuses what is not XML
 * or not DMN, a document type, oversized files, and our extension elements when they say something impossible. Problems:
 * `xml_malformed`, `xml_doctype`, `xml_too_large`, `not_dmn`, `unknown_hit_policy`, `bad_extension`.
 * Example: `readModel('<a/>').ok === false`.
 */
export const readModel = (xml: string): Result<DecisionModel> => {
  const parsed = readXml(xml)
  if (!parsed.ok) return parsed
  const root = parsed.value
  // Files of the test kit exist whose elements stand in a namespace of the author's; a DMN namespace is declared all the same.
  const isDmn = root.name === 'definitions' && [root.namespace, ...root.declares].some((uri) => dmnNamespaces.includes(uri))
  if (!isDmn) return refuse(problem('not_dmn', { params: { element: root.name, namespace: root.namespace } }))
  const rulebook = readRulebook(root)
  if (!rulebook.ok) return rulebook
  const inputs = readAll(childrenOf(root, 'inputData'), readInputDatum)
  if (!inputs.ok) return inputs
  const decisions = readAll(childrenOf(root, 'decision'), readDecision)
  if (!decisions.ok) return decisions
  const knowledge = readAll(childrenOf(root, 'businessKnowledgeModel'), readKnowledge)
  if (!knowledge.ok) return knowledge
  return ok({
    name: tidyName(root.attributes['name'] ?? ''),
    rulebook: rulebook.value,
    types: childrenOf(root, 'itemDefinition').map(readItemDefinition),
    inputs: inputs.value,
    decisions: decisions.value,
    knowledge: knowledge.value,
    repeatedIds: repeatedIdsOf(root),
  })
}
