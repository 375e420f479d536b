import { ok, problem, refuse, type Result } from '#base'
import { columnLetters } from './letters.ts'
import type { CopiedRow } from './copied-rows.ts'
import { cellXml, type CellKind } from './workbook.ts'
import { unzip, type ZipPart } from './zip.ts'

/** A column of an office's own sheet, and what goes into it. */
export interface TemplateColumn {
  /** From 0. */
  readonly column: number
  readonly kind: CellKind
  /** The running number of the row instead of a value. */
  readonly ordinal?: boolean
}

/** Where in an office's own workbook the rows go. */
export interface Template {
  /** XLSX. */
  readonly file: Buffer
  /** Its sheet; the first when left out. */
  readonly sheet: string | undefined
  /** Last row of the header; rows go beneath it and what stood there goes. */
  readonly headerRow: number
}

const SHEET_DATA = /<sheetData\s*\/>|<sheetData(?:\s[^>]*)?>([\s\S]*?)<\/sheetData>/
const ROW = /<row\b[^>]*?\br="(\d+)"[^>]*?(?:\/>|>[\s\S]*?<\/row>)/g

const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]

/** The part that holds a sheet. */
const sheetPart = (files: ReadonlyMap<string, Buffer>, sheet: string | undefined): string | undefined => {
  const book = files.get('xl/workbook.xml')?.toString() ?? ''
  const tags = [...book.matchAll(/<sheet\b[^>]*>/g)].map(([tag]) => tag)
  const unescaped = (name: string): string => name.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
  const tag = sheet === undefined ? tags[0] : tags.find((one) => unescaped(attribute(one, 'name') ?? '') === sheet)
  const relation = tag && attribute(tag, 'r:id')
  const link = [...(files.get('xl/_rels/workbook.xml.rels')?.toString() ?? '').matchAll(/<Relationship\b[^>]*>/g)].map(([one]) => one).find((one) => attribute(one, 'Id') === relation)
  const target = link && attribute(link, 'Target')
  return target && (target.startsWith('/') ? target.slice(1) : `xl/${target}`)
}

/** Merged areas of the header stay; those beneath would lie across the rows to come. */
const mergesWithin = (xml: string, lastRow: number): string =>
  xml.replace(/<mergeCells\b[^>]*>([\s\S]*?)<\/mergeCells>/, (_, inside: string) => {
    const kept = [...inside.matchAll(/<mergeCell\b[^>]*\/>/g)].map(([one]) => one).filter((one) => [...(attribute(one, 'ref') ?? '').matchAll(/\d+/g)].every(([row]) => Number(row) <= lastRow))
    return kept.length === 0 ? '' : `<mergeCells count="${kept.length}">${kept.join('')}</mergeCells>`
  })

/** Formats of cells that say nothing of days: general and text. */
const PLAIN_FORMATS: ReadonlySet<string> = new Set(['0', '49'])

/**
 * Formats of days for cells that have none of their own: the workbook's own look with the reader's short date. Gives the styles, and the
 * index to use in the place of an office's own.
 */
const withDayStyles = (styles: string, own: ReadonlySet<string | undefined>): { readonly xml: string; readonly indexOf: ReadonlyMap<string | undefined, string> } => {
  const inside = /<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/.exec(styles)?.[1] ?? ''
  const formats = [...inside.matchAll(/<xf\b[^>]*?(?:\/>|>[\s\S]*?<\/xf>)/g)].map(([xf]) => xf)
  const indexOf = new Map<string | undefined, string>()
  const added: string[] = []
  for (const style of own) {
    const xf = style === undefined ? undefined : formats[Number(style)]
    if (xf !== undefined && !PLAIN_FORMATS.has(attribute(xf, 'numFmtId') ?? '0')) {
      indexOf.set(style, style as string)
      continue
    }
    indexOf.set(style, String(formats.length + added.length))
    const plain = (xf ?? '<xf/>').replace(/\s(?:numFmtId|applyNumberFormat)="[^"]*"/g, '')
    added.push(plain.replace('<xf', '<xf numFmtId="14" applyNumberFormat="1"'))
  }
  return {
    indexOf,
    xml: styles.replace(/<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/, () => `<cellXfs count="${formats.length + added.length}">${inside}${added.join('')}</cellXfs>`),
  }
}

/** Styles of the first row beneath the header, by column: an office's own borders and fonts go on down the sheet. */
const stylesBeneath = (rows: string, headerRow: number): ReadonlyMap<string, string> => {
  const first = [...rows.matchAll(ROW)].find(([, number]) => Number(number) === headerRow + 1)?.[0] ?? ''
  return new Map([...first.matchAll(/<c\b[^>]*>/g)].flatMap(([tag]) => {
    const [at, style] = [attribute(tag, 'r'), attribute(tag, 's')]
    return at && style ? [[at.replace(/\d+/g, ''), style] as const] : []
  }))
}

/** The parts of an office's own workbook with rows beneath its header. Problem `bad_template`. */
export const templateParts = (template: Template, columns: readonly TemplateColumn[], rows: AsyncIterable<readonly CopiedRow[]>): Result<AsyncIterable<ZipPart>> => {
  const files = unzip(template.file)
  const path = sheetPart(files, template.sheet)
  const sheet = path && files.get(path)?.toString()
  const data = sheet ? SHEET_DATA.exec(sheet) : null
  if (!path || !sheet || !data) return refuse(problem('bad_template'))
  const inside = data[1] ?? ''
  const kept = [...inside.matchAll(ROW)].filter(([, number]) => Number(number) <= template.headerRow).map(([row]) => row).join('')
  const beneath = stylesBeneath(inside, template.headerRow)
  const ownStyle = ({ column }: TemplateColumn): string | undefined => beneath.get(columnLetters(column))
  const day = withDayStyles(files.get('xl/styles.xml')?.toString() ?? '', new Set(columns.filter(({ kind }) => kind === 'day').map(ownStyle)))
  const before = sheet.slice(0, data.index).replace(/<dimension\b[^>]*\/>/, '')
  const after = mergesWithin(sheet.slice(data.index + data[0].length), template.headerRow).replace(/<autoFilter\b[^>]*(?:\/>|>[\s\S]*?<\/autoFilter>)/, '')
  const placed = columns.toSorted((a, b) => a.column - b.column).map((column) => {
    const letters = columnLetters(column.column)
    const own = ownStyle(column)
    return { ...column, from: columns.filter(({ ordinal }) => !ordinal).indexOf(column), letters, style: own === undefined ? '' : ` s="${own}"`, dayStyle: ` s="${day.indexOf.get(own) ?? 0}"` }
  })
  const content = async function* (): AsyncGenerator<string> {
    yield `${before}<sheetData>${kept}`
    let written = 0
    for await (const piece of rows) {
      let xml = ''
      for (const row of piece) {
        written += 1
        const at = template.headerRow + written
        xml += `<row r="${at}">`
        for (const { ordinal, from, letters, kind, style, dayStyle } of placed) {
          xml += ordinal ? `<c r="${letters}${at}"${style}><v>${written}</v></c>` : cellXml(`${letters}${at}`, row[from], kind, style, dayStyle)
        }
        xml += '</row>'
      }
      yield xml
    }
    yield `</sheetData>${after}`
  }
  const without = (xml: Buffer): Buffer => Buffer.from(xml.toString().replace(/<(?:Override|Relationship)\b[^>]*calcChain[^>]*\/>/g, ''))
  return ok((async function* () {
    for (const [name, bytes] of files) {
      if (name === path) yield { name, content: content() }
      else if (name === 'xl/styles.xml') yield { name, content: [day.xml] }
      // The order of formulas that are gone.
      else if (name === '[Content_Types].xml' || name === 'xl/_rels/workbook.xml.rels') yield { name, content: [without(bytes)] }
      else if (name !== 'xl/calcChain.xml' && !name.endsWith('/')) yield { name, content: [bytes] }
    }
  })())
}
