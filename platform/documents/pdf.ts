import pdfmake from 'pdfmake'
import type { Content, DynamicContent, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces'
import {
  FIRST_LINE, HEAD_LEFT, HEAD_RIGHT, LINE, longDate, MOTTO, NATION, NO_DAY, numberText, OPEN_DATE, OPEN_NUMBER, PAGE, PARAGRAPH_GAP, points, SIZE, TEXT_WIDTH,
} from './decree-30.ts'
import { FONT, FONT_FILES, textWidth } from './fonts.ts'
import { capitalised, numberAndSymbol, ROMAN, stops, titleOf, type Appendix, type Block, type OfficialDocument, type Words } from './official-document.ts'
import { pictureSvg } from './picture-svg.ts'
import { qrPicture } from './check-code.ts'

pdfmake.setFonts({ [FONT]: { ...FONT_FILES } })
// Nothing is fetched; the only files read are the fonts.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => Object.values(FONT_FILES).some((file) => file === path))

const RAISED = 0.62
const textOfWords = (words: Words, size: number): Content[] =>
  words.map(({ text, bold, italic, raised }) => ({
    text, ...(bold ? { bold } : {}), ...(italic ? { italics: italic } : {}), ...(raised ? { sup: true, fontSize: size * RAISED * 1.6 } : {}),
  }))

/** A rule centred in a column, `width` points long. */
const rule = (column: number, width: number, above: number): Content => ({
  canvas: [{ type: 'line', x1: (column - width) / 2, y1: 0, x2: (column + width) / 2, y2: 0, lineWidth: 0.75 }], margin: [0, above, 0, 0],
})

/** II.2 b, II.5 b: between a third and a half of the line above it. */
const SHARE_OF_LINE = 0.4

const head = (document: OfficialDocument): Content => {
  const left = points(HEAD_LEFT)
  const right = points(HEAD_RIGHT)
  const number = document.number === null ? OPEN_NUMBER : numberText(document.number)
  const issuerLine = document.issuer.split('\n').at(-1) as string
  return {
    columns: [
      {
        width: left,
        stack: [
          ...(document.parent === null ? [] : [{ text: document.parent, fontSize: SIZE.issuer, alignment: 'center' as const }]),
          { text: document.issuer, fontSize: SIZE.issuer, bold: true, alignment: 'center' },
          rule(left, Math.min(textWidth(issuerLine, SIZE.issuer, 'bold'), left) * SHARE_OF_LINE, 2),
          { text: `Số: ${numberAndSymbol(number, document.symbol)}`, fontSize: SIZE.number, alignment: 'center', margin: [0, 8, 0, 0], preserveLeadingSpaces: true },
        ],
      },
      {
        width: right,
        stack: [
          { text: NATION, fontSize: SIZE.nation, bold: true, alignment: 'center' },
          { text: MOTTO, fontSize: SIZE.motto, bold: true, alignment: 'center' },
          rule(right, textWidth(MOTTO, SIZE.motto, 'bold'), 2),
          {
            text: `${document.place}, ${document.issuedOn === null ? OPEN_DATE : longDate(document.issuedOn)}`, fontSize: SIZE.place, italics: true, alignment: 'center',
            margin: [0, 8, 0, 0], preserveLeadingSpaces: true,
          },
        ],
      },
    ],
  }
}

const title = (document: OfficialDocument): Content => {
  const width = points(TEXT_WIDTH)
  const line = Math.min(textWidth(document.subject, SIZE.title, 'bold'), width * 0.9)
  return {
    stack: [
      { text: document.typeName, fontSize: SIZE.title, bold: true, alignment: 'center', margin: [0, 16, 0, 0] },
      { text: document.subject, fontSize: SIZE.title, bold: true, alignment: 'center', margin: [points(4), 0, points(4), 0] },
      rule(width, line * SHARE_OF_LINE, 3),
    ],
    margin: [0, 0, 0, 10],
  }
}

const addressees = ({ addressees: lines }: OfficialDocument): Content[] => {
  if (lines.length === 0) return []
  const ended = stops(lines)
  const opening = 'Kính gửi: '
  if (ended.length === 1) return [{ text: `${opening}${ended[0]}`, alignment: 'center', margin: [0, 0, 0, 10] }]
  return [{
    columns: [
      { width: '*', text: '' }, { width: 'auto', text: opening.trim(), noWrap: true },
      { width: 'auto', stack: ['\u00a0', ...ended.map((line) => `- ${line}`)] }, { width: '*', text: '' },
    ],
    columnGap: 2, margin: [0, 0, 0, 10],
  }]
}

const paragraph = (words: Words, more: object = {}): Content => ({
  text: textOfWords(words, SIZE.body), alignment: 'justify', leadingIndent: points(FIRST_LINE), lineHeight: LINE, margin: [0, 0, 0, PARAGRAPH_GAP], ...more,
})

const ALIGN = { left: 'left', right: 'right', centre: 'center' } as const

const table = (block: Extract<Block, { kind: 'table' }>): Content => {
  const total = block.columns.reduce((sum, { width }) => sum + width, 0)
  const padding = 3
  const room = points(TEXT_WIDTH) - block.columns.length * padding * 2 - (block.columns.length + 1) * 0.5
  const cell = (words: Words, align: 'left' | 'right' | 'centre', bold: boolean, size: number): TableCell => ({
    text: textOfWords(words, size), alignment: ALIGN[align], ...(bold ? { bold } : {}), fontSize: size, lineHeight: 1,
  })
  return {
    stack: [
      ...(block.caption === '' ? [] : [{ text: block.caption, fontSize: SIZE.caption, bold: true, alignment: 'center' as const, margin: [0, 4, 0, 4] as [number, number, number, number], headlineLevel: 2 }]),
      {
        table: {
          headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths: block.columns.map(({ width }) => (room * width) / total),
          body: [
            block.head.map((words) => cell(words, 'centre', true, SIZE.table - 1)),
            ...block.rows.map(({ cells, strong = false }) => cells.map((words, c) => cell(words, block.columns[c]?.align ?? 'left', strong, SIZE.table - 0.5))),
          ],
        },
        layout: {
          hLineWidth: () => 0.5, vLineWidth: () => 0.5, paddingLeft: () => padding, paddingRight: () => padding, paddingTop: () => 2, paddingBottom: () => 2,
          fillColor: (row: number) => (row === 0 ? '#ececec' : null),
        },
      },
    ],
    margin: [0, 2, 0, PARAGRAPH_GAP],
  }
}

const blockContent = (block: Block): Content => {
  switch (block.kind) {
    case 'heading': return {
      text: textOfWords(block.words, SIZE.body), bold: true, leadingIndent: points(FIRST_LINE), lineHeight: LINE, margin: [0, block.level === 1 ? 6 : 2, 0, PARAGRAPH_GAP],
      headlineLevel: block.level,
    }
    case 'paragraph': return paragraph(block.words)
    case 'basis': return paragraph(block.words, { italics: true })
    case 'item': return paragraph([{ text: '- ' }, ...block.words])
    case 'source': return { text: textOfWords(block.words, SIZE.source), fontSize: SIZE.source, italics: true, alignment: 'justify', margin: [0, 0, 0, PARAGRAPH_GAP] }
    case 'table': return table(block)
    case 'picture': return {
      stack: [
        { text: block.caption, fontSize: SIZE.caption, bold: true, alignment: 'center', margin: [0, 4, 0, 2] },
        { svg: pictureSvg(block.picture), width: block.picture.width, alignment: 'center' },
      ],
      unbreakable: true, margin: [0, 0, 0, PARAGRAPH_GAP],
    }
  }
}

/** A signature never stands on a page alone: the last paragraph goes with it. */
const closing = (document: OfficialDocument): Content[] => {
  const last = document.blocks.at(-1)
  const withLast = last?.kind === 'paragraph' || last?.kind === 'item'
  const before = (withLast ? document.blocks.slice(0, -1) : document.blocks).map(blockContent)
  return [...before, { stack: [...(withLast ? [blockContent(last)] : []), foot(document)], unbreakable: true }]
}

const foot = (document: OfficialDocument): Content => {
  const right = points(HEAD_RIGHT)
  const recipients = stops(document.recipients)
  return {
    columns: [
      {
        width: points(HEAD_LEFT),
        stack: [
          { text: 'Nơi nhận:', fontSize: SIZE.recipientsTitle, bold: true, italics: true },
          ...recipients.map((line) => ({ text: `- ${line}`, fontSize: SIZE.recipients })),
          ...(document.code === null ? [] : [
            { svg: pictureSvg(qrPicture(document.code)), margin: [0, 8, 0, 0] as [number, number, number, number] },
            { text: `Mã kiểm tra: ${document.code}`, fontSize: SIZE.code },
          ]),
        ],
      },
      {
        width: right,
        stack: [
          ...document.authority.map((line) => ({ text: line, fontSize: SIZE.signature, bold: true, alignment: 'center' as const })),
          { text: document.signer, fontSize: SIZE.signature, bold: true, alignment: 'center', margin: [0, points(24), 0, 0] },
        ],
      },
    ],
    margin: [0, 10, 0, 0],
  }
}

/** III.1: each appendix begins a page, tells what it belongs to, and counts its pages anew. */
const appendix = (document: OfficialDocument, { title: name, blocks }: Appendix, index: number): Content => {
  const mark = document.appendices.length > 1 ? ` ${ROMAN[index] ?? index + 1}` : ''
  const number = document.number === null ? '…' : numberText(document.number)
  const on = document.issuedOn === null ? 'ngày … tháng … năm …' : longDate(document.issuedOn)
  return {
    stack: [
      { text: `Phụ lục${mark}`, fontSize: SIZE.appendix, bold: true, alignment: 'center' },
      { text: name, fontSize: SIZE.appendix, bold: true, alignment: 'center' },
      {
        text: `(Kèm theo ${capitalised(document.typeName)} số ${numberAndSymbol(number, document.symbol)} ${on} của ${document.issuer.replace('\n', ' ')})`,
        fontSize: SIZE.appendixOf, italics: true, alignment: 'center', margin: [0, 0, 0, 8],
      },
      ...blocks.map(blockContent),
    ],
  }
}

/** I.7: the first page shows no number; III.1 đ: appendices count anew. */
const pageHeader = (page: number, marks: readonly string[]): Content => ({
  stack: [
    { text: page > 1 ? String(page) : ' ', fontSize: SIZE.page, alignment: 'center' },
    ...(marks.length === 0 ? [] : [{
      text: marks.join(' · '), fontSize: 9, bold: true, color: '#a81e2c', alignment: 'right' as const, margin: [0, -11, 0, 0] as [number, number, number, number],
    }]),
  ],
  margin: [points(PAGE.left), points(9), points(PAGE.right), 0],
})

/** The document as PDF, fonts embedded. The same document gives the same bytes. */
export const renderPdf = async (document: OfficialDocument): Promise<Buffer> => {
  /** The layout is tried until every heading has company; each try asks for the headers in the order of the pages. */
  let attempt = 0
  const header = (): DynamicContent => {
    let [asked, first] = [0, 1]
    return (page) => {
      if (page === 1) attempt += 1
      if (asked !== attempt) [asked, first] = [attempt, page]
      return pageHeader(page - first + 1, document.marks)
    }
  }
  const on = new Date(`${document.issuedOn ?? NO_DAY}T00:00:00Z`)
  const definition: TDocumentDefinitions = {
    pageSize: { width: points(PAGE.width), height: points(PAGE.height) },
    pageMargins: [points(PAGE.left), points(PAGE.top), points(PAGE.right), points(PAGE.bottom)],
    version: '1.7', language: 'vi-VN', displayTitle: true,
    info: { title: titleOf(document), author: document.issuer.replace('\n', ' '), creator: 'Lũy Tre', producer: 'Lũy Tre', creationDate: on, modDate: on },
    defaultStyle: { font: FONT, fontSize: SIZE.body },
    ...(document.marks.length === 0 ? {} : { watermark: { text: document.marks[0] as string, color: '#a81e2c', opacity: 0.06, bold: true, angle: -55 } }),
    // A heading or a caption goes with what it heads.
    pageBreakBefore: (node, container) => node.headlineLevel !== undefined && container.getFollowingNodesOnPage().length === 0,
    content: [
      { section: [head(document), title(document), ...addressees(document), ...closing(document)], header: header() },
      ...document.appendices.map((one, i) => ({ section: [appendix(document, one, i)], header: header() })),
    ],
  }
  return pdfmake.createPdf(definition).getBuffer()
}

