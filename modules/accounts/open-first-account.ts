import { ok } from '#base'
import { randomBytes } from 'node:crypto'
import { appendAudit } from '#platform/audit'
import { newId, now } from '#platform/clock'
import { EVERYWHERE } from '#platform/db'
import type { App } from '#platform/http'
import { allAccounts, insertAccount, replaceGrants } from './account-store.ts'

/** The first account of an installation. */
export const FIRST_ACCOUNT = 'admin'

/**
 * On an installation without accounts, opens `admin`, administrator everywhere, and returns its password:
 * the configured one, else one made here, to be printed once.
 */
export const openFirstAccount = async (app: App): Promise<{ readonly username: string; readonly password: string; readonly made: boolean } | undefined> => {
  const id = newId(app.clock)
  const at = now(app.clock)
  const opened = await app.database.write(EVERYWHERE, async (tx) => {
    if ((await allAccounts(tx)).length > 0) return ok(false)
    await insertAccount(tx, { id, username: FIRST_ACCOUNT, name: 'Quản trị hệ thống' }, at)
    await replaceGrants(tx, id, [{ role: 'administrator', areaId: app.areas.country().id }], 'start', at)
    appendAudit(tx, {
      commandId: newId(app.clock), name: 'accounts.open-first', actor: 'start', areaPos: 0, bodySha256: Buffer.alloc(32), result: { id }, recordedAt: at,
    })
    return ok(true)
  })
  if (!opened.ok || !opened.value) return undefined
  const given = app.config.secrets.adminPassword
  const password = given ?? randomBytes(12).toString('base64url')
  const set = await app.signIn.welcome(await app.signIn.link(id), password)
  if (!set.ok) throw new Error(`the first password was refused: ${set.problem.code}`)
  return { username: FIRST_ACCOUNT, password, made: given === undefined }
}
