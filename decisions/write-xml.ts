/** An element to be written; `null` and `undefined` attributes are left out. */
export interface Written {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number | boolean | null | undefined>>
  readonly content: readonly Written[] | string
}

/** States an element. Example: `element('text', {}, '< 5')`. */
export const element = (name: string, attributes: Written['attributes'] = {}, content: Written['content'] = []): Written => ({ name, attributes, content })

/** What XML 1.0 cannot carry at all: control characters, halves of surrogate pairs, the two noncharacters. */
// oxlint-disable-next-line no-control-regex
const unwritable = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

const escapeText = (text: string): string =>
  text.replace(unwritable, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')

// Readers turn line ends and tabs of an attribute into blanks unless they are written as references.
const escapeAttribute = (text: string): string =>
  escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')

const attributesOf = ({ attributes }: Written): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === null || value === undefined ? '' : ` ${name}="${escapeAttribute(String(value))}"`))
    .join('')

/** Writes an element with its children indented; text stands as it is, without white space added. */
export const writeXml = (written: Written, indent = ''): string => {
  const { name, content } = written
  const open = `${indent}<${name}${attributesOf(written)}`
  if (content.length === 0) return `${open}/>\n`
  if (typeof content === 'string') return `${open}>${escapeText(content)}</${name}>\n`
  const only = content.length === 1 ? content[0] : undefined
  // Cells read best on one line.
  if (only?.name === 'text' && typeof only.content === 'string') return `${open}>${writeXml(only).trimEnd()}</${name}>\n`
  return `${open}>\n${content.map((child) => writeXml(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}
