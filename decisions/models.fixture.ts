/** Builds small DMN files for the tests of this folder. */
export interface TableSketch {
  readonly name: string
  readonly type?: string
  readonly policy?: string
  readonly aggregation?: string
  /** Expression, type, values. */
  readonly asks: readonly (readonly [string, string?, string?])[]
  readonly answers?: readonly { readonly name?: string; readonly type?: string; readonly values?: string; readonly default?: string }[]
  readonly rows: readonly (readonly string[])[]
  /** Names of the inputs required. */
  readonly needs?: readonly string[]
  /** Names of the decisions required. */
  readonly after?: readonly string[]
}

export const dmn15 = 'https://www.omg.org/spec/DMN/20230324/MODEL/'

export const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export const id = (name: string): string => `id_${name.replace(/\W/g, '_')}`

const attribute = (name: string, value: string | undefined): string => (value === undefined ? '' : ` ${name}="${escapeXml(value)}"`)

const texted = (element: string, text: string | undefined): string =>
  text === undefined ? '' : `<${element}><text>${escapeXml(text)}</text></${element}>`

export const input = (name: string, type?: string, evidence = ''): string =>
  `<inputData id="${id(name)}" name="${escapeXml(name)}">${evidence && `<extensionElements>${evidence}</extensionElements>`}` +
  `<variable name="${escapeXml(name)}"${attribute('typeRef', type)}/></inputData>`

export const itemType = (name: string, base: string, allowed: string): string =>
  `<itemDefinition name="${name}"><typeRef>${base}</typeRef>${texted('allowedValues', allowed)}</itemDefinition>`

const requirements = (needs: readonly string[], after: readonly string[]): string =>
  [...needs.map((name) => `<requiredInput href="#${id(name)}"/>`), ...after.map((name) => `<requiredDecision href="#${id(name)}"/>`)]
    .map((required) => `<informationRequirement>${required}</informationRequirement>`)
    .join('')

export const literal = (name: string, text: string, needs: readonly string[] = [], type?: string, after: readonly string[] = []): string =>
  `<decision id="${id(name)}" name="${escapeXml(name)}"><variable name="${escapeXml(name)}"${attribute('typeRef', type)}/>` +
  `${requirements(needs, after)}${texted('literalExpression', text)}</decision>`

export const table = ({
  name,
  type,
  policy = 'UNIQUE',
  aggregation,
  asks,
  answers = [{}],
  rows,
  needs = [],
  after = [],
}: TableSketch): string =>
  `<decision id="${id(name)}" name="${escapeXml(name)}"><variable name="${escapeXml(name)}"${attribute('typeRef', type)}/>${requirements(needs, after)}` +
  `<decisionTable hitPolicy="${policy}"${attribute('aggregation', aggregation)}>` +
  asks
    .map(
      ([text, typeRef, values]) =>
        `<input><inputExpression${attribute('typeRef', typeRef)}><text>${escapeXml(text)}</text></inputExpression>${texted('inputValues', values)}</input>`,
    )
    .join('') +
  answers
    .map(
      (answer) =>
        `<output${attribute('name', answer.name)}${attribute('typeRef', answer.type)}>${texted('outputValues', answer.values)}` +
        `${texted('defaultOutputEntry', answer.default)}</output>`,
    )
    .join('') +
  rows
    .map((row) => `<rule>${row.map((cell, i) => texted(i < asks.length ? 'inputEntry' : 'outputEntry', cell)).join('')}</rule>`)
    .join('') +
  '</decisionTable></decision>'

export const definitions = (body: string, namespace = dmn15): string =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="${namespace}" xmlns:lt="https://luytre.vn/rulebook/1" name="m" namespace="urn:m">${body}</definitions>`

/** Classes of cases, then a level by class and vaccination: the shape of the rulebooks the product ships. */
export const levels = definitions(
  itemType('Level', 'number', '1, 2, 3, 4') +
    itemType('Rate', 'number', '>= 0') +
    input('cases', 'Rate') +
    input('vaccinated', 'number') +
    input('earlier', 'Level', '<lt:evidence kind="previous_level" optional="true"/>') +
    table({
      name: 'class',
      type: 'Level',
      needs: ['cases'],
      asks: [['cases', 'Rate']],
      rows: [
        ['[0..20)', '1'],
        ['[20..50)', '2'],
        ['[50..150)', '3'],
        ['>= 150', '4'],
      ],
    }) +
    table({
      name: 'matrix',
      type: 'Level',
      needs: ['vaccinated'],
      after: ['class'],
      asks: [
        ['class', 'Level'],
        ['vaccinated', 'number'],
      ],
      rows: [
        ['1', '-', '1'],
        ['2', '>= 0.7', '1'],
        ['2', '< 0.7', '2'],
        ['3', '>= 0.7', '2'],
        ['3', '< 0.7', '3'],
        ['4', '>= 0.7', '3'],
        ['4', '< 0.7', '4'],
      ],
    }) +
    table({
      name: 'level',
      type: 'Level',
      needs: ['earlier'],
      after: ['matrix'],
      asks: [
        ['matrix', 'Level'],
        ['earlier', 'Level'],
      ],
      rows: [
        ['-', 'null', 'matrix'],
        ['-', '< 4', 'matrix'],
        ['4', '4', '4'],
        ['< 4', '4', '3'],
      ],
    }),
)
