import { useMemo } from 'react'
import { parseDate, type Instant, type PlainDate } from '#base'
import { useAreas, useFormat, useT } from '#web'
import { FIELDS, fieldOf } from './fields.ts'

interface Person {
  readonly sex: string | null
  readonly birthYear: number | null
}
interface Stand {
  readonly status: string
  readonly outcome: string | null
  readonly outcomeOn: string | null
}

interface Placed {
  readonly areaName: string
  readonly districtName: string | null
}

/** How an office shortens a district, where it stands behind a commune. */
const SHORT: readonly (readonly [kind: string, short: string])[] = [['Thành phố ', 'TP. '], ['Thị xã ', 'TX. '], ['Huyện ', 'H. '], ['Quận ', 'Q. ']]

const shortened = (district: string): string => {
  const [kind, short] = SHORT.find(([kind]) => district.startsWith(kind)) ?? ['', '']
  return short + district.slice(kind.length)
}

export interface Words {
  readonly day: (day: string | null) => string
  readonly instant: (at: string) => string
  readonly choice: (field: string, value: string | null) => string
  /** 'Nữ, 1980' */
  readonly born: (person: Person) => string
  /** 'Đang theo dõi', 'Khỏi bệnh 05/09/2021' */
  readonly state: (stand: Stand) => string
  /** 'Phường Vĩnh Lạc, TP. Rạch Giá', as short as an office writes it. */
  readonly place: (at: Placed) => string
  /** Any value of a field the server speaks of, as the history keeps them. */
  readonly value: (field: string, value: unknown) => string
}

/** How the facts of a case are said in the reader's language. */
export const useWords = (): Words => {
  const t = useT()
  const format = useFormat()
  const areas = useAreas()
  return useMemo(() => {
    const day = (text: string | null): string => (text === null ? '' : format.day(text as PlainDate))
    const choice = (field: string, value: string | null): string => (value === null ? '' : t(`cases.${field}.${value}`))
    return {
      day,
      choice,
      instant: (at) => format.instant(at as Instant),
      born: ({ sex, birthYear }) => [choice('sex', sex), birthYear].filter(Boolean).join(', '),
      state: ({ status, outcome, outcomeOn }) => (outcome === null ? t(`cases.status.${status}`) : `${choice('outcome', outcome)} ${day(outcomeOn)}`.trim()),
      place: ({ areaName, districtName }) => (districtName === null || districtName === areaName ? areaName : `${areaName}, ${shortened(districtName)}`),
      value: (field, value) => {
        if (value === null || value === undefined || value === '') return t('cases.not_known')
        const kind = FIELDS.find(({ name }) => name === fieldOf(field))?.kind
        if (kind === 'choice') return choice(field, String(value))
        if (kind === 'area') return typeof value === 'number' ? (areas.byId(value)?.name ?? String(value)) : String(value)
        const read = parseDate(String(value))
        return read.ok ? format.day(read.value) : String(value)
      },
    }
  }, [t, format, areas])
}
