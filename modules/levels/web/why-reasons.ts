import type { Book } from '#rulebooks/web'
import type { AssessmentShown } from '../contract.ts'

type Because = AssessmentShown['because']

/**
 * The inputs that decided: those the rows that held really asked for, in the order of the tables. A cell that takes anything asks for nothing.
 */
export const reasonsOf = (because: Because, { inputs, tables }: Pick<Book, 'inputs' | 'tables'>): string[] => {
  const given = new Set(inputs.filter(({ kind }) => kind !== 'assessment_day').map(({ name }) => name))
  const asked = new Set<string>()
  for (const table of tables) {
    for (const step of because.filter((one) => one.table === table.name)) {
      const row = table.rows.find((one) => one.row === step.row)
      table.inputs.forEach(({ expression }, i) => {
        const cell = row?.when[i]?.text.trim()
        if (cell !== undefined && cell !== '-' && cell !== 'null' && given.has(expression)) asked.add(expression)
      })
    }
  }
  return [...asked]
}

/** "a", "a và b", "a; b và c". */
export const joined = (parts: readonly string[], and: string, between = '; '): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(between)} ${and} ${parts.at(-1)}`
