import { sql, type Tx } from './tx.ts'

/** Names the kind of file and the layout below it. */
export const FORMAT = 'luytre-backup-1'

/** First file of a backup: what it was taken from. */
export const HEADER = 'luytre.json'
export interface Header {
  readonly format: typeof FORMAT
  /** Version of the product that took it. */
  readonly product: string
  readonly postgresql: string
  readonly takenAt: string
  /** SHA-256 of every migration by name: the shape of the tables. */
  readonly migrations: Readonly<Record<string, string>>
  readonly tables: readonly Table[]
}

/** Last file of a backup: what must have been read by then. */
export const MANIFEST = 'manifest.json'
export interface Manifest {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly sha256: string }[]
  readonly sequences: readonly Sequence[]
}

/** Between them lies each table in the text format of COPY, in parts of some megabytes: `data/<schema>.<table>/000001`. */
export const partName = (table: string, part: number): string => `data/${table}/${String(part).padStart(6, '0')}`
/** The table that a part belongs to; nothing for the files around the parts. */
export const tableOfPart = (name: string): string | undefined => /^data\/(.+)\/\d{6}$/.exec(name)?.[1]

export interface Table {
  /** `schema.table`, as the parts are named. */
  readonly name: string
  /** The same, quoted for SQL. */
  readonly quoted: string
  /** Columns that hold data of their own, quoted and joined by commas. */
  readonly columns: string
}

export interface Sequence {
  readonly name: string
  readonly value: number
}

/** Our schemas: all but the system's; and no table that an extension brought. */
const OURS = sql`n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** Every table of the database in order of name, without the list of migrations, which the header carries. */
export const tablesOf = (tx: Tx): Promise<Table[]> =>
  tx.rows(sql<Table>`
    select n.nspname || '.' || c.relname as name, format('%I.%I', n.nspname, c.relname) as quoted,
      (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence <> 't' and ${OURS} and c.relname <> 'luytre_migration'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`)

/** Every sequence that was drawn from, and the last number drawn. */
export const sequencesOf = (tx: Tx): Promise<Sequence[]> =>
  tx.rows(sql<Sequence>`
    select format('%I.%I', schemaname, sequencename) as name, last_value as value from pg_sequences
    where last_value is not null order by 1`)

export interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** Every foreign key: a restore loads tables in any order, and checks them all at its end. */
export const foreignKeysOf = (tx: Tx): Promise<ForeignKey[]> =>
  tx.rows(sql<ForeignKey>`
    select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and ${OURS}
    order by 1, 2`)

/** Name and SHA-256 of the migrations a database has. */
export const migrationsOf = async (tx: Tx): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await tx.rows(sql<{ name: string; sha256: string }>`select name, sha256 from luytre_migration order by name`)).map((row) => [row.name, row.sha256]))

const NEWLINE = 0x0a

/** Rows in a piece of COPY text: a line break inside a value is written as an escape, so every one ends a row. */
export const rowsIn = (text: Buffer): number => {
  let rows = 0
  for (let at = text.indexOf(NEWLINE); at >= 0; at = text.indexOf(NEWLINE, at + 1)) rows += 1
  return rows
}
