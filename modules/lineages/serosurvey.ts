import type { PlainDate } from '#base'

/** Antibody tests of one area, age group and period. */
export interface SurveyFacts {
  /** Empty where the file names none. */
  readonly survey: string
  readonly fromOn: PlainDate
  readonly toOn: PlainDate
  /** Unit: years. */
  readonly ageFrom: number
  /** The oldest age, this year included; null: no upper end. Unit: years. */
  readonly ageTo: number | null
  readonly tested: number
  readonly positive: number
  /** Empty where the file names none. */
  readonly assay: string
  /** Both or neither. */
  readonly sensitivity: number | null
  /** Positive controls it was measured on; null: not said. */
  readonly sensitivityOf: number | null
  readonly specificity: number | null
  readonly specificityOf: number | null
}

/** Ages as a file or a screen writes them. Example: 20 and 29 are `20–29`, 60 and null `60+`. */
export const ageGroup = ({ ageFrom, ageTo }: Pick<SurveyFacts, 'ageFrom' | 'ageTo'>): string => (ageTo === null ? `${ageFrom}+` : ageTo === ageFrom ? String(ageFrom) : `${ageFrom}–${ageTo}`)

const EVERYONE = /^(tất cả|tat ca|chung|mọi tuổi|moi tuoi|mọi lứa tuổi|all|all ages|total)$/iu

/** Reads an age group: `20-29`, `20–29 tuổi`, `60+`, `≥ 60`, `từ 60 tuổi`, `<5`, `dưới 5`, `35`, `Tất cả`; nothing for anything else. */
export const readAges = (written: string): { readonly from: number; readonly to: number | null } | undefined => {
  const text = written.normalize('NFC').toLowerCase().replace(/\s*(tuổi|tuoi|years?|yrs?|y)\s*/gu, ' ').replace(/\s+/g, ' ').trim()
  if (EVERYONE.test(text)) return { from: 0, to: null }
  const range = /^(?:từ )?(\d{1,3}) ?(?:-|–|—|đến|den|to) ?(?:dưới |<)?(\d{1,3})$/u.exec(text)
  if (range) return { from: Number(range[1]), to: Number(range[2]) - (/dưới|</u.test(text) ? 1 : 0) }
  const above = /^(?:(?:≥|>=|từ|trên bằng) ?(\d{1,3})(?: trở lên)?|(\d{1,3}) ?\+|(\d{1,3}) (?:trở lên|and over|and above))$/u.exec(text)
  if (above) return { from: Number(above[1] ?? above[2] ?? above[3]), to: null }
  const over = /^(?:>|trên|over) ?(\d{1,3})$/u.exec(text)
  if (over) return { from: Number(over[1]) + 1, to: null }
  const below = /^(?:<|dưới|duoi|under) ?(\d{1,3})$/u.exec(text)
  if (below) return { from: 0, to: Number(below[1]) - 1 }
  return /^\d{1,3}$/.test(text) ? { from: Number(text), to: Number(text) } : undefined
}
