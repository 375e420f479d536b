import { useMemo } from 'react'
import type { AnswerOf, PlainDate } from '#base'
import { useFormat, useLanguage, useT, type Translate } from '#web'
import type { getRulebook } from '../contract.ts'
import { cellWords, type Speech } from './cell-words.ts'

export type Book = AnswerOf<typeof getRulebook>

export interface BookWords {
  /** The label of an input or a table in the reader's language. */
  readonly label: (name: string) => string
  /** A cell of the column of this name. */
  readonly cell: (text: string, column: string) => string
  /** A value of an input or of a table. */
  readonly value: (value: unknown, name: string) => string
  /** Annotation columns in the reader's language: the first is Vietnamese, the second English, others for everyone. */
  readonly annotations: (columns: readonly string[]) => readonly string[]
}

/** The word of a category; its code where we have none. */
const wordOf = (t: Translate, code: string): string => {
  const key = `rulebooks.word.${code}`
  const word = t(key)
  return word === key ? code : word
}

/** How a rulebook is said in the reader's language; the same words as long as book and language are the same. */
export const useBookWords = (book: Pick<Book, 'inputs' | 'tables' | 'expressions'>): BookWords => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  return useMemo(() => {
    const say = (label: string, english: string | null): string => (language === 'en' ? (english ?? label) : label)
    const labels = new Map<string, string>()
    for (const { name, label, labelEn } of [...book.inputs, ...book.tables]) labels.set(name, say(label, labelEn))
    for (const { name, label } of book.expressions) labels.set(name, label)
    const isShare = (name: string): boolean => book.inputs.some((input) => input.name === name && input.kind === 'proportion')
    const word = (code: string): string => wordOf(t, code)
    const speech = (column: string, digits?: number): Speech => ({
      t, word, day: format.day,
      number: (value) => (isShare(column) ? format.percent(value, digits) : format.number(value, digits)),
      label: (name) => labels.get(name),
    })
    return {
      label: (name) => labels.get(name) ?? name,
      // A threshold is said whole, a value as a reader needs it.
      cell: (text, column) => cellWords(text, speech(column, 10)),
      value: (value, name) => {
        if (value === null || value === undefined) return t('rulebooks.nothing')
        if (typeof value === 'number') return speech(name).number(value)
        if (typeof value !== 'string') return JSON.stringify(value)
        return /^\d{4}-\d\d-\d\d$/.test(value) ? format.day(value as PlainDate) : word(value)
      },
      annotations: (columns) => (columns.length === 2 ? columns.slice(language === 'en' ? 1 : 0, language === 'en' ? 2 : 1) : columns),
    }
  }, [book, language, t, format])
}
