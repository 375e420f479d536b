import { useT } from '#web'
import { Confidence, Source } from './confidence.tsx'
import classes from './rulebook.module.css'
import { useBookWords, type Book } from './use-book-words.ts'

interface Step {
  readonly row: number | null
  readonly inputs: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
}

interface DecisionTableProps {
  readonly book: Book
  readonly table: Book['tables'][number]
  /** The rows that held, with the values that were asked and answered. */
  readonly decided?: readonly Step[] | undefined
}

/** A decision table as a table to read: conditions, answer, clause and source of every row; the row that decided is lit. */
export const DecisionTable = ({ book, table, decided = [] }: DecisionTableProps) => {
  const t = useT()
  const words = useBookWords(book)
  const asked = decided[0]
  const explained = words.annotations(table.annotations)
  return (
    <section className={classes.table} aria-label={words.label(table.name)}>
      <h3 className={classes.title}>{words.label(table.name)}</h3>
      <p className={classes.policy}>{t(`rulebooks.policy.${table.hitPolicy}`)}</p>
      <div className={classes.frame} tabIndex={0} role="group" aria-label={words.label(table.name)}>
        <table>
          <thead>
            <tr>
              <th scope="col" className={classes.number}>{t('rulebooks.row')}</th>
              {table.inputs.map(({ expression }) => <th key={expression} scope="col">{words.label(expression)}</th>)}
              {table.outputs.map(({ name }) => (
                <th key={name} scope="col" className={classes.answer}>{table.outputs.length === 1 ? t('rulebooks.answer') : words.label(name)}</th>
              ))}
              {explained.map((name) => <th key={name} scope="col">{t('rulebooks.explained')}</th>)}
              <th scope="col">{t('rulebooks.clause_source')}</th>
            </tr>
            {asked && (
              <tr className={classes.now}>
                <th scope="row">{t('rulebooks.now')}</th>
                {table.inputs.map(({ expression }) => <td key={expression}>{words.value(asked.inputs[expression], expression)}</td>)}
                {table.outputs.map(({ name }) => <td key={name} className={classes.answer}>{decided.map(({ outputs }) => words.value(outputs[name], name)).join('; ')}</td>)}
                <td colSpan={explained.length + 1} />
              </tr>
            )}
          </thead>
          <tbody>
            {table.rows.map((row) => {
              const lit = decided.some((step) => step.row === row.row)
              return (
                <tr key={row.row} data-lit={lit || undefined} aria-current={lit ? 'true' : undefined}>
                  <th scope="row" className={classes.number}>{lit && <span aria-hidden>▶ </span>}{row.row}</th>
                  {row.when.map((cell, i) => (
                    <td key={i} data-any={cell.text.trim() === '-' || undefined} title={cell.text}>{words.cell(cell.text, table.inputs[i]?.expression ?? '')}</td>
                  ))}
                  {row.gives.map((cell, i) => (
                    <td key={i} className={classes.answer} title={cell.text}>{words.cell(cell.text, table.outputs[i]?.name ?? '')}</td>
                  ))}
                  {explained.map((name) => <td key={name}>{row.annotations[name]}</td>)}
                  <td className={classes.clause}>
                    {row.clause} <Source of={row.source} /> <Confidence of={row.confidence} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
