import { dayNumber, parseDate } from '#base'
import { columnLetters } from './letters.ts'
import type { CopiedRow } from './copied-rows.ts'
import type { ZipPart } from './zip.ts'

/** How the values of a column are written: as they stand, as numbers, or as days (given as ISO text). */
export type CellKind = 'text' | 'number' | 'day'

export interface SheetColumn {
  readonly heading: string
  readonly kind: CellKind
  /** Unit: characters. */
  readonly width?: number
}

/** Rows Excel can show, the header among them. */
const MOST_ROWS = 1_048_576
/** Days of the calendar from which Excel counts, less its phantom 29 February 1900. */
const EXCEL_EPOCH = 25_569
/** Before 1 March 1900 Excel's days are another's. */
const FIRST_SERIAL = 61

const HEADING = 1
const DAY = 2

// oxlint-disable-next-line no-control-regex
const unsafe = /[&<>\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text for XML 1.0: what it cannot hold is left out. */
export const xmlText = (text: string): string => text.replace(unsafe, (sign) => escapes[sign] ?? '')

const textCell = (at: string, text: string, style: string): string => `<c r="${at}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`

/** A cell as the sheet keeps it; what is empty is left out. */
export const cellXml = (at: string, value: string | null | undefined, kind: CellKind, style: string, dayStyle: string): string => {
  if (value === null || value === undefined || value === '') return ''
  if (kind === 'number' && /^-?\d{1,15}(\.\d+)?$/.test(value)) return `<c r="${at}"${style}><v>${value}</v></c>`
  if (kind === 'day') {
    const day = parseDate(value)
    const serial = day.ok ? dayNumber(day.value) + EXCEL_EPOCH : 0
    if (serial >= FIRST_SERIAL) return `<c r="${at}"${dayStyle}><v>${serial}</v></c>`
  }
  return textCell(at, value, style)
}

const PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

const STYLES = `${PROLOGUE}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>`
  + '<fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>'
  + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
  + '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
  + '<cellXfs count="3"><xf fontId="0"/><xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'

/** The parts of a workbook whose rows come while it is written; beyond what one sheet can show they go on in the next. */
export async function* workbookParts(name: string, columns: readonly SheetColumn[], rows: AsyncIterable<readonly CopiedRow[]>, mostRows = MOST_ROWS): AsyncGenerator<ZipPart> {
  const source = rows[Symbol.asyncIterator]()
  const letters = columns.map((_, index) => columnLetters(index))
  let waiting: readonly CopiedRow[] = []
  let ended = false
  const sheet = async function* (): AsyncGenerator<string> {
    yield `${PROLOGUE}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`
    yield columns.map(({ width = 16 }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')
    yield `</cols><sheetData><row r="1">${columns.map(({ heading }, index) => textCell(`${letters[index]}1`, heading, ` s="${HEADING}"`)).join('')}</row>`
    for (let written = 1; !ended;) {
      if (waiting.length === 0) {
        const next = await source.next()
        if (next.done) ended = true
        else waiting = next.value
        continue
      }
      if (written >= mostRows) break
      const now = waiting.slice(0, mostRows - written)
      waiting = waiting.slice(now.length)
      let xml = ''
      for (const row of now) {
        written += 1
        xml += `<row r="${written}">`
        for (let at = 0; at < columns.length; at++) xml += cellXml(`${letters[at]}${written}`, row[at], (columns[at] as SheetColumn).kind, '', ` s="${DAY}"`)
        xml += '</row>'
      }
      yield xml
    }
    yield '</sheetData></worksheet>'
  }
  let sheets = 0
  do yield { name: `xl/worksheets/sheet${++sheets}.xml`, content: sheet() }
  while (!ended)
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  // A sheet has a name of at most 31 characters without the signs of an address.
  const title = (number: number): string => xmlText(`${name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 25)}${number === 1 ? '' : ` (${number})`}`)
  yield { name: 'xl/styles.xml', content: [STYLES] }
  yield {
    name: 'xl/workbook.xml',
    content: [`${PROLOGUE}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbers.map((n) => `<sheet name="${title(n)}" sheetId="${n}" r:id="rId${n}"/>`).join('')}</sheets></workbook>`],
  }
  yield {
    name: 'xl/_rels/workbook.xml.rels',
    content: [`${PROLOGUE}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`],
  }
  yield { name: '_rels/.rels', content: [`${PROLOGUE}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`] }
  yield {
    name: '[Content_Types].xml',
    content: [`${PROLOGUE}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
      + '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
      + `${numbers.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`],
  }
}
