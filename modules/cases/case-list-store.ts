import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { addDays, nameKey, type Id, type Instant, type PlainDate } from '#base'
import type { Range } from '#platform/access'
import { sql, type Tx } from '#platform/db'
import type { CaseRecord } from './case.ts'
import { columnOf, selected } from './case-columns.ts'
import { COUNT_LIMIT, type CASE_SORTS, type countCases, type DUTIES } from './contract.ts'
import type { ExportField } from './export/export-fields.ts'
import { DUTY_DAYS } from './life/duty.ts'

type Sql = ReturnType<typeof sql>
type Sort = (typeof CASE_SORTS)[number]

/** The filters of a request; the area is not among them: it narrows the scope of the transaction. */
export type Filters = Omit<z.output<NonNullable<typeof countCases.query>>, 'areaId'> & {
  /** The day a duty is judged on. */
  readonly today: PlainDate
}

export interface Order {
  readonly sort: Sort
  readonly direction: 'asc' | 'desc'
}

/** Where a page ended: the values of the sort key, the id last. */
export type Place = readonly (string | number)[]

const LISTED = [
  'id', 'number', 'version', 'disease', 'nationalNumber', 'sender', 'senderNumber', 'fullName', 'birthYear', 'sex', 'areaId', 'reportedOn', 'onsetOn', 'resultOn',
  'diagnosis', 'detectionSource', 'severity', 'outcome', 'outcomeOn', 'possibleDuplicate', 'importId', 'recordedAt',
] as const satisfies readonly (keyof CaseRecord)[]

/** What the list shows of a case. */
export type ListedCase = Pick<CaseRecord, (typeof LISTED)[number]>

const ROW = sql.raw(selected(LISTED))

/** Key columns and their types, in the order of the index that serves the sort; the id makes every place distinct. */
const KEYS: Readonly<Record<Sort, readonly (readonly [column: string, type: string])[]>> = {
  reported: [['reported_on', 'date'], ['id', 'uuid']],
  onset: [['onset_sort', 'date'], ['id', 'uuid']],
  recorded: [['recorded_at', 'timestamptz'], ['id', 'uuid']],
  name: [['name_key', 'text'], ['birth_sort', 'smallint'], ['id', 'uuid']],
}

export const KEY_LENGTH: Readonly<Record<Sort, number>> = { reported: 2, onset: 2, recorded: 2, name: 3 }

const orderBy = ({ sort, direction }: Order): Sql => sql.raw(KEYS[sort].map(([column]) => `${column} ${direction}`).join(', '))

const beyond = ({ sort, direction }: Order, place: Place): Sql => {
  const keys = KEYS[sort]
  const values = place.map((value, index) => sql`${value}::${sql.raw(keys[index]?.[1] as string)}`)
  return sql`(${sql.raw(keys.map(([column]) => column).join(', '))}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${sql.join(values)})`
}

/** Writes a value into a statement: as a parameter, or as a literal where the protocol takes none (COPY). */
type Write = (value: string | number | boolean) => Sql
const asParameter: Write = (value) => sql`${value}`
const asLiteral: Write = (value) => (typeof value === 'string' ? sql`${sql.lit(value)}` : sql.raw(String(value)))

/** What a search text asks for: digits make it a number, else part of a name. `personIds` are those of a national number. */
export interface Search {
  readonly text: string
  readonly personIds: readonly Id[]
  /** Cases that the number of one merged into them leads to. */
  readonly caseIds: readonly Id[]
  /** Whether LIKE may use the trigram index under row-level security (BACKENDS). */
  readonly trigram: boolean
}

const LAST_LETTER = '\u{10ffff}'

const isNumber = ({ text }: Search): boolean => /\d/.test(text)

const matching = (search: Search, write: Write): Sql => {
  const { text, personIds, caseIds, trigram } = search
  if (isNumber(search)) {
    const begins = (column: string, value: string): Sql => sql`${sql.raw(column)} >= ${write(value)} and ${sql.raw(column)} < ${write(value + LAST_LETTER)}`
    const person = [...personIds.map((id) => sql` or person_id = ${write(id)}`), ...caseIds.map((id) => sql` or id = ${write(id)}`)]
    return sql`((${begins('number', text.toUpperCase())}) or (${begins('national_number', text)}) or (${begins('sender_number', text)})${sql.join(person, sql``)})`
  }
  const key = nameKey(text)
  if (!trigram) return sql`(name_key >= ${write(key)} and name_key < ${write(key + LAST_LETTER)})`
  // Two letters make no trigram; the beginning of a word does.
  return key.length < 3 ? sql`(name_key like ${write(`${key}%`)} or name_key like ${write(`% ${key}%`)})` : sql`name_key like ${write(`%${key}%`)}`
}

/** `dutyOf` in SQL; the difference of the days is what their index summarises. */
const dutyIs = (state: (typeof DUTIES)[number], today: PlainDate, write: Write): Sql => {
  const days = sql.raw(String(DUTY_DAYS))
  const open = sql`diagnosis <> 'confirmed' and outcome is null`
  switch (state) {
    case 'met': return sql`(diagnosis = 'confirmed' and reported_on - result_on <= ${days})`
    case 'late': return sql`(diagnosis = 'confirmed' and reported_on - result_on > ${days})`
    case 'due': return sql`(${open} and result_on >= ${write(addDays(today, -DUTY_DAYS))})`
    case 'overdue': return sql`(${open} and result_on < ${write(addDays(today, -DUTY_DAYS))})`
  }
}

const where = (filters: Filters, search: Search | undefined, write: Write): Sql => {
  const parts: Sql[] = [sql`true`]
  const compare = (column: string, operator: string, value: string | number | boolean | undefined): void => {
    if (value !== undefined) parts.push(sql`${sql.raw(column)} ${sql.raw(operator)} ${write(value)}`)
  }
  const among = (column: string, values: readonly string[] | undefined): void => {
    if (values) parts.push(values.length === 1 ? sql`${sql.raw(column)} = ${write(values[0] as string)}` : sql`${sql.raw(column)} in (${sql.join(values.map(write))})`)
  }
  compare('disease', '=', filters.disease)
  compare('reported_on', '>=', filters.reportedFrom)
  compare('reported_on', '<=', filters.reportedTo)
  // On the column of the index; where the day is not known it holds one before all others.
  compare('onset_sort', '>=', filters.onsetFrom)
  compare('onset_sort', '<=', filters.onsetTo)
  if (filters.onsetTo && !filters.onsetFrom) parts.push(sql`onset_on is not null`)
  if (filters.status) parts.push(filters.status === 'active' ? sql`outcome is null` : sql`outcome is not null`)
  among('diagnosis', filters.diagnosis)
  among('detection_source', filters.detectionSource)
  among('severity', filters.severity)
  among('outcome', filters.outcome)
  compare('sender', '=', filters.sender)
  compare('import_id', '=', filters.importId)
  if (filters.possibleDuplicate !== undefined) parts.push(filters.possibleDuplicate ? sql`possible_duplicate` : sql`not possible_duplicate`)
  if (filters.hasNationalNumber !== undefined) parts.push(filters.hasNationalNumber ? sql`national_number is not null` : sql`national_number is null`)
  if (filters.duty) parts.push(sql`(${sql.join(filters.duty.map((state) => dutyIs(state, filters.today, write)), sql` or `)})`)
  if (search) parts.push(matching(search, write))
  return sql.join(parts, sql` and `)
}

export interface PageOf {
  readonly filters: Filters
  readonly search: Search | undefined
  readonly order: Order
  readonly limit: number
  readonly after: Place | undefined
}

/** Where a reader's rights are, for the planner: the policy sees to them. */
const within = (ranges: readonly Range[]): Sql =>
  sql`(false${sql.join(ranges.map(({ lo, hi }) => sql` or area_pos between ${sql.lit(lo)} and ${sql.lit(hi)}`), sql``)})`

/** What a number finds is sorted up to here, and beyond it walked in the order of the list. */
const SORTED = 20_000

/**
 * A page of the list. The area is stated once, by the policy of the transaction's scope; where the reader's rights are several
 * ranges, each is walked on its own index order and the pages are joined: one range between them would cover their neighbours. The
 * bounds are written out: from parameters the planner could not tell a commune from a province, and sorted a million cases for a page.
 * A search has an index of its own, which is read once for all ranges. Numbers follow one another as the days do: walked from the newest
 * day, the cases of an early number come last, which no statistics tell the planner. So they are gathered first, unless they are many.
 */
export const listPage = async (tx: Tx, page: PageOf, ranges: readonly Range[]): Promise<ListedCase[]> => {
  const { filters, search, order, limit, after } = page
  const conditions = sql`${where(filters, search, asParameter)}${after ? sql` and ${beyond(order, after)}` : sql``}`
  const tail = sql`order by ${orderBy(order)} limit ${limit}`
  const asked = sql`${within(ranges)} and ${conditions}`
  if (search && isNumber(search)) {
    const gathered = await tx.rows(sql<ListedCase & { readonly gathered: number }>`
      select ${ROW}, count(*) over () as gathered from (select * from case_record where ${asked} limit ${SORTED}) c ${tail}`)
    if ((gathered[0]?.gathered ?? 0) < SORTED) return gathered
  }
  if (ranges.length === 1 || search) return tx.rows(sql<ListedCase>`select ${ROW} from case_record where ${asked} ${tail}`)
  const pages = ranges.map((range) => sql`(select * from case_record where ${within([range])} and ${conditions} ${tail})`)
  return tx.rows(sql<ListedCase>`select ${ROW} from (${sql.join(pages, sql` union all `)}) c ${tail}`)
}

/** How many cases there are, but no more than one above the limit. */
export const countUpTo = async (tx: Tx, filters: Filters, search: Search | undefined, ranges: readonly Range[]): Promise<number> =>
  (await tx.first(sql<{ n: number }>`
    select count(*) as n from (select from case_record where ${within(ranges)} and ${where(filters, search, asParameter)} limit ${COUNT_LIMIT + 1}) as c`))?.n ?? 0

/** Names of the areas an export may meet, by id: the tree lives in memory, so they travel with the statement. */
export interface AreaLabel {
  readonly id: number
  readonly name: string
  readonly level: string
}
/** CSV with headings for the reader, or lines of text for a program. */
export type CopyFormat = 'csv' | 'text'

/** Column of the id, and the level it is of; a residence may be of any. */
const NAMED_AREA: Readonly<Record<string, readonly [column: string, level?: string]>> = {
  areaName: ['area_id'], districtName: ['district_id', 'district'], provinceName: ['province_id', 'province'], communeName: ['commune_id', 'commune'], hamletName: ['hamlet_id', 'hamlet'],
}
/** So few are compared one by one faster than they are looked up. */
const FEW = 40
/** The day of birth where it is known, else the year; completed years on the reporting day. */
const MADE: Readonly<Record<string, string>> = {
  birth: `coalesce(to_char(birth_on, 'DD/MM/YYYY'), birth_year::text)`,
  age: 'case when birth_on is null then extract(year from reported_on)::int - birth_year else extract(year from age(reported_on, birth_on))::int end',
}

/** Streams the cases straight from the server under the reader's role. */
export const copyCases = (
  tx: Tx, filters: Filters, search: Search | undefined, order: Order, fields: readonly ExportField[], areas: readonly AreaLabel[], format: CopyFormat,
): Promise<Readable> => {
  const nameOf = (column: string, level: string | undefined): Sql => {
    const named = level === undefined ? areas : areas.filter((area) => area.level === level)
    if (named.length === 0) return sql`null::text`
    if (named.length <= FEW) return sql`case ${sql.raw(column)} ${sql.join(named.map(({ id, name }) => sql`when ${sql.raw(String(id))} then ${sql.lit(name)}`), sql` `)} end`
    return sql`${sql.lit(JSON.stringify(Object.fromEntries(named.map(({ id, name }) => [id, name]))))}::jsonb ->> ${sql.raw(column)}::text`
  }
  const valueOf = ({ field, words }: ExportField): Sql => {
    const area = NAMED_AREA[field]
    if (area) return nameOf(...area)
    const value = sql.raw(MADE[field] ?? columnOf(field as keyof CaseRecord))
    if (!words) return value
    return sql`case ${value} ${sql.join(Object.entries(words).map(([one, word]) => sql`when ${sql.lit(one)} then ${sql.lit(word)}`), sql` `)} end`
  }
  const shown = fields.map((one, index) => sql`${valueOf(one)} as ${sql.id(format === 'csv' ? one.heading : `c${index}`)}`)
  return tx.copyOut(sql`copy (
    select ${sql.join(shown)} from case_record where ${where(filters, search, asLiteral)} order by ${orderBy(order)}
  ) to stdout (${sql.raw(format === 'csv' ? 'format csv, header' : 'format text')})`)
}

/** Keys of the cases the filters leave that were recorded by an instant, in the order of the key. */
export const walkCases = async (tx: Tx, filters: Filters, search: Search | undefined, by: Instant, after: Id | undefined, limit: number): Promise<Id[]> =>
  (await tx.rows(sql<{ id: Id }>`select id from case_record where ${where(filters, search, asParameter)} and recorded_at <= ${by}
    ${after ? sql`and id > ${after}` : sql``} order by id limit ${limit}`)).map(({ id }) => id)

export interface ListedPair {
  readonly id: Id
  readonly foundAt: string
  readonly caseId: Id
  readonly otherId: Id
}

/** The duplicate queue, newest first. */
export const openPairs = (tx: Tx, limit: number, after: Place | undefined): Promise<ListedPair[]> =>
  tx.rows(sql<ListedPair>`
    select id, found_at as "foundAt", case_id as "caseId", other_id as "otherId" from case_duplicate
    where cleared_at is null ${after ? sql`and (found_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by found_at desc, id desc limit ${limit}`)

/** Cases by key, as the list shows them; those the reader may not see are left out. */
export const listedByIds = async (tx: Tx, ids: readonly Id[]): Promise<Map<Id, ListedCase>> =>
  new Map((await tx.rows(sql<ListedCase>`select ${ROW} from case_record where id = any(${ids}::uuid[])`)).map((row) => [row.id, row]))
