import { sql, type Database } from '#platform/db'

interface Table {
  readonly schema: string
  readonly name: string
  readonly comment: string | null
  readonly rowSecurity: boolean
  readonly options: readonly string[] | null
}
interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly default: string | null
  readonly comment: string | null
}
interface Line {
  readonly table: string
  readonly line: string
}

/** What is in the database after all migrations: tables of ours and of better-auth, by schema and name. */
export interface Schema {
  readonly tables: readonly (Table & { readonly columns: readonly Column[]; readonly lines: readonly string[] })[]
}

/** Reads the catalogue. PostgreSQL words its own definitions; they are the same from 15 on. */
export const readSchema = (database: Database): Promise<Schema> =>
  database.owner(async (tx) => {
    const tables = await tx.rows(sql<Table>`
      select n.nspname as schema, c.relname as name, obj_description(c.oid) as comment, c.relrowsecurity as "rowSecurity", c.reloptions as options
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('public', 'auth') order by 1, 2`)
    const columns = await tx.rows(sql<Column>`
      select format('%s.%s', n.nspname, c.relname) as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
        pg_get_expr(d.adbin, d.adrelid) as default, col_description(c.oid, a.attnum) as comment
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relkind in ('r', 'p') and n.nspname in ('public', 'auth') and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum`)
    // PostgreSQL 18 lists NOT NULL among the constraints; the column says it already.
    const constraints = await tx.rows(sql<Line>`
      select format('%s.%s', n.nspname, c.relname) as table, format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)) as line
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'auth') and k.contype <> 'n' order by k.contype desc, k.conname`)
    const indexes = await tx.rows(sql<Line>`
      select format('%s.%s', i.schemaname, i.tablename) as table, i.indexdef as line from pg_indexes i
      where i.schemaname in ('public', 'auth') and not exists (
        select 1 from pg_constraint k join pg_namespace n on n.oid = k.connamespace where k.conname = i.indexname and n.nspname = i.schemaname)
      order by i.indexname`)
    const policies = await tx.rows(sql<Line>`
      select format('%s.%s', schemaname, tablename) as table,
        format('policy %I for %s%s%s', policyname, lower(cmd), ' using ' || qual, ' with check ' || with_check) as line
      from pg_policies order by policyname`)
    const grants = await tx.rows(sql<Line>`
      select format('%s.%s', table_schema, table_name) as table, 'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type) || ' to luytre_app' as line
      from information_schema.role_table_grants where grantee = 'luytre_app' and table_schema in ('public', 'auth') group by 1, table_schema, table_name`)
    const of = (all: readonly Line[], table: string): string[] => all.filter((one) => one.table === table).map((one) => one.line)
    return {
      tables: tables.map((table) => {
        const name = `${table.schema}.${table.name}`
        return {
          ...table,
          columns: columns.filter((column) => column.table === name),
          lines: [...of(constraints, name), ...of(indexes, name), ...of(policies, name), ...of(grants, name)],
        }
      }),
    }
  })

/** The schema as text for review: not to be run, the migrations are. */
export const schemaText = ({ tables }: Schema): string =>
  [
    '-- Made by `npm run gen` from the migrations, for reading and for diffs. Not to be run.\n',
    ...tables.map((table) =>
      [
        `-- ${table.comment ?? 'a table of better-auth'}`,
        `create table ${table.schema}.${table.name} (`,
        table.columns
          .map(({ name, type, required, default: value }) => `  ${name} ${type}${required ? ' not null' : ''}${value === null ? '' : ` default ${value}`}`)
          .join(',\n'),
        `)${table.options ? ` with (${table.options.join(', ')})` : ''};`,
        ...(table.rowSecurity ? ['-- row-level security'] : []),
        ...table.lines.map((line) => `-- ${line}`),
        '',
      ].join('\n'),
    ),
  ].join('\n')

/** The data dictionary: every table and column of ours with its sentence. */
export const dictionaryText = ({ tables }: Schema): string =>
  [
    '# Data dictionary\n',
    'Made by `npm run gen` from the comments in the migrations. Tables of better-auth (schema `auth`) are described by that library.\n',
    ...tables.filter(({ schema }) => schema === 'public').map((table) =>
      [
        `## ${table.name}`,
        `${table.comment ?? ''}${table.rowSecurity ? ' — *row-level security by area*' : ''}\n`,
        '| column | type | | meaning |',
        '|---|---|---|---|',
        ...table.columns.map(({ name, type, required, comment }) => `| \`${name}\` | ${type} | ${required ? '' : 'may be null'} | ${comment ?? ''} |`),
        '',
      ].join('\n'),
    ),
  ].join('\n')

/** Tables and columns of ours without a sentence: the dictionary may have no holes. */
export const undescribed = ({ tables }: Schema): string[] =>
  tables.filter(({ schema }) => schema === 'public').flatMap((table) => [
    ...(table.comment === null ? [table.name] : []),
    ...table.columns.filter(({ comment }) => comment === null).map(({ name }) => `${table.name}.${name}`),
  ])
