import type { Instant, Role } from '#base'
import { sql, type Tx } from '#platform/db'

export interface AccountRow {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly disabledAt: Instant | null
  readonly lastSignInAt: Instant | null
  readonly grants: readonly { readonly role: Role; readonly areaId: number }[]
}

export const allAccounts = (tx: Tx): Promise<AccountRow[]> =>
  tx.rows(sql<AccountRow>`
    select u.id, coalesce(u."displayUsername", u.username) as username, u.name, s.disabled_at as "disabledAt",
      (select max("createdAt") from auth.session where "userId" = u.id) as "lastSignInAt",
      coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'areaId', g.area_id) order by g.area_id, g.role)
        from account_grant g where g.user_id = u.id), '[]') as grants
    from auth."user" u left join account_status s on s.user_id = u.id
    order by u.name, u.username`)

export const findAccount = async (tx: Tx, id: string): Promise<AccountRow | undefined> => (await allAccounts(tx)).find((account) => account.id === id)

export const replaceGrants = async (
  tx: Tx, userId: string, grants: readonly { readonly role: Role; readonly areaId: number }[], by: string, at: Instant,
): Promise<void> => {
  await tx.run(sql`delete from account_grant where user_id = ${userId}`)
  for (const { role, areaId } of grants) {
    await tx.run(sql`insert into account_grant (user_id, role, area_id, granted_by, granted_at) values (${userId}, ${role}, ${areaId}, ${by}, ${at})
      on conflict do nothing`)
  }
}

export const setDisabled = async (tx: Tx, userId: string, disabledAt: Instant | null, by: string): Promise<void> => {
  await tx.run(sql`insert into account_status (user_id, disabled_at, disabled_by) values (${userId}, ${disabledAt}, ${by})
    on conflict (user_id) do update set disabled_at = excluded.disabled_at, disabled_by = excluded.disabled_by`)
}

/** Which of these usernames (lower case) are taken. */
export const takenUsernames = async (tx: Tx, usernames: readonly string[]): Promise<Set<string>> =>
  new Set((await tx.rows(sql<{ username: string }>`select username from auth."user" where username = any(${usernames})`)).map((row) => row.username))

/** Opens an account without a password: its first sign-in is by the one-time link. */
export const insertAccount = async (tx: Tx, account: { readonly id: string; readonly username: string; readonly name: string }, at: Instant): Promise<void> => {
  const key = account.username.toLowerCase()
  // better-auth keeps an address for every account; ours have none, and .invalid can never receive mail (RFC 2606).
  await tx.run(sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt", username, "displayUsername")
    values (${account.id}, ${account.name}, ${`${key}@luytre.invalid`}, true, ${at}, ${at}, ${key}, ${account.username})`)
}
