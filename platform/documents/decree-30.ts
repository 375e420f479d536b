import { day, type PlainDate } from '#base'

/**
 * Layout of administrative documents: Decree 30/2020/NĐ-CP of 05/03/2020, Annex I, Part I. Where the annex leaves a range,
 * the size is that of the sample in its section V.
 */
export const PAGE = {
  /** I.1, I.3: A4; margins 20–25 (top, bottom), 30–35 (left), 15–20 (right). Unit: millimetres. */
  width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 18,
} as const
/** Width of the text. Unit: millimetres. */
export const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right
/** Left and right half of the head and of the foot. Unit: millimetres. */
export const HEAD_LEFT = 68
export const HEAD_RIGHT = TEXT_WIDTH - HEAD_LEFT

/** Sizes of type. Unit: points. */
export const SIZE = {
  /** II.1 */
  nation: 12, motto: 13,
  /** II.2 */
  issuer: 12,
  /** II.3, II.4 */
  number: 13, place: 13,
  /** II.5 */
  title: 14,
  /** II.6 e */
  body: 14,
  /** II.7 */
  signature: 14,
  /** II.9 */
  recipientsTitle: 12, recipients: 11,
  /** I.7 */
  page: 13,
  /** III.1 b, c */
  appendix: 14, appendixOf: 13,
  /** Tables, captions and sources are not in the annex: as small as they stay legible on paper. */
  table: 12, caption: 12, source: 10.5, code: 9,
} as const

/** II.6 e: first line of a paragraph goes in by 1 or 1.27 cm; at least 6 pt between paragraphs; single to 1.5 lines. */
export const FIRST_LINE = 12.7
export const PARAGRAPH_GAP = 6
export const LINE = 1.1

/** II.1 */
export const NATION = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'
export const MOTTO = 'Độc lập - Tự do - Hạnh phúc'

/** II.3 c: numbers below ten have a zero in front. Example: `numberText(5) === '05'`. */
export const numberText = (number: number): string => String(number).padStart(2, '0')

/** II.4 b: days below ten and the months 1 and 2 have a zero in front. Example: `longDate(day('2021-10-05')) === 'ngày 05 tháng 10 năm 2021'`. */
export const longDate = (on: PlainDate): string => {
  const month = Number(on.slice(5, 7))
  return `ngày ${on.slice(8, 10)} tháng ${month <= 2 ? `0${month}` : month} năm ${Number(on.slice(0, 4))}`
}
/** Where the day is not known yet, there is room to write it. */
export const OPEN_DATE = 'ngày      tháng      năm         '
export const OPEN_NUMBER = '        '

/** A document without a day carries this one in its file properties, so that the same input gives the same bytes. */
export const NO_DAY = day('2000-01-01')

export const points = (millimetres: number): number => (millimetres * 72) / 25.4
