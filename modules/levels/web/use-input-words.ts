import { useMemo } from 'react'
import { useBookWords, type Book } from '#rulebooks/web'
import { useFormat, useT } from '#web'
import type { AssessmentShown } from '../contract.ts'

export type InputMeta = Book['inputs'][number]
export type InputShown = AssessmentShown['inputs'][string]

export interface InputWords {
  /** Label of the rulebook. */
  readonly label: (name: string) => string
  /** Short name for a column or a list. */
  readonly short: (name: string) => string
  /** What a rate is per: `/100.000 dân/tuần`; nothing for what is no rate. */
  readonly per: (meta: InputMeta) => string
  /** A value of the input, without its unit. */
  readonly value: (meta: InputMeta, value: InputShown['value']) => string
  /** The input as a reason: "73,5 ca cộng đồng/100.000 dân/tuần"; the count first where one case more would move the rate by much. */
  readonly reason: (meta: InputMeta, input: InputShown, smallPopulation: boolean) => string
}

/** How the evidence of a rulebook is said in the reader's language; the same words as long as book and language are the same. */
export const useInputWords = (book: Pick<Book, 'inputs' | 'tables' | 'expressions'>): InputWords => {
  const t = useT()
  const format = useFormat()
  const words = useBookWords(book)
  return useMemo(() => {
    const own = (key: string): string | undefined => (t(key) === key ? undefined : t(key))
    const window = (days: number | null): string => (days === 7 || days === null ? t('levels.week') : t('levels.days', { days }))
    const per = ({ kind, per: people, windowDays }: InputMeta): string => (kind === 'rate' ? t('levels.per', { people, window: window(windowDays) }) : '')
    const value: InputWords['value'] = ({ kind, name }, given) => {
      if (given === null) return '–'
      if (typeof given === 'string') return words.value(given, name)
      return kind === 'proportion' ? format.percent(given) : kind === 'rate' ? format.rate(given) : format.number(given)
    }
    return {
      label: words.label,
      short: (name) => own(`levels.short.${name}`) ?? words.label(name),
      per,
      value,
      reason: (meta, input, smallPopulation) => {
        const noun = own(`levels.noun.${meta.name}`)
        const said = value(meta, input.value)
        if (noun === undefined) return `${words.label(meta.name)}: ${said}`
        if (meta.kind === 'category' || meta.kind === 'previous_level') return `${noun} ${said}`
        if (meta.kind === 'count') return t('levels.reason_in', { value: said, noun, window: window(meta.windowDays) })
        if (meta.kind === 'rate' && smallPopulation && input.numerator !== null) {
          return t('levels.reason_count', { count: input.numerator, noun, window: window(meta.windowDays), rate: `${said}${per(meta)}` })
        }
        return `${said} ${noun}${per(meta)}`
      },
    }
  }, [words, t, format])
}
