import { useMemo } from 'react'
import { getRulebook } from '#rulebooks/contract'
import type { Book } from '#rulebooks/web'
import { useQueryOf } from '#web'
import { useInputWords, type InputMeta, type InputWords } from './use-input-words.ts'

/** A text in force is never edited. Unit: milliseconds. */
const HOUR = 3_600_000

const NO_BOOK = { inputs: [], tables: [], expressions: [] }

export interface InputsOf {
  readonly book: Book
  readonly document: string
  readonly inputs: readonly InputMeta[]
  readonly words: InputWords
}

/** A rulebook with its evidence in words; nothing while it is read or where none is in force. */
export const useInputsOf = (id: string | null | undefined): InputsOf | undefined => {
  const { data } = useQueryOf(getRulebook, id ? { params: { id } } : undefined, { freshFor: HOUR })
  const book = data && data.rulebook.id === id ? data : undefined
  const words = useInputWords(book ?? NO_BOOK)
  return useMemo(() => book && { book, document: book.rulebook.document, inputs: book.inputs, words }, [book, words])
}
