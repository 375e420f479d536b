import { ok, problem, refuse, type Result } from '#base'
import pg from 'pg'
import { APP } from './server.ts'

/** The oldest PostgreSQL the product is tested on. */
const OLDEST = 150_000

interface Facts {
  role: string
  version: number
  encoding: string
  database: string
  superuser: boolean
  may_create_roles: boolean
  may_create: boolean
  may_create_in_public: boolean
  app_exists: boolean
  app_unbound: boolean
  trigram_installed: boolean
  trigram_available: boolean
}

const FACTS = `
  select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding, current_database() as database, current_user as role,
    r.rolsuper as superuser, r.rolsuper or r.rolcreaterole as may_create_roles,
    has_database_privilege(current_database(), 'create') as may_create,
    has_schema_privilege('public', 'create') as may_create_in_public,
    exists (select from pg_roles where rolname = '${APP}') as app_exists,
    exists (select from pg_roles where rolname = '${APP}' and (rolsuper or rolbypassrls)) as app_unbound,
    exists (select from pg_extension where extname = 'pg_trgm') as trigram_installed,
    exists (select from pg_available_extensions where name = 'pg_trgm') as trigram_available
  from pg_roles r where r.rolname = current_user`

/**
 * Makes a database ready for the migrations: version and encoding, the role luytre_app, the rights to create.
 * What the owner may not do itself is answered as SQL for an administrator to type.
 * Problems: `server_too_old`, `server_not_utf8`, `no_trigram`, `owner_is_app`, `rights_missing` (with the statements).
 */
export const provision = async (client: pg.ClientBase, appPassword: string | undefined): Promise<Result<void>> => {
  const facts = (await client.query<Facts>(FACTS)).rows[0]
  if (!facts) throw new Error('the server does not know the role connected as')
  if (facts.version < OLDEST) return refuse(problem('server_too_old', { params: { version: String(facts.version / 10_000 | 0) } }))
  if (facts.encoding !== 'UTF8') return refuse(problem('server_not_utf8', { params: { encoding: facts.encoding } }))
  if (!facts.trigram_installed && !facts.trigram_available) return refuse(problem('no_trigram'))

  if (facts.role === APP) return refuse(problem('owner_is_app'))
  const owner = client.escapeIdentifier(facts.role)
  const database = client.escapeIdentifier(facts.database)
  const password = appPassword === undefined ? '' : ` password ${client.escapeLiteral(appPassword)}`
  const missing: string[] = []
  if (!facts.app_exists) {
    const create = `create role ${APP} login nosuperuser nobypassrls${password}`
    if (facts.may_create_roles) await client.query(create)
    else missing.push(create)
  } else if (facts.app_unbound) {
    missing.push(`alter role ${APP} nosuperuser nobypassrls`)
  }
  if (!facts.may_create) missing.push(`grant create on database ${database} to ${owner}`)
  if (!facts.may_create_in_public) missing.push(`grant create on schema public to ${owner}`)
  if (missing.length > 0) return refuse(rightsMissing(missing))

  // A database may have been closed to everyone; ours to open to the product when we own it, a no-op elsewhere.
  await client.query(`grant connect, temporary on database ${database} to ${APP}`)
  return ok(undefined)
}

/** The problem that prints what to type. */
export const rightsMissing = (statements: readonly string[]): ReturnType<typeof problem> =>
  problem('rights_missing', { status: 403, params: { sql: statements.map((statement) => `  ${statement};`).join('\n') } })

/** Lets the trigram index work under row-level security, where the owner is a superuser (see BACKENDS). */
export const makeLikeLeakproof = async (client: pg.ClientBase): Promise<void> => {
  await client.query(`
    do $$ begin
      if (select rolsuper from pg_roles where rolname = current_user)
        and not (select proleakproof from pg_proc where oid = 'pg_catalog.textlike(text, text)'::regprocedure)
      then alter function pg_catalog.textlike(text, text) leakproof; end if;
    end $$`)
}
