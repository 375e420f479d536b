import pg from 'pg'

/** What pg calls of a statement when its answer comes, and does not declare. */
interface Statement extends pg.Query {
  readonly name?: string | undefined
  readonly text: string
  handleRowDescription(message: object): void
  handleDataRow(message: object): void
  handleCommandComplete(message: object, connection: pg.Connection): void
  handleReadyForQuery(connection: pg.Connection): void
  handleError(error: Error, connection: pg.Connection): void
}

interface Named extends pg.Connection {
  /** Statements by name whose parsing was asked for. */
  readonly submittedNamedStatements: Record<string, string>
}

/**
 * Statements that go to the server in one packet and are answered in one: pg sends a Sync after each statement, and the server answers
 * each Sync by itself; here one Sync ends them all (PostgreSQL, "Pipelining"). When one fails those after it are not run, and fail with it.
 */
export class Batch implements pg.Submittable {
  readonly #statements: Statement[] = []
  readonly #begun: () => void
  #answering = 0

  /** `begun` is told when the batch leaves: nothing can be added any more. */
  constructor(begun: () => void) {
    this.#begun = begun
  }

  add<R extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<R>> {
    return new Promise((resolve, reject) => {
      const answered = (error: Error | null | undefined, result: pg.QueryResult<R>): void => (error ? reject(error) : resolve(result))
      // Given as an object it would be copied, property descriptor by property descriptor, which costs more than all else here.
      const statement = new pg.Query(config.text, config.values, answered) as Statement
      this.#statements.push(Object.assign(statement, { name: config.name, queryMode: 'extended' }))
    })
  }

  /** pg notes that the statement answering was parsed under its name. */
  get name(): string | undefined {
    return this.#statements[this.#answering]?.name
  }
  get text(): string | undefined {
    return this.#statements[this.#answering]?.text
  }
  /** pg hands a statement the place for its answer; ours have theirs already. */
  readonly callback = (): void => {}

  readonly submit = (connection: pg.Connection): void => {
    this.#begun()
    const unsynced = Object.create(connection, { sync: { value: () => {} } }) as pg.Connection
    connection.stream.cork()
    for (const statement of this.#statements) statement.submit(unsynced)
    connection.sync()
    connection.stream.uncork()
  }
  handleRowDescription(message: object): void {
    this.#statements[this.#answering]?.handleRowDescription(message)
  }
  handleDataRow(message: object): void {
    this.#statements[this.#answering]?.handleDataRow(message)
  }
  handleCommandComplete(message: object, connection: pg.Connection): void {
    this.#statements[this.#answering++]?.handleCommandComplete(message, connection)
  }
  handleReadyForQuery(connection: pg.Connection): void {
    for (const statement of this.#statements) statement.handleReadyForQuery(connection)
  }
  handleError(error: Error, connection: Named): void {
    // On a lost connection it fails without ever having left.
    this.#begun()
    const run = this.#statements.slice(0, this.#answering)
    for (const statement of run) statement.handleReadyForQuery(connection)
    for (const statement of this.#statements.slice(this.#answering)) {
      // It was never parsed: the next to use it must have it parsed.
      if (statement.name !== undefined) delete connection.submittedNamedStatements[statement.name]
      statement.handleError(error, connection)
    }
  }
}
