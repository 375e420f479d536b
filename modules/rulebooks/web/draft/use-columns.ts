import { useMemo } from 'react'
import type { DecisionModel, DecisionTable } from '#decisions'
import { useFormat, useLanguage, useT } from '#web'
import { text } from '../../text.ts'
import { cellWords, type Speech } from '../cell-words.ts'
import { readCellWords, type Hearing } from '../read-cell.ts'

/** More decimals than any threshold has: what is typed is shown whole. */
const EXACT = 10

/** How the cells of one column are said and read. */
export interface ColumnWords {
  readonly label: string
  readonly say: (feel: string) => string
  readonly read: (words: string) => string
  /** What may be written here, as examples. */
  readonly examples: readonly string[]
}

/** Codes a type lists: `"met", "not_met"` → met, not_met. */
const codesOf = (model: DecisionModel, typeRef: string | null): string[] =>
  [...(model.types.find((type) => type.name === typeRef)?.allowedValues ?? '').matchAll(/"([^"]*)"/g)].map((found) => found[1] as string)

/** The columns of a table, conditions first, in the reader's language. */
export const useColumns = (model: DecisionModel, table: DecisionTable): readonly ColumnWords[] => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  return useMemo(() => {
    const named = [...model.inputs.map((one) => ({ name: one.name, label: (language === 'en' && one.evidence?.labelEn) || one.label, typeRef: one.typeRef })),
      ...model.decisions.map((one) => ({ name: one.name, label: (language === 'en' && one.labelEn) || one.label, typeRef: one.typeRef }))]
    const labels = new Map(named.map(({ name, label }) => [name, label]))
    const names = new Map(named.map(({ name, label }) => [label.toLocaleLowerCase('vi'), name]))
    const word = (code: string): string => {
      const said = t(`rulebooks.word.${code}`)
      return said === `rulebooks.word.${code}` ? code : said
    }
    const sentences = language === 'en' ? [text.en, text.vi] : [text.vi, text.en]
    const columnOf = (name: string, label: string, typeRef: string | null): ColumnWords => {
      const share = model.inputs.some((input) => input.name === name && input.evidence?.kind === 'proportion')
      const codes = codesOf(model, typeRef ?? named.find((one) => one.name === name)?.typeRef ?? null)
      const speech: Speech = {
        t, word, day: format.day, number: (value) => (share ? format.percent(value, EXACT) : format.number(value, EXACT)), label: (one) => labels.get(one),
      }
      const hearing: Hearing = { sentences, decimal: language === 'en' ? '.' : ',', share, codes: new Map(codes.map((code) => [word(code).toLocaleLowerCase('vi'), code])), names }
      const isDay = (typeRef ?? named.find((one) => one.name === name)?.typeRef) === 'date'
      const examples = codes.length > 0 ? codes.map((code) => `"${code}"`) : isDay ? ['< date("2021-11-01")', '>= date("2021-11-01")'] : share ? ['>= 0.7', '[0.7..0.8)'] : ['[20..50)', '>= 150']
      return { label: labels.get(name) ?? label, say: (feel) => cellWords(feel, speech), read: (words) => readCellWords(words, hearing), examples: examples.map((one) => cellWords(one, speech)) }
    }
    return [
      ...table.inputs.map((clause) => columnOf(clause.expression, clause.label, clause.typeRef)),
      ...table.outputs.map((clause) => ({
        ...columnOf(clause.name, clause.label, clause.typeRef),
        ...(table.outputs.length === 1 ? { label: t('rulebooks.answer') } : {}),
      })),
    ]
    // Only heads and types shape the words, not the rows being typed.
  }, [model.inputs, model.types, model.decisions.map(({ label }) => label).join(), table.inputs, table.outputs, language, t, format])
}
