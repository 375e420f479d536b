import { inflateSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { codeOf, contentDigest, qrPicture, readCode } from './check-code.ts'
import { longDate, numberText, PAGE, TEXT_WIDTH } from './decree-30.ts'
import { renderDocx } from './docx.ts'
import { textWidth } from './fonts.ts'
import { capitalised, stops, textOf, type OfficialDocument } from './official-document.ts'
import { renderPdf } from './pdf.ts'
import { picturePng } from './picture-png.ts'
import { pictureSvg } from './picture-svg.ts'
import { line, rectangle, type Picture } from './picture.ts'
import { checkTemplate, fillTemplate, fillWords } from './template.ts'

const picture: Picture = {
  width: 72, height: 36, alt: 'một hình',
  shapes: [rectangle(0, 0, 36, 36, { fill: '#ff0000' }), line([[40, 18], [70, 18]], '#0000ff', 2), { kind: 'label', at: [54, 34], text: 'Ế', size: 12, anchor: 'middle' }],
}
const report: OfficialDocument = {
  parent: 'UBND TỈNH KIÊN GIANG', issuer: 'SỞ Y TẾ', number: 5, symbol: 'BC-SYT', place: 'Kiên Giang', issuedOn: day('2021-10-05'), typeName: 'BÁO CÁO',
  subject: 'Tình hình dịch bệnh trên địa bàn tỉnh', addressees: ['Ban Thường vụ Tỉnh ủy', 'Ủy ban nhân dân tỉnh'],
  blocks: [
    { kind: 'heading', level: 1, words: [{ text: 'I. TÌNH HÌNH' }] },
    { kind: 'paragraph', words: [{ text: 'Ghi nhận ' }, { text: '612', bold: true, fact: 'a' }, { text: '(1)', raised: true }, { text: ' ca mắc mới ở huyện Giồng Riềng.' }] },
    { kind: 'table', caption: 'Bảng 1', columns: [{ width: 3, align: 'left' }, { width: 1, align: 'right' }], head: [[{ text: 'Đơn vị' }], [{ text: 'Ca' }]], rows: [{ cells: [[{ text: 'Rạch Giá' }], [{ text: '12' }]] }] },
    { kind: 'picture', caption: 'Hình 1', picture },
  ],
  recipients: ['Như trên', 'Lưu: VT'], authority: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'], signer: 'Nguyễn Văn A',
  appendices: [{ title: 'NGUỒN SỐ LIỆU', blocks: [{ kind: 'source', words: [{ text: 'Nguồn: số liệu báo cáo.' }] }] }], marks: ['DỮ LIỆU GIẢ LẬP'], code: null,
}

describe('Decree 30/2020, Annex I', () => {
  test('II.3 c and II.4 b: zeros in front of numbers below ten, days below ten and the months 1 and 2', () => {
    expect([5, 10, 123].map(numberText)).toEqual(['05', '10', '123'])
    expect(longDate(day('2020-01-05'))).toBe('ngày 05 tháng 01 năm 2020')
    expect(longDate(day('2019-06-29'))).toBe('ngày 29 tháng 6 năm 2019')
    expect(longDate(day('2021-10-20'))).toBe('ngày 20 tháng 10 năm 2021')
  })
  test('I.3: margins', () => {
    expect(PAGE.top).toBeGreaterThanOrEqual(20)
    expect(PAGE.top).toBeLessThanOrEqual(25)
    expect(PAGE.left).toBeGreaterThanOrEqual(30)
    expect(PAGE.left).toBeLessThanOrEqual(35)
    expect(PAGE.right).toBeGreaterThanOrEqual(15)
    expect(PAGE.right).toBeLessThanOrEqual(20)
    expect(PAGE.left + TEXT_WIDTH + PAGE.right).toBe(210)
  })
  test('II.9 d: semicolons, and a stop at the end', () => {
    expect(stops(['Như trên', 'Bộ Y tế;', 'Lưu: VT.'])).toEqual(['Như trên;', 'Bộ Y tế;', 'Lưu: VT.'])
    expect(capitalised('BÁO CÁO')).toBe('Báo cáo')
  })
})

describe('templates', () => {
  const values = new Map([
    ['ca', { words: [{ text: '612', fact: 'k' }], empty: false }], ['khong', { words: [{ text: '' }], empty: true }],
  ])
  test('one block a line, placeholders, bold, conditions', () => {
    const blocks = fillTemplate('# I. A\r\n\n## 1. B\n> Căn cứ X;\n- mục {ca}\nCó **{ca}** ca.\n? {khong}: không in\n? {ca}: # II. C\n[[bang]]', values, (name) => [{ kind: 'source', words: [{ text: name }] }])
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'heading', 'basis', 'item', 'paragraph', 'heading', 'source'])
    expect(blocks[4]).toEqual({ kind: 'paragraph', words: [{ text: 'Có ' }, { text: '612', fact: 'k', bold: true }, { text: ' ca.' }] })
  })
  test('a name nobody knows is told with its line, and stands as it is where it is used all the same', () => {
    const problems = checkTemplate('{ca}\n? {la}: {kia}\n[[hinh]]', new Set(['ca', 'la']), new Set(['bang']))
    expect(problems.map(({ code, params }) => [code, params])).toEqual([
      ['unknown_placeholder', { name: 'kia', line: 2 }], ['unknown_block', { name: 'hinh', line: 3 }],
    ])
    expect(fillWords('{la}', values)).toEqual([{ text: '{la}' }])
  })
})

describe('pictures', () => {
  /** The pixels of a PNG of ours: 8-bit RGB, no filter. */
  const pixels = (png: Buffer) => {
    const width = png.readUInt32BE(16)
    let [at, data] = [8, Buffer.alloc(0)]
    while (at < png.length) {
      const length = png.readUInt32BE(at)
      if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data = Buffer.concat([data, png.subarray(at + 8, at + 8 + length)])
      at += length + 12
    }
    const raw = inflateSync(data)
    return (x: number, y: number): number[] => [...raw.subarray(y * (width * 3 + 1) + 1 + x * 3, y * (width * 3 + 1) + 4 + x * 3)]
  }
  test('areas, lines and letters are where they belong', () => {
    const png = picturePng(picture)
    const at = pixels(png)
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([220, 110])
    expect(at(5, 5)).toEqual([255, 0, 0])
    expect(at(109, 50)).toEqual([255, 0, 0])
    expect(at(111, 100)).toEqual([255, 255, 255])
    expect(at(170, 55)).toEqual([0, 0, 255])
    expect(at(170, 48)).toEqual([255, 255, 255])
    // The letter Ế: something dark where it stands, its accents well above the capital.
    const dark = (y0: number, y1: number): boolean => Array.from({ length: (y1 - y0) * 40 }, (_, i) => at(145 + (i % 40), y0 + Math.floor(i / 40))).some(([r]) => (r as number) < 128)
    expect(dark(80, 104)).toBe(true)
    expect(dark(64, 76)).toBe(true)
  })
  test('an edge inside a pixel covers its share, an overlap counts once', () => {
    const half: Picture = { width: 72, height: 72, alt: '', shapes: [rectangle(0, 0, (72 * 10.5) / 220, 72, { fill: '#000000' })] }
    expect(pixels(picturePng(half))(10, 20)[0]).toBeCloseTo(128, -1)
    const crossed: Picture = { width: 72, height: 72, alt: '', shapes: [line([[10, 10], [40, 40], [10, 40], [40, 10]], '#808080', 6)] }
    expect(pixels(picturePng(crossed))(Math.round((25 * 220) / 72), Math.round((25 * 220) / 72))).toEqual([128, 128, 128])
  })
  test('as SVG, with what would break it escaped', () => {
    const svg = pictureSvg({ ...picture, shapes: [{ kind: 'label', at: [1, 2], text: 'a<b&c', size: 9, anchor: 'start' }] })
    expect(svg).toContain('a&#60;b&#38;c')
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 72 36"/)
  })
})

describe('codes', () => {
  test('eighty bits of the digest, read again however they were typed', () => {
    const code = codeOf(contentDigest(report))
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(readCode(code.toLowerCase().replaceAll('-', ' '))).toBe(code)
    expect(readCode('OIL0-1111-0000-1111')).toBe('0110-1111-0000-1111')
    expect(readCode('UUUU-1111-0000-1111')).toBeUndefined()
    expect(contentDigest({ ...report, code }).equals(contentDigest(report))).toBe(true)
    expect(contentDigest({ ...report, number: 6 }).equals(contentDigest(report))).toBe(false)
    // Base 32 of RFC 4648 gives MZXW6YTBOJTG633C; the same five bits in Crockford's signs.
    expect(codeOf(Buffer.from('foobarfoob'))).toBe('CSQP-YRK1-E9K6-YVV2')
  })
  test('a QR has three finders and a quiet zone', () => {
    const { shapes, width } = qrPicture('7F3K-9QWM-ABCD-0123', 2)
    const first = shapes[0]
    expect(width).toBe(58)
    // Version 1: 21 modules and four on each side; the first dark bar is the top of the first finder, seven modules wide.
    expect(first?.kind === 'path' && first.rings[0]?.map(([x]) => x)).toEqual([8, 22, 22, 8])
  })
})

describe('files', async () => {
  const document = { ...report, code: codeOf(contentDigest(report)) }
  const [pdf, docx] = [await renderPdf(document), await renderDocx(document)]
  test('the same document gives the same bytes', async () => {
    expect((await renderPdf(document)).equals(pdf)).toBe(true)
    expect((await renderDocx(document)).equals(docx)).toBe(true)
  })
  test('PDF: A4, fonts embedded, Vietnamese letters known to those who search it', () => {
    const body = pdf.toString('latin1')
    expect(body.startsWith('%PDF-1.7')).toBe(true)
    expect(body).toMatch(/\/MediaBox \[0 0 595\.2\d* 841\.8\d*\]/)
    const streams = [...body.matchAll(/stream\r?\n/g)].map(({ index, 0: start }) => {
      try {
        return inflateSync(pdf.subarray(index + start.length)).toString('latin1')
      } catch {
        return ''
      }
    }).join('\n')
    // What the text means, letter by letter: ế, ợ of `Giồng Riềng`, `Tình` … as code points.
    for (const letter of 'ềồìạủ') expect(streams.toLowerCase()).toContain(letter.codePointAt(0)?.toString(16).padStart(4, '0'))
    expect(body).toMatch(/\/BaseFont \/[A-Z]{6}\+Tinos-Regular/)
    expect(body.match(/\/FontFile2/g)?.length).toBeGreaterThanOrEqual(2)
  })
  test('DOCX: the decree’s font by name, real headings and tables, the text whole', () => {
    const parts = unzipSync(docx)
    const body = strFromU8(parts['word/document.xml'] as Uint8Array)
    const styles = strFromU8(parts['word/styles.xml'] as Uint8Array)
    expect(styles).toContain('Times New Roman')
    expect(body).toContain('w:val="Heading1"')
    expect(body).toContain('<w:tblHeader/>')
    const said = body.replace(/<[^>]+>/g, '')
    for (const text of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Số: 05/BC-SYT', 'ngày 05 tháng 10 năm 2021', 'Ghi nhận 612(1) ca mắc mới ở huyện Giồng Riềng.', document.code]) expect(said).toContain(text)
    expect(Object.keys(parts).filter((name) => name.endsWith('.png'))).toHaveLength(2)
    const marked = Object.keys(parts).filter((name) => /^word\/header\d\.xml$/.test(name))
    expect(marked).toHaveLength(4)
    for (const name of marked) expect(strFromU8(parts[name] as Uint8Array)).toContain('DỮ LIỆU GIẢ LẬP')
  })
  test('everything said stands in the text by which copies are compared', () => {
    const text = textOf(document)
    for (const said of ['Số: 05/BC-SYT', 'Kiên Giang, ngày 05 tháng 10 năm 2021', 'Rạch Giá\t12', 'Hình 1', 'Nguồn: số liệu báo cáo.', 'DỮ LIỆU GIẢ LẬP', 'PHÓ GIÁM ĐỐC']) expect(text).toContain(said)
  })
  test('Tinos is as wide as Times: Adobe’s metrics of Times-Roman have i 278, W 944; of Times-Bold A 722', () => {
    expect(textWidth('i', 1000, 'normal')).toBeCloseTo(278, -1)
    expect(textWidth('W', 1000, 'normal')).toBeCloseTo(944, -1)
    expect(textWidth('A', 1000, 'bold')).toBeCloseTo(722, -1)
  })
})
