import type { AnswerOf } from '#base'
import { EmptyState, useLanguage, useT } from '#web'
import type { compareRulebooks } from '../contract.ts'
import draftClasses from './draft/draft.module.css'
import classes from './rulebook.module.css'
import { useBookWords, type BookWords } from './use-book-words.ts'

type Compared = AnswerOf<typeof compareRulebooks>
type Table = Compared['diff']['tables'][number]
type Row = Table['rows'][number]
type Pair = Row['clause']

const MARKS = { added: '+', removed: '−', changed: '≠', same: '' } as const

/** Two rulebooks side by side: each table once, rows that differ marked, changed cells with what they were above what they are. */
export const BookDiff = ({ compared: { a, b, diff } }: { compared: Compared }) => {
  const t = useT()
  const before = useBookWords(a)
  const after = useBookWords(b)
  if (diff.same) return <EmptyState title={t('rulebooks.diff_same')}>{t('rulebooks.diff_same_about')}</EmptyState>
  const changed = diff.tables.filter((table) => table.change !== 'same')
  const info = diff.info.filter(({ path }) => path !== 'name')
  return (
    <>
      {info.length > 0 && (
        <>
          <h2 className={classes.section}>{t('rulebooks.diff_info')}</h2>
          <Parts parts={info} />
        </>
      )}
      {diff.elements.length > 0 && (
        <>
          <h2 className={classes.section}>{t('rulebooks.diff_elements')}</h2>
          {diff.elements.map((element) => (
            <div key={`${element.kind} ${element.name}`}>
              <strong>{(element.change === 'removed' ? before : after).label(element.name)}</strong> <span className={draftClasses.mark}>{t(`rulebooks.change.${element.change}`)}</span>
              {element.change === 'changed' && <Parts parts={element.parts} />}
            </div>
          ))}
        </>
      )}
      {changed.length > 0 && <h2 className={classes.section}>{t('rulebooks.tables')}</h2>}
      {changed.map((table) => <TableDiff key={table.name} table={table} before={before} after={after} />)}
      {changed.length < diff.tables.length && <p>{t('rulebooks.diff_rest', { count: diff.tables.length - changed.length })}</p>}
    </>
  )
}

const Parts = ({ parts }: { parts: readonly (Pair & { path: string })[] }) => {
  const t = useT()
  return (
    <ul className={draftClasses.parts}>
      {parts.map(({ path, before, after }) => {
        const key = `rulebooks.part.${path.replace(/^.*\.(?=windowDays|cutoffHour)/, '')}`
        const name = t(key)
        return <li key={path}>{name === key ? path : name}: <del>{before ?? '–'}</del> → <ins>{after ?? '–'}</ins></li>
      })}
    </ul>
  )
}

const TableDiff = ({ table, before, after }: { table: Table; before: BookWords; after: BookWords }) => {
  const t = useT()
  const { language } = useLanguage()
  const words = table.change === 'removed' ? before : after
  const label = words.label(table.name)
  const notes = table.annotations.flatMap((name, i) => (table.annotations.length === 2 && i !== (language === 'en' ? 1 : 0) ? [] : [{ name, i }]))
  const cell = (pair: Pair, column: string, key: string, answer = false) => {
    const differs = pair.before !== pair.after
    const say = (text: string | null, by: BookWords): string => (text === null ? '–' : text === '' ? '' : by.cell(text, column))
    return (
      <td key={key} className={answer ? classes.answer : undefined} data-changed={differs || undefined}>
        {differs && pair.before !== null && pair.after !== null
          ? <span className={draftClasses.pair}><del>{say(pair.before, before)}</del><ins>{say(pair.after, after)}</ins></span>
          : say(pair.after ?? pair.before, pair.after === null ? before : after)}
      </td>
    )
  }
  const plain = (pair: Pair, key: string) => (
    <td key={key} className={classes.clause} data-changed={pair.before !== pair.after || undefined}>
      {pair.before !== pair.after && pair.before !== null && pair.after !== null
        ? <span className={draftClasses.pair}><del>{pair.before}</del><ins>{pair.after}</ins></span> : (pair.after ?? pair.before)}
    </td>
  )
  const answers = table.gives.length === 1
  return (
    <section className={classes.table} aria-label={label}>
      <h3 className={classes.title}>{label} {table.change !== 'changed' && <span className={draftClasses.mark}>{t(`rulebooks.change.${table.change}`)}</span>}</h3>
      {table.parts.length > 0 && <Parts parts={table.parts} />}
      <div className={`${classes.frame} ${draftClasses.diff}`} tabIndex={0} role="group" aria-label={label}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('rulebooks.change')}</th><th scope="col">{t('rulebooks.row')}</th>
              {table.when.map((name) => <th key={name} scope="col">{words.label(name)}</th>)}
              {table.gives.map((name) => <th key={name} scope="col" className={classes.answer}>{answers ? t('rulebooks.answer') : words.label(name)}</th>)}
              {notes.map(({ name }) => <th key={name} scope="col">{t('rulebooks.explained')}</th>)}
              <th scope="col">{t('rulebooks.clause')}</th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={`${row.rowBefore} ${row.rowAfter}`} data-change={row.change}>
                <td className={draftClasses.mark}>{row.change === 'same' && !row.moved ? '' : `${MARKS[row.change]} ${t(row.change === 'same' ? 'rulebooks.moved' : `rulebooks.change.${row.change}`)}`}</td>
                <th scope="row" className={classes.number}>{row.rowBefore === row.rowAfter ? row.rowAfter : `${row.rowBefore ?? '–'} → ${row.rowAfter ?? '–'}`}</th>
                {row.when.map((pair, i) => cell(pair, table.when[i] ?? '', `w${i}`))}
                {row.gives.map((pair, i) => cell(pair, table.gives[i] ?? '', `g${i}`, true))}
                {notes.map(({ name, i }) => plain(row.annotations[i] ?? { before: null, after: null }, name))}
                {plain(row.clause, 'clause')}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
