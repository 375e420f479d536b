import { ok, problem, refuse, type Result } from '#base'
import type { DecisionTable, Entry, Expression, HitPolicy, InputClause, Named, OutputClause, Rule } from './model.ts'
import { readProvenance, type Provenance } from './rulebook.ts'
import type { XmlElement } from './xml.ts'

/** Children of the element's own (DMN) namespace, by local name: a prefix or an older version of the standard changes nothing. */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name && child.namespace === element.namespace)

export const childOf = (element: XmlElement, name: string): XmlElement | undefined => childrenOf(element, name)[0]

/** A name as FEEL compares it: trimmed, inner white space a single blank (DMN 1.5 clause 10.3.1.4). */
export const tidyName = (text: string): string => text.trim().replace(/\s+/g, ' ')

/** Text of the `<text>` child, trimmed; empty when absent. */
export const feelText = (element: XmlElement | undefined): string => (element && childOf(element, 'text')?.text.trim()) ?? ''

const textOrNull = (element: XmlElement | undefined): string | null => feelText(element) || null

export const typeRefOf = (element: XmlElement | undefined): string | null => element?.attributes['typeRef'] ?? null

/** Runs a reader over elements and stops at the first that is refused. */
export const readAll = <T>(elements: readonly XmlElement[], read: (element: XmlElement) => Result<T>): Result<T[]> => {
  const all: T[] = []
  for (const element of elements) {
    const one = read(element)
    if (!one.ok) return one
    all.push(one.value)
  }
  return ok(all)
}

const policies: Readonly<Record<string, HitPolicy>> = {
  UNIQUE: 'U',
  ANY: 'A',
  PRIORITY: 'P',
  FIRST: 'F',
  'RULE ORDER': 'R',
  'OUTPUT ORDER': 'O',
  COLLECT: 'C',
}
const aggregations: Readonly<Record<string, HitPolicy>> = { SUM: 'C+', MIN: 'C<', MAX: 'C>', COUNT: 'C#' }

const readHitPolicy = (table: XmlElement, owner: string): Result<HitPolicy> => {
  const written = table.attributes['hitPolicy'] ?? 'UNIQUE'
  const policy = policies[written.replaceAll('_', ' ').toUpperCase()]
  if (!policy) return refuse(problem('unknown_hit_policy', { params: { table: owner, text: written } }))
  const aggregation = table.attributes['aggregation']
  if (policy !== 'C' || aggregation === undefined) return ok(policy)
  const collected = aggregations[aggregation.toUpperCase()]
  return collected ? ok(collected) : refuse(problem('unknown_hit_policy', { params: { table: owner, text: aggregation } }))
}

const readInput = (element: XmlElement): InputClause => {
  const asked = childOf(element, 'inputExpression')
  const label = element.attributes['label'] ?? asked?.attributes['label'] ?? ''
  // Some editors leave the expression empty and name the datum in the label only.
  const expression = feelText(asked) || tidyName(label)
  return { label: label || expression, expression, typeRef: typeRefOf(asked), values: textOrNull(childOf(element, 'inputValues')) }
}

const readOutput = (element: XmlElement): OutputClause => {
  const name = tidyName(element.attributes['name'] ?? '')
  return {
    name,
    label: element.attributes['label'] ?? name,
    typeRef: typeRefOf(element),
    values: textOrNull(childOf(element, 'outputValues')),
    default: textOrNull(childOf(element, 'defaultOutputEntry')),
  }
}

const readEntry = (element: XmlElement): Result<Entry> => {
  const provenance = readProvenance(element)
  return provenance.ok ? ok({ text: feelText(element), provenance: provenance.value }) : provenance
}

const readRule = (element: XmlElement): Result<Rule> => {
  const when = readAll(childrenOf(element, 'inputEntry'), readEntry)
  if (!when.ok) return when
  const gives = readAll(childrenOf(element, 'outputEntry'), readEntry)
  if (!gives.ok) return gives
  const provenance: Result<Provenance> = readProvenance(element)
  if (!provenance.ok) return provenance
  return ok({
    id: element.attributes['id'] ?? null,
    when: when.value,
    gives: gives.value,
    annotations: childrenOf(element, 'annotationEntry').map(feelText),
    provenance: provenance.value,
  })
}

const readTable = (element: XmlElement, owner: string): Result<DecisionTable> => {
  const hitPolicy = readHitPolicy(element, owner)
  if (!hitPolicy.ok) return hitPolicy
  const rules = readAll(childrenOf(element, 'rule'), readRule)
  if (!rules.ok) return rules
  return ok({
    hitPolicy: hitPolicy.value,
    inputs: childrenOf(element, 'input').map(readInput),
    outputs: childrenOf(element, 'output').map(readOutput),
    annotations: childrenOf(element, 'annotation').map((annotation) => annotation.attributes['name'] ?? ''),
    rules: rules.value,
  })
}

const boxes = [
  'literalExpression',
  'decisionTable',
  'invocation',
  'context',
  'list',
  'relation',
  'functionDefinition',
  'conditional',
  'for',
  'some',
  'every',
  'filter',
]

/** The first decision logic among an element's children. */
export const logicOf = (element: XmlElement): XmlElement | undefined =>
  element.children.find((child) => child.namespace === element.namespace && boxes.includes(child.name))

/** Reads the first decision logic among an element's children, or null. `owner` names the decision in problems. */
export const readLogic = (element: XmlElement, owner: string): Result<Expression | null> => {
  const box = logicOf(element)
  return box ? readExpression(box, owner) : ok(null)
}

const readInner = (element: XmlElement | undefined, owner: string): Result<Expression> => {
  if (!element) return ok({ kind: 'literal', text: 'null' })
  const inner = readLogic(element, owner)
  return inner.ok ? ok(inner.value ?? { kind: 'literal', text: 'null' }) : inner
}

export const readParameters = (element: XmlElement): Named[] =>
  childrenOf(element, 'formalParameter').map((parameter) => ({
    name: tidyName(parameter.attributes['name'] ?? ''),
    typeRef: typeRefOf(parameter),
  }))

const readNamed = (element: XmlElement, holder: 'variable' | 'parameter', owner: string): Result<Named & { value: Expression }> => {
  const value = readInner(element, owner)
  if (!value.ok) return value
  const named = childOf(element, holder)
  return ok({ name: tidyName(named?.attributes['name'] ?? ''), typeRef: typeRefOf(named), value: value.value })
}

const readExpression = (element: XmlElement, owner: string): Result<Expression> => {
  switch (element.name) {
    case 'literalExpression':
      return ok({ kind: 'literal', text: feelText(element) })
    case 'decisionTable': {
      const table = readTable(element, owner)
      return table.ok ? ok({ kind: 'table', table: table.value }) : table
    }
    case 'invocation': {
      const called = childOf(element, 'literalExpression')
      const bindings = readAll(childrenOf(element, 'binding'), (binding) => readNamed(binding, 'parameter', owner))
      return bindings.ok ? ok({ kind: 'invocation', called: feelText(called), bindings: bindings.value }) : bindings
    }
    case 'context': {
      const entries = readAll(childrenOf(element, 'contextEntry'), (entry) => readNamed(entry, 'variable', owner))
      if (!entries.ok) return entries
      const result = entries.value.find((entry) => entry.name === '')?.value ?? null
      return ok({ kind: 'context', entries: entries.value.filter((entry) => entry.name !== ''), result })
    }
    case 'list': {
      const items = readAll(
        element.children.filter((child) => boxes.includes(child.name)),
        (child) => readExpression(child, owner),
      )
      return items.ok ? ok({ kind: 'list', items: items.value }) : items
    }
    case 'relation': {
      const columns = childrenOf(element, 'column').map((column) => tidyName(column.attributes['name'] ?? ''))
      const rows = readAll(childrenOf(element, 'row'), (row) =>
        readAll(
          row.children.filter((child) => boxes.includes(child.name)),
          (child) => readExpression(child, owner),
        ),
      )
      return rows.ok ? ok({ kind: 'relation', columns, rows: rows.value }) : rows
    }
    case 'functionDefinition': {
      if ((element.attributes['kind'] ?? 'FEEL') !== 'FEEL') return ok({ kind: 'unsupported', element: 'functionDefinition' })
      const body = readInner(element, owner)
      return body.ok ? ok({ kind: 'function', parameters: readParameters(element), body: body.value }) : body
    }
    case 'conditional': {
      const [test, yes, no] = ['if', 'then', 'else'].map((part) => readInner(childOf(element, part), owner))
      if (!test?.ok) return test ?? refuse(problem('not_dmn'))
      if (!yes?.ok) return yes ?? refuse(problem('not_dmn'))
      if (!no?.ok) return no ?? refuse(problem('not_dmn'))
      return ok({ kind: 'conditional', test: test.value, yes: yes.value, no: no.value })
    }
    default:
      return ok({ kind: 'unsupported', element: element.name })
  }
}
