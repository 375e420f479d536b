import {
  AlignmentType, BorderStyle, convertMillimetersToTwip, Document, Header, HeadingLevel, ImageRun, LineRuleType, Packer, PageNumber, Paragraph, Table, TableCell,
  TableLayoutType, TableRow, TabStopType, TextRun, VerticalAlign, WidthType, type IParagraphOptions, type ISectionOptions, type ITableCellOptions,
} from 'docx'
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import {
  FIRST_LINE, HEAD_LEFT, HEAD_RIGHT, LINE, longDate, MOTTO, NATION, NO_DAY, numberText, OPEN_DATE, OPEN_NUMBER, PAGE, PARAGRAPH_GAP, points, SIZE, TEXT_WIDTH,
} from './decree-30.ts'
import { qrPicture } from './check-code.ts'
import { textWidth, WORD_FONT } from './fonts.ts'
import { capitalised, numberAndSymbol, ROMAN, stops, titleOf, type Appendix, type Block, type OfficialDocument, type Words } from './official-document.ts'
import { picturePng } from './picture-png.ts'
import type { Picture } from './picture.ts'

const twips = convertMillimetersToTwip
/** Word counts type in half points, distances in twentieths of a point. */
const half = (size: number): number => Math.round(size * 2)
const twentieths = (pt: number): number => Math.round(pt * 20)

const runs = (words: Words, size?: number, all: { bold?: boolean; italics?: boolean } = {}): TextRun[] =>
  words.map(({ text, bold, italic, raised }) => new TextRun({
    text, ...all, ...(bold ? { bold } : {}), ...(italic ? { italics: italic } : {}), ...(raised ? { superScript: raised } : {}), ...(size === undefined ? {} : { size: half(size) }),
  }))

const line = (text: string, size: number, look: { bold?: boolean; italics?: boolean } = {}, more: IParagraphOptions = {}): Paragraph =>
  new Paragraph({ alignment: AlignmentType.CENTER, ...more, children: text.split('\n').flatMap((part, i) => new TextRun({ text: part, size: half(size), ...look, ...(i > 0 ? { break: 1 } : {}) })) })

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const UNBORDERED = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE } as const
const NO_MARGIN = { top: 0, bottom: 0, left: 0, right: 0 } as const

/** A rule centred in a column: an empty line of type with a border above, drawn in from both sides. */
const rule = (column: number, width: number): Paragraph => {
  const side = Math.max(0, Math.round(twentieths((points(column) - width) / 2)))
  return new Paragraph({
    indent: { left: side, right: side }, border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    spacing: { before: 40, after: 0, line: twentieths(4), lineRule: LineRuleType.EXACT }, children: [new TextRun({ text: '', size: 8 })],
  })
}

/** Two columns without lines, as the head and the foot of an administrative document have. */
const halves = (left: Paragraph[], right: Paragraph[]): Table => new Table({
  layout: TableLayoutType.FIXED, width: { size: twips(TEXT_WIDTH), type: WidthType.DXA }, columnWidths: [twips(HEAD_LEFT), twips(HEAD_RIGHT)], borders: UNBORDERED, margins: NO_MARGIN,
  rows: [new TableRow({
    cantSplit: true,
    children: [
      new TableCell({ width: { size: twips(HEAD_LEFT), type: WidthType.DXA }, borders: UNBORDERED, children: left }),
      new TableCell({ width: { size: twips(HEAD_RIGHT), type: WidthType.DXA }, borders: UNBORDERED, children: right }),
    ],
  })],
})

/** II.2 b, II.5 b: between a third and a half of the line above it. */
const SHARE_OF_LINE = 0.4

const head = (document: OfficialDocument): Table => {
  const number = document.number === null ? OPEN_NUMBER : numberText(document.number)
  const issuerLine = document.issuer.split('\n').at(-1) as string
  return halves(
    [
      ...(document.parent === null ? [] : [line(document.parent, SIZE.issuer)]),
      line(document.issuer, SIZE.issuer, { bold: true }),
      rule(HEAD_LEFT, Math.min(textWidth(issuerLine, SIZE.issuer, 'bold'), points(HEAD_LEFT)) * SHARE_OF_LINE),
      line(`Số: ${numberAndSymbol(number, document.symbol)}`, SIZE.number, {}, { spacing: { before: 80 } }),
    ],
    [
      line(NATION, SIZE.nation, { bold: true }),
      line(MOTTO, SIZE.motto, { bold: true }),
      rule(HEAD_RIGHT, textWidth(MOTTO, SIZE.motto, 'bold')),
      line(`${document.place}, ${document.issuedOn === null ? OPEN_DATE : longDate(document.issuedOn)}`, SIZE.place, { italics: true }, { spacing: { before: 80 } }),
    ],
  )
}

const title = (document: OfficialDocument): Paragraph[] => [
  line(document.typeName, SIZE.title, { bold: true }, { spacing: { before: 320 } }),
  line(document.subject, SIZE.title, { bold: true }, { indent: { left: twips(4), right: twips(4) } }),
  rule(TEXT_WIDTH, Math.min(textWidth(document.subject, SIZE.title, 'bold'), points(TEXT_WIDTH) * 0.9) * SHARE_OF_LINE),
  new Paragraph({ children: [] }),
]

const addressees = ({ addressees: lines }: OfficialDocument): Paragraph[] => {
  const ended = stops(lines)
  if (ended.length === 0) return []
  if (ended.length === 1) return [line(`Kính gửi: ${ended[0]}`, SIZE.body, {}, { spacing: { after: 200 } })]
  // The dashes stand under the colon.
  const colon = points(40)
  const under = twentieths(colon + textWidth('Kính gửi', SIZE.body, 'normal'))
  return [
    new Paragraph({ indent: { left: twentieths(colon) }, children: runs([{ text: 'Kính gửi:' }]) }),
    ...ended.map((text, i) => new Paragraph({ indent: { left: under }, spacing: { after: i === ended.length - 1 ? 200 : 0 }, children: runs([{ text: `- ${text}` }]) })),
  ]
}

const ALIGN = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, centre: AlignmentType.CENTER } as const

const table = (block: Extract<Block, { kind: 'table' }>): (Paragraph | Table)[] => {
  const total = block.columns.reduce((sum, { width }) => sum + width, 0)
  const widths = block.columns.map(({ width }) => Math.round((twips(TEXT_WIDTH) * width) / total))
  const cell = (words: Words, c: number, look: { bold?: boolean; head?: boolean }): TableCell => {
    const options: ITableCellOptions = {
      width: { size: widths[c] as number, type: WidthType.DXA }, verticalAlign: VerticalAlign.CENTER, ...(look.head ? { shading: { fill: 'ECECEC' } } : {}),
      children: [new Paragraph({
        style: 'TableText', alignment: look.head ? AlignmentType.CENTER : ALIGN[block.columns[c]?.align ?? 'left'], ...(look.head ? { keepNext: true } : {}),
        children: runs(words, look.head ? SIZE.table - 1 : undefined, look.bold || look.head ? { bold: true } : {}),
      })],
    }
    return new TableCell(options)
  }
  return [
    ...(block.caption === '' ? [] : [new Paragraph({ style: 'Caption', keepNext: true, children: runs([{ text: block.caption }]) })]),
    new Table({
      layout: TableLayoutType.FIXED, width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA }, columnWidths: widths,
      margins: { top: 30, bottom: 30, left: 60, right: 60 },
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: block.head.map((words, c) => cell(words, c, { head: true })) }),
        ...block.rows.map(({ cells, strong = false }) => new TableRow({ cantSplit: true, children: cells.map((words, c) => cell(words, c, { bold: strong })) })),
      ],
    }),
    new Paragraph({ style: 'TableText', children: [] }),
  ]
}

const image = (picture: Picture): ImageRun => new ImageRun({
  type: 'png', data: picturePng(picture), transformation: { width: (picture.width * 96) / 72, height: (picture.height * 96) / 72 },
  altText: { name: picture.alt.slice(0, 60), title: picture.alt.slice(0, 60), description: picture.alt },
})

const blockContent = (block: Block, keepNext = false): (Paragraph | Table)[] => {
  switch (block.kind) {
    case 'heading': return [new Paragraph({ heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2, children: runs(block.words) })]
    case 'paragraph': return [new Paragraph({ style: 'BodyText', keepNext, children: runs(block.words) })]
    case 'basis': return [new Paragraph({ style: 'BodyText', children: runs(block.words, undefined, { italics: true }) })]
    case 'item': return [new Paragraph({ style: 'BodyText', keepNext, children: runs([{ text: '- ' }, ...block.words]) })]
    case 'source': return [new Paragraph({ style: 'Source', children: runs(block.words) })]
    case 'table': return table(block)
    case 'picture': return [
      new Paragraph({ style: 'Caption', keepNext: true, children: runs([{ text: block.caption }]) }),
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 120 }, children: [image(block.picture)] }),
    ]
  }
}

const foot = (document: OfficialDocument): Table => halves(
  [
    line('Nơi nhận:', SIZE.recipientsTitle, { bold: true, italics: true }, { alignment: AlignmentType.LEFT }),
    ...stops(document.recipients).map((text) => line(`- ${text}`, SIZE.recipients, {}, { alignment: AlignmentType.LEFT })),
    ...(document.code === null ? [] : [
      new Paragraph({ spacing: { before: 120 }, children: [image(qrPicture(document.code))] }),
      line(`Mã kiểm tra: ${document.code}`, SIZE.code, {}, { alignment: AlignmentType.LEFT }),
    ]),
  ],
  [
    ...document.authority.map((text) => line(text, SIZE.signature, { bold: true })),
    // Room for signature and seal.
    ...Array.from({ length: 4 }, () => line('', SIZE.signature)),
    line(document.signer, SIZE.signature, { bold: true }),
  ],
)

const appendix = (document: OfficialDocument, { title: name, blocks }: Appendix, index: number): (Paragraph | Table)[] => {
  const mark = document.appendices.length > 1 ? ` ${ROMAN[index] ?? index + 1}` : ''
  const number = document.number === null ? '…' : numberText(document.number)
  const on = document.issuedOn === null ? 'ngày … tháng … năm …' : longDate(document.issuedOn)
  return [
    line(`Phụ lục${mark}`, SIZE.appendix, { bold: true }),
    line(name, SIZE.appendix, { bold: true }),
    line(
      `(Kèm theo ${capitalised(document.typeName)} số ${numberAndSymbol(number, document.symbol)} ${on} của ${document.issuer.replace('\n', ' ')})`,
      SIZE.appendixOf, { italics: true }, { spacing: { after: 160 } },
    ),
    ...blocks.flatMap((block) => blockContent(block)),
  ]
}

const section = (document: OfficialDocument, children: (Paragraph | Table)[]): ISectionOptions => {
  /** The number in the middle, the marks at the right. */
  const header = (number: string): Header => new Header({
    children: [new Paragraph({
      tabStops: [{ type: TabStopType.CENTER, position: twips(TEXT_WIDTH / 2) }, { type: TabStopType.RIGHT, position: twips(TEXT_WIDTH) }],
      children: [
        new TextRun({ children: ['\t', number, '\t'], size: half(SIZE.page) }),
        new TextRun({ text: document.marks.join(' · '), bold: true, size: 18, color: 'A81E2C' }),
      ],
    })],
  })
  return {
    properties: {
      // I.7: the first page shows no number; III.1 đ: appendices count anew.
      titlePage: true,
      page: {
        size: { width: twips(PAGE.width), height: twips(PAGE.height) }, pageNumbers: { start: 1 },
        margin: { top: twips(PAGE.top), bottom: twips(PAGE.bottom), left: twips(PAGE.left), right: twips(PAGE.right), header: twips(9), footer: twips(9) },
      },
    },
    headers: { first: header(''), default: header(PageNumber.CURRENT) },
    children,
  }
}

/** The document as DOCX: real styles, tables and headings, to be edited in Word. The same document gives the same bytes. */
export const renderDocx = async (document: OfficialDocument): Promise<Buffer> => {
  const black = '000000'
  const body = { font: WORD_FONT, size: half(SIZE.body), color: black }
  const heading = (before: number): object => ({
    run: { ...body, bold: true }, paragraph: { indent: { firstLine: twips(FIRST_LINE) }, spacing: { before, after: twentieths(PARAGRAPH_GAP), line: 240 * LINE, lineRule: LineRuleType.AUTO }, keepNext: true },
  })
  const file = new Document({
    title: titleOf(document), creator: document.issuer.replace('\n', ' '), lastModifiedBy: 'Lũy Tre', description: 'Lũy Tre',
    styles: {
      default: {
        document: { run: { ...body, language: { value: 'vi-VN' } } },
        heading1: heading(120), heading2: heading(40),
      },
      paragraphStyles: [
        {
          id: 'BodyText', name: 'Body Text', basedOn: 'Normal', quickFormat: true,
          paragraph: { alignment: AlignmentType.JUSTIFIED, indent: { firstLine: twips(FIRST_LINE) }, spacing: { after: twentieths(PARAGRAPH_GAP), line: 240 * LINE, lineRule: LineRuleType.AUTO } },
        },
        { id: 'TableText', name: 'Table Text', basedOn: 'Normal', quickFormat: true, run: { size: half(SIZE.table - 0.5) } },
        {
          id: 'Caption', name: 'caption', basedOn: 'Normal', quickFormat: true, run: { bold: true, size: half(SIZE.caption), color: black },
          paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 80, after: 80 } },
        },
        {
          id: 'Source', name: 'Source', basedOn: 'Normal', quickFormat: true, run: { italics: true, size: half(SIZE.source) },
          paragraph: { alignment: AlignmentType.JUSTIFIED, spacing: { after: twentieths(PARAGRAPH_GAP) } },
        },
      ],
    },
    sections: [
      // A signature never stands on a page alone: the last paragraph goes with it.
      section(document, [head(document), ...title(document), ...addressees(document), ...document.blocks.flatMap((block, i) => blockContent(block, i === document.blocks.length - 1)), foot(document)]),
      ...document.appendices.map((one, i) => section(document, appendix(document, one, i))),
    ],
  })
  return settled(await Packer.toBuffer(file), `${document.issuedOn ?? NO_DAY}T00:00:00Z`)
}

/**
 * The packer writes the hour into the properties and into every entry of the archive, and counts images through the life of the process:
 * the hour becomes the day of the document, the images are counted anew.
 */
const settled = (bytes: Uint8Array, instant: string): Buffer => {
  const entries: Zippable = {}
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    let image = 0
    const text = name === 'docProps/core.xml' ? strFromU8(content).replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${instant}`)
      : name === 'word/document.xml' ? strFromU8(content).replace(/<wp:docPr id="\d+"/g, () => `<wp:docPr id="${++image}"`) : undefined
    // The format knows local time without a zone: its own beginning is the same everywhere.
    entries[name] = [text === undefined ? content : strToU8(text), { mtime: new Date(1980, 0, 1), level: 9 }]
  }
  return Buffer.from(zipSync(entries))
}
