import { useCallback } from 'react'
import type { Problem } from '#base'
import { useFormat, useLanguage, useSentence, useT } from '#web'
import type { CellShown, MetricShown } from '../contract.ts'
import type { MetricShape } from '../metric.ts'
import { readTyped } from './typed-value.ts'

type Named = Pick<MetricShown, 'nameVi' | 'nameEn'>

/** How metrics and values are called in the reader's language. */
export const useWords = () => {
  const t = useT()
  const format = useFormat()
  const sentence = useSentence()
  const { language } = useLanguage()
  const metricName = useCallback((metric: Named): string => (language === 'vi' ? metric.nameVi : metric.nameEn), [language])
  /** A category by its word, one the office defined by its code. */
  const category = useCallback((code: string): string => {
    const word = t(`figures.category.${code}`)
    return word === `figures.category.${code}` ? code : word
  }, [t])
  const value = useCallback((given: number | string): string => (typeof given === 'number' ? format.whole(given) : category(given)), [format, category])
  /** What was typed as it will be sent; what cannot be read as it was typed. */
  const typed = useCallback((metric: MetricShape, text: string): string => {
    const read = readTyped(metric, text)
    return read.ok && read.value !== undefined ? value(read.value) : text
  }, [value])
  const hold = useCallback((held: NonNullable<CellShown['hold']>): string => t(HOLDS[held.reason], { limit: held.limit }), [t])
  const fault = useCallback(({ code, params }: Problem): string => sentence({ code, title: '', status: 422, ...(params ? { params } : {}) }), [sentence])
  return { metricName, category, value, typed, hold, fault }
}

const HOLDS = { jump: 'figures.hold_jump', negative: 'figures.hold_negative', above_population: 'figures.hold_above_population' } as const
