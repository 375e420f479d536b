import { dayNumber, provinceDay, provinceTime, vietnameseDate, type Instant, type Language, type PlainDate } from '#base'

/** How numbers, days and times are written for one language. Built once a language, when it is first wanted, by `formatIn`. */
export interface Format {
  /** `1.234,5` in Vietnamese, `1,234.5` in English; up to `digits` decimals (default 1). */
  readonly number: (value: number, digits?: number) => string
  /** A whole number, with its sign when `signed`. */
  readonly whole: (value: number, signed?: boolean) => string
  /** A proportion 0…1 as per cent: `73,5 %`. */
  readonly percent: (proportion: number, digits?: number) => string
  /** A rate with one decimal, always shown: `73,5`. The unit stands beside it, as the screen says. */
  readonly rate: (value: number) => string
  /** A count of rows that stopped counting: `10.000+`. */
  readonly count: (rows: number, more?: boolean) => string
  /** `dd/mm/yyyy`. */
  readonly day: (day: PlainDate) => string
  /** `dd/mm`, where the year stands beside. */
  readonly shortDay: (day: PlainDate) => string
  /** `HH:mm` of the province, 24 h. */
  readonly time: (at: Instant) => string
  /** `HH:mm dd/mm/yyyy` of the province. */
  readonly instant: (at: Instant) => string
  /** How long ago or ahead, only ever beside the absolute time: `3 giờ trước`. */
  readonly relative: (at: Instant, now: Instant) => string
  /** The same by days: `hôm qua`, `5 ngày trước`. */
  readonly relativeDay: (day: PlainDate, today: PlainDate) => string
}

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-US' }

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1],
]

const build = (language: Language): Format => {
  const locale = LOCALES[language]
  const numbers = new Map<string, Intl.NumberFormat>()
  const numberFormat = (least: number, most: number, signed: boolean): Intl.NumberFormat => {
    const key = `${least} ${most} ${signed}`
    let format = numbers.get(key)
    if (!format) {
      format = new Intl.NumberFormat(locale, {
        minimumFractionDigits: least, maximumFractionDigits: most, signDisplay: signed ? 'exceptZero' : 'auto',
      })
      numbers.set(key, format)
    }
    return format
  }
  let relative: Intl.RelativeTimeFormat | undefined
  // It stands in brackets beside the absolute time, never at the head of a sentence.
  const ago = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
    (relative ??= new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(value, unit).toLocaleLowerCase(locale)
  return {
    number: (value, digits = 1) => numberFormat(0, digits, false).format(value),
    whole: (value, signed = false) => numberFormat(0, 0, signed).format(value),
    // A narrow no-break space keeps figure and sign on one line.
    percent: (proportion, digits = 1) => `${numberFormat(0, digits, false).format(proportion * 100)}\u202f%`,
    rate: (value) => numberFormat(1, 1, false).format(value),
    count: (rows, more = false) => `${numberFormat(0, 0, false).format(rows)}${more ? '+' : ''}`,
    day: vietnameseDate,
    shortDay: (day) => vietnameseDate(day).slice(0, 5),
    time: provinceTime,
    instant: (at) => `${provinceTime(at)} ${vietnameseDate(provinceDay(at))}`,
    relative: (at, now) => {
      const seconds = (Date.parse(at) - Date.parse(now)) / 1000
      const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
      return ago(Math.trunc(seconds / size), unit)
    },
    relativeDay: (day, today) => ago(dayNumber(day) - dayNumber(today), 'day'),
  }
}

const formats: { [L in Language]?: Format } = {}

/** The way of writing of a language. Example: `formatIn('vi').number(1234.5) === '1.234,5'`. */
export const formatIn = (language: Language): Format => (formats[language] ??= build(language))

/** A day as an office types it: `5/1/2021`, `05-01-2021`, `05.01.2021`, or ISO; nothing for anything else. */
export const typedDay = (text: string): { year: number; month: number; dayOfMonth: number } | undefined => {
  const office = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text)
  if (office) return { year: Number(office[3]), month: Number(office[2]), dayOfMonth: Number(office[1]) }
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), dayOfMonth: Number(iso[3]) }
  return undefined
}
