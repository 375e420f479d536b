import type { DecisionTable, Entry, Expression, HitPolicy, Named, Rule } from './model.ts'
import { rulebookPrefix, writeProvenance } from './write-rulebook.ts'
import { element, type Written } from './write-xml.ts'

const policies: Readonly<Record<HitPolicy, readonly [string, string?]>> = {
  U: ['UNIQUE'], A: ['ANY'], P: ['PRIORITY'], F: ['FIRST'], R: ['RULE ORDER'], O: ['OUTPUT ORDER'],
  C: ['COLLECT'], 'C+': ['COLLECT', 'SUM'], 'C<': ['COLLECT', 'MIN'], 'C>': ['COLLECT', 'MAX'], 'C#': ['COLLECT', 'COUNT'],
}

/** Gives an id nothing else in the file has. Example: the second `a` becomes `a_2`. */
export type TakeId = (wanted: string) => string

const texted = (text: string): Written => element('text', {}, text)

/** `<extensionElements>` around ours; nothing when there are none. */
export const extended = (ours: readonly Written[]): Written[] =>
  ours.length > 0 ? [element('extensionElements', {}, ours.map((one) => ({ ...one, name: `${rulebookPrefix}:${one.name}` })))] : []

const writeEntry = (name: string, entry: Entry, id: string): Written => element(name, { id }, [...extended(writeProvenance(entry.provenance)), texted(entry.text)])

const writeRule = (rule: Rule, stem: string, takeId: TakeId): Written => {
  const cell = (name: string) => (entry: Entry, i: number): Written => writeEntry(name, entry, takeId(`${rule.id ?? stem}_${name === 'inputEntry' ? 'when' : 'gives'}_${i + 1}`))
  return element('rule', { id: rule.id }, [
    ...extended(writeProvenance(rule.provenance)),
    ...rule.when.map(cell('inputEntry')),
    ...rule.gives.map(cell('outputEntry')),
    ...rule.annotations.map((text) => element('annotationEntry', {}, [texted(text)])),
  ])
}

const writeTable = (table: DecisionTable, stem: string, takeId: TakeId): Written => {
  const [hitPolicy, aggregation] = policies[table.hitPolicy]
  const own = takeId(`${stem}_table`)
  return element('decisionTable', { id: own, hitPolicy, aggregation }, [
    ...table.inputs.map((clause, i) =>
      element('input', { id: takeId(`${own}_input_${i + 1}`), label: clause.label === clause.expression ? null : clause.label }, [
        element('inputExpression', { id: takeId(`${own}_asks_${i + 1}`), typeRef: clause.typeRef }, [texted(clause.expression)]),
        ...(clause.values === null ? [] : [element('inputValues', { id: takeId(`${own}_values_${i + 1}`) }, [texted(clause.values)])]),
      ]),
    ),
    ...table.outputs.map((clause, i) =>
      element('output', { id: takeId(`${own}_output_${i + 1}`), name: clause.name || null, label: clause.label === clause.name ? null : clause.label, typeRef: clause.typeRef }, [
        ...(clause.values === null ? [] : [element('outputValues', { id: takeId(`${own}_listed_${i + 1}`) }, [texted(clause.values)])]),
        ...(clause.default === null ? [] : [element('defaultOutputEntry', { id: takeId(`${own}_default_${i + 1}`) }, [texted(clause.default)])]),
      ]),
    ),
    ...table.annotations.map((name) => element('annotation', { name })),
    ...table.rules.map((rule, i) => writeRule(rule, `${own}_rule_${i + 1}`, takeId)),
  ])
}

export const writeNamed = (name: 'variable' | 'parameter' | 'formalParameter', { name: own, typeRef }: Named, id: string): Written =>
  element(name, { id, name: own, typeRef })

/**
 * Writes decision logic. `lost` is told the element of logic that was not read whole (`unsupported`): what is written then may not be used. `stem` begins the ids of
 * what has none.
 */
export const writeExpression = (expression: Expression, stem: string, takeId: TakeId, lost: (element: string) => void): Written => {
  const inner = (one: Expression, part: string): Written => writeExpression(one, `${stem}_${part}`, takeId, lost)
  const id = (part: string): string => takeId(`${stem}_${part}`)
  switch (expression.kind) {
    case 'literal':
      return element('literalExpression', { id: id('text') }, [texted(expression.text)])
    case 'table':
      return writeTable(expression.table, stem, takeId)
    case 'invocation': {
      const bindings = expression.bindings.map((binding, i) => {
        const value = inner(binding.value, `binding_${i + 1}`)
        return element('binding', {}, [writeNamed('parameter', binding, id(`parameter_${i + 1}`)), value])
      })
      return element('invocation', { id: id('invocation') }, [element('literalExpression', { id: id('called') }, [texted(expression.called)]), ...bindings])
    }
    case 'context': {
      const entries = expression.entries.map((entry, i) => {
        const value = inner(entry.value, `entry_${i + 1}`)
        return element('contextEntry', { id: id(`entry_${i + 1}`) }, [writeNamed('variable', entry, id(`name_${i + 1}`)), value])
      })
      const result = expression.result === null ? [] : [element('contextEntry', {}, [inner(expression.result, 'result')])]
      return element('context', { id: id('context') }, [...entries, ...result])
    }
    case 'list': {
      const items = expression.items.map((item, i) => inner(item, `item_${i + 1}`))
      return element('list', { id: id('list') }, items)
    }
    case 'relation': {
      const rows = expression.rows.map((row, r) => {
        const cells = row.map((cell, c) => inner(cell, `cell_${r + 1}_${c + 1}`))
        return element('row', { id: id(`row_${r + 1}`) }, cells)
      })
      return element('relation', { id: id('relation') }, [...expression.columns.map((name, c) => element('column', { id: id(`column_${c + 1}`), name })), ...rows])
    }
    case 'function': {
      const body = inner(expression.body, 'body')
      return element('functionDefinition', { id: id('function'), kind: 'FEEL' }, [
        ...expression.parameters.map((parameter, i) => writeNamed('formalParameter', parameter, id(`parameter_${i + 1}`))), body,
      ])
    }
    case 'conditional': {
      const parts = [['if', expression.test], ['then', expression.yes], ['else', expression.no]] as const
      return element('conditional', { id: id('conditional') }, parts.map(([name, one]) => element(name, {}, [inner(one, name)])))
    }
    default:
      lost(expression.element)
      return element(expression.element)
  }
}
