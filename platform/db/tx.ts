import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Readable, Writable } from 'node:stream'
import { Batch } from './batch.ts'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely'

export { sql } from 'kysely'

// Days stay days and instants stay text: a JavaScript Date would move a day with the zone of the machine.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

// Kysely writes the SQL and never runs it: connections, roles and transactions are ours.
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** One transaction: everything a store may ask of the database. */
export interface Tx {
  /** Rows of a query written with the `sql` tag. One that is asked often has a name, and always the same text: it is planned once a connection, for any values. */
  rows<R>(query: RawBuilder<R>, name?: string): Promise<R[]>
  /** The first row, or nothing. */
  first<R>(query: RawBuilder<R>): Promise<R | undefined>
  /** Runs a statement; the number of rows it touched. */
  run(query: RawBuilder<unknown>): Promise<number>
  /** A hot statement under a name: parsed and planned once a connection. */
  prepared<R>(name: string, text: string, values: readonly unknown[]): Promise<R[]>
  /**
   * A hot statement that writes and whose answer nobody needs: it leaves together with the next one or the end, and the transaction fails when it
   * fails. Those sent one after another become one statement, so none of them sees what another writes, and none begins with `with`.
   */
  send(name: string, text: string, values: readonly unknown[]): void
  /** `COPY … FROM STDIN`: write text format lines to it. */
  copyIn(statement: string): Promise<Writable>
  /** `COPY … TO STDOUT`. The protocol takes no parameters here: every value is a literal (`sql.lit`). */
  copyOut(statement: string | RawBuilder<unknown>): Promise<Readable>
}

const withoutParameters = (query: RawBuilder<unknown>): string => {
  const compiled = query.compile(compiler)
  if (compiled.parameters.length > 0) throw new Error('COPY takes no parameters')
  return compiled.sql
}

/** A transaction as the one who ends it has it. */
export interface OpenTx extends Tx {
  /** Asks for its end; the command that PostgreSQL carried out. */
  readonly end: (command: 'commit' | 'rollback') => Promise<string>
  /** Throws the failure of the first statement that failed while nobody waited for it. */
  readonly heard: () => Promise<unknown>
}

interface Sent {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** Joined statements by the names of their parts; there are as many as commands write differently. */
const joined = new Map<string, pg.QueryConfig>()

/** Many statements as one (data-modifying WITH): the server opens and ends one instead of each. */
const join = (sent: readonly Sent[]): pg.QueryConfig => {
  const key = sent.map(({ name }) => name).join(' ')
  let statement = joined.get(key)
  if (!statement) {
    let before = 0
    const texts = sent.map(({ text, values }) => {
      const shifted = text.replace(/\$(\d+)/g, (_, number) => `$${before + Number(number)}`)
      before += values.length
      return shifted
    })
    const [first, ...others] = texts
    // PostgreSQL runs the statement itself and then those of its WITH from the last to the first: so they lock rows in the order they were sent.
    const parts = others.map((text, n) => `part${n} as (${text})`).toReversed()
    // It cuts names after 63 bytes: the key would be too long for one.
    statement = { name: `joined ${joined.size}`, text: parts.length === 0 ? `${first}` : `with ${parts.join(', ')} ${first}` }
    joined.set(key, statement)
  }
  return { ...statement, values: sent.flatMap(({ values }) => values) }
}

/**
 * A transaction on a connection; `beginning` opens it. Statements asked for in one turn of the event loop travel together, the beginning
 * with the first of them.
 */
export const txOn = (client: pg.ClientBase, beginning: readonly pg.QueryConfig[] = []): OpenTx => {
  let batch: Batch | undefined
  /** Answers come in the order of the statements: whoever has the last has all. */
  let last: Promise<unknown> = Promise.resolve()
  let unheard: Promise<unknown> = last
  let sent: Sent[] = []
  const travel = <R extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<pg.QueryResult<R>> => {
    if (!batch) {
      const collecting = new Batch(() => {
        if (batch === collecting) batch = undefined
      })
      batch = collecting
      process.nextTick(() => client.query(collecting))
    }
    const answer = batch.add<R>(statement)
    last = answer
    return answer
  }
  const unawaited = (statement: pg.QueryConfig): void => {
    const earlier = unheard
    unheard = Promise.all([earlier, travel(statement)])
    unheard.catch(LATER)
  }
  /** What was sent leaves before the next statement. */
  const leave = (): void => {
    if (sent.length === 0) return
    unawaited(join(sent))
    sent = []
  }
  const ask = <R extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<pg.QueryResult<R>> => {
    leave()
    return travel<R>(statement)
  }
  const query = <R>(statement: RawBuilder<R>, name?: string): Promise<pg.QueryResult<R & pg.QueryResultRow>> => {
    const { sql: text, parameters } = statement.compile(compiler)
    return ask({ ...(name === undefined ? {} : { name }), text, values: [...parameters] })
  }
  /** COPY waits for the statements under way. */
  const alone = async <S extends pg.Submittable>(copy: S): Promise<S> => {
    leave()
    await last.catch(LATER)
    return client.query(copy)
  }
  for (const statement of beginning) unawaited(statement)
  return {
    rows: async (statement, name) => (await query(statement, name)).rows,
    first: async (statement) => (await query(statement)).rows[0],
    run: async (statement) => (await query(statement)).rowCount ?? 0,
    prepared: async <R>(name: string, text: string, values: readonly unknown[]) =>
      (await ask<R & pg.QueryResultRow>({ name, text, values: [...values] })).rows,
    send: (name, text, values) => void sent.push({ name, text, values }),
    copyIn: (statement) => alone(copyFrom(statement)),
    copyOut: (statement) => alone(copyTo(typeof statement === 'string' ? statement : withoutParameters(statement))),
    end: async (command) => (await ask({ name: command, text: command })).command,
    heard: () => unheard,
  }
}

/** A failure is thrown by `heard`; until then nobody may be listening. */
const LATER = (): void => {}
