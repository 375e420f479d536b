import { Select, Skeleton } from '@mantine/core'
import { parseDate, type AnswerOf, type PlainDate } from '#base'
import { DayPicker, EmptyState, PageHeader, problemIn, ProblemNotice, useAddress, useArea, useFormat, useLanguage, useQueryOf, useT } from '#web'
import { compareRulebooks, listRulebooks } from '../contract.ts'
import { BookDiff } from './book-diff.tsx'
import draftClasses from './draft/draft.module.css'

type Side = AnswerOf<typeof compareRulebooks>['a']
const FAR = '2099-12-31' as PlainDate

/** Two rulebooks, two versions of one, or what was in force on two days. */
const ComparePage = () => {
  const t = useT()
  const { code } = useArea()
  const [{ a, b }, set] = useAddress({ a: '', b: '' })
  const { data, error, refetch } = useQueryOf(compareRulebooks, a && b ? { query: { a, b, ...(code === undefined ? {} : { area: code }) } } : undefined)
  return (
    <>
      <PageHeader title={t('rulebooks.compare')} about={t('rulebooks.compare_about')} />
      <div className={draftClasses.sides}>
        <SideChoice label={t('rulebooks.side_a')} value={a} onChange={(next) => set({ a: next })} shown={a && b ? data?.a : undefined} />
        <SideChoice label={t('rulebooks.side_b')} value={b} onChange={(next) => set({ b: next })} shown={a && b ? data?.b : undefined} />
      </div>
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      {!a || !b ? <EmptyState title={t('rulebooks.compare_choose')} /> : error ? null : data ? <BookDiff compared={data} /> : <Skeleton height={300} />}
    </>
  )
}
export default ComparePage

const SideChoice = ({ label, value, onChange, shown }: { label: string; value: string; onChange: (reference: string) => void; shown: Side | undefined }) => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  const books = useQueryOf(listRulebooks, { query: {} }, { freshFor: 600_000 }).data?.rulebooks ?? []
  const byDay = value.startsWith('day:')
  const day = parseDate(value.slice(4))
  const versions = books.flatMap((book) => Array.from({ length: book.version }, (_, i) => ({ value: `${book.id}@${book.version - i}`, label: `${language === 'en' ? book.titleEn : book.titleVi} – ${t('rulebooks.version_n', { version: book.version - i })}` })))
  const known = versions.some((one) => one.value === value) || value === '' || byDay
  return (
    <div>
      <Select
        label={label} allowDeselect={false} searchable nothingFoundMessage={t('rulebooks.none')}
        data={[...versions, { value: 'day', label: t('rulebooks.by_day') }, ...(known ? [] : [{ value, label: value }])]}
        value={byDay ? 'day' : value} onChange={(next) => onChange(next === 'day' ? `day:${books[0]?.validFrom ?? '2021-10-12'}` : (next ?? ''))}
      />
      {byDay && <DayPicker ariaLabel={t('rulebooks.by_day')} max={FAR} value={day.ok ? day.value : undefined} onChange={(next) => next && onChange(`day:${next}`)} steps />}
      {shown && <p>{shown.document} · {format.day(shown.validFrom as PlainDate)} – {shown.validTo ? format.day(shown.validTo as PlainDate) : t('rulebooks.open')} · {shown.areaName} · <code>{shown.reference}</code></p>}
    </div>
  )
}
