import { SaxesParser } from 'saxes'
import { ok, problem, refuse, type Result } from '#base'

/** An element as the readers of this folder need it: prefixes resolved, attributes without a namespace, own text joined. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
  /** Every namespace declared on this element. */
  readonly declares: readonly string[]
}

interface Open {
  name: string
  namespace: string
  attributes: Record<string, string>
  children: Open[]
  text: string
  declares: string[]
}

const maxCharacters = 4_000_000
const maxElements = 100_000
const maxDepth = 100

/**
 * Reads XML into elements, defensively: a document type is refused (it is the way to external entities and to entity
 * bombs), and so is a file beyond 4 M characters, 100 000 elements or 100 levels. Problems: `xml_too_large`,
 * `xml_doctype`, `xml_malformed` (line, column).
 */
export const readXml = (xml: string): Result<XmlElement> => {
  if (xml.length > maxCharacters) return refuse(problem('xml_too_large', { params: { limit: maxCharacters } }))
  const parser = new SaxesParser({ xmlns: true, position: true })
  const path: Open[] = []
  let root: Open | undefined
  let elements = 0
  let fault: ReturnType<typeof problem> | undefined
  parser.on('doctype', () => {
    fault ??= problem('xml_doctype', { params: { line: parser.line } })
  })
  parser.on('error', () => {
    fault ??= problem('xml_malformed', { params: { line: parser.line, column: parser.column } })
  })
  parser.on('opentag', (tag) => {
    if (fault) return
    elements += 1
    if (elements > maxElements || path.length >= maxDepth) {
      fault = problem('xml_too_large', { params: { limit: maxElements } })
      return
    }
    const attributes: Record<string, string> = {}
    for (const attribute of Object.values(tag.attributes)) if (attribute.uri === '') attributes[attribute.local] = attribute.value
    const element: Open = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '', declares: Object.values(tag.ns ?? {}) }
    path.at(-1)?.children.push(element)
    root ??= element
    path.push(element)
  })
  const addText = (text: string): void => {
    const open = path.at(-1)
    if (open && !fault) open.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    path.pop()
  })
  parser.write(xml).close()
  if (fault) return refuse(fault)
  return root ? ok(root) : refuse(problem('xml_malformed', { params: { line: 1, column: 1 } }))
}
