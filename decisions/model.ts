import type { Evidence, Provenance, RulebookInfo } from './rulebook.ts'

/** How a table answers when several rows hold: DMN 1.5 clause 8.2.10, in the one-letter notation of its Table 42. */
export type HitPolicy = 'U' | 'A' | 'P' | 'F' | 'R' | 'O' | 'C' | 'C+' | 'C<' | 'C>' | 'C#'

/** One cell of a row: its FEEL text, and where its value comes from. */
export interface Entry {
  readonly text: string
  readonly provenance: Provenance
}

/** A column that is asked: the FEEL expression whose value the cells below test. */
export interface InputClause {
  readonly label: string
  readonly expression: string
  readonly typeRef: string | null
  /** FEEL unary tests every value must pass; null when anything may come. */
  readonly values: string | null
}

/** A column that is answered. */
export interface OutputClause {
  readonly name: string
  readonly label: string
  readonly typeRef: string | null
  /** FEEL unary tests that list the values, for P and O in order of priority. */
  readonly values: string | null
  /** Answer when no row holds. */
  readonly default: string | null
}

/** One row, numbered from 1 by its place. */
export interface Rule {
  readonly id: string | null
  readonly when: readonly Entry[]
  readonly gives: readonly Entry[]
  readonly annotations: readonly string[]
  readonly provenance: Provenance
}

export interface DecisionTable {
  readonly hitPolicy: HitPolicy
  readonly inputs: readonly InputClause[]
  readonly outputs: readonly OutputClause[]
  /** Names of the annotation columns. */
  readonly annotations: readonly string[]
  readonly rules: readonly Rule[]
}

/** A parameter of a function, or an entry of a context: a name and the type it should have. */
export interface Named {
  readonly name: string
  readonly typeRef: string | null
}

/** The decision logic DMN boxes draw. `unsupported` carries the element's name, so that only what needs it is refused. */
export type Expression =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'table'; readonly table: DecisionTable }
  | { readonly kind: 'invocation'; readonly called: string; readonly bindings: readonly (Named & { readonly value: Expression })[] }
  | { readonly kind: 'context'; readonly entries: readonly (Named & { readonly value: Expression })[]; readonly result: Expression | null }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'relation'; readonly columns: readonly string[]; readonly rows: readonly (readonly Expression[])[] }
  | { readonly kind: 'function'; readonly parameters: readonly Named[]; readonly body: Expression }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'unsupported'; readonly element: string }

/** A datum the model is given. */
export interface InputDatum {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly typeRef: string | null
  /** Where the product finds the value; null in a model that does not say. */
  readonly evidence: Evidence | null
}

export interface Decision {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly labelEn: string | null
  readonly typeRef: string | null
  /** Ids of input data, decisions and business knowledge this decision may use. */
  readonly requires: readonly string[]
  readonly logic: Expression | null
  readonly provenance: Provenance
}

/** A business knowledge model: a function decisions call. */
export interface Knowledge {
  readonly id: string
  readonly name: string
  /** The type of what the function answers. */
  readonly typeRef: string | null
  readonly requires: readonly string[]
  readonly parameters: readonly Named[]
  readonly body: Expression | null
}

/** A type of the model's own. */
export interface ItemDefinition {
  readonly name: string
  readonly typeRef: string | null
  readonly allowedValues: string | null
  readonly isCollection: boolean
  readonly components: readonly ItemDefinition[]
}

/** A decision model as read: plain data, in the order of the file. */
export interface DecisionModel {
  readonly name: string
  readonly rulebook: RulebookInfo | null
  readonly types: readonly ItemDefinition[]
  readonly inputs: readonly InputDatum[]
  readonly decisions: readonly Decision[]
  readonly knowledge: readonly Knowledge[]
  /** Ids that more than one element carries: harmless to evaluate unless something refers to them, wrong all the same. */
  readonly repeatedIds: readonly string[]
}
