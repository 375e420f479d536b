import { sql, type Tx } from './tx.ts'

/** What may differ between PostgreSQL servers, and why the product cares. The only such list; code asks by these names. */
export const BACKENDS = {
  trigramSearch: {
    reason: 'Search by any part of a name uses a trigram index only when LIKE is leakproof under row-level security; a superuser says so once '
      + 'with ALTER FUNCTION textlike(text, text) LEAKPROOF. Elsewhere names are searched from their beginning, on a C-collated key.',
    check: sql<{ able: boolean }>`
      select proleakproof and exists (select from pg_extension where extname = 'pg_trgm') as able
      from pg_proc where oid = 'pg_catalog.textlike(text, text)'::regprocedure`,
  },
  superuser: {
    reason: 'The embedded server is ours alone; on another, the owner may be an ordinary role, and what needs more is printed as SQL to type.',
    check: sql<{ able: boolean }>`select rolsuper as able from pg_roles where rolname = current_user`,
  },
} as const

export type Capabilities = Readonly<Record<keyof typeof BACKENDS, boolean>>

/** Asks a server for every flag of the list. */
export const capabilitiesOf = async (tx: Tx): Promise<Capabilities> => ({
  trigramSearch: (await tx.first(BACKENDS.trigramSearch.check))?.able ?? false,
  superuser: (await tx.first(BACKENDS.superuser.check))?.able ?? false,
})
