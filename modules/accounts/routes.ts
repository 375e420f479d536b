import { ok } from '#base'
import type { Actor } from '#platform/access'
import { listAudit as readAudit, recordEvent, verifyAudit as recomputeAudit } from '#platform/audit'
import { SYNTHETIC_SOURCE } from '#demo'
import { perform } from '#platform/commands'
import { EVERYWHERE } from '#platform/db'
import { serve, type App, type Asked } from '#platform/http'
import { holdsImportsOf } from '#platform/import'
import { allAccounts } from './account-store.ts'
import * as contract from './contract.ts'
import { linkCommand, openAccountsCommand, setGrantsCommand, setStatusCommand } from './manage-accounts.ts'

const shown = (app: App, grants: readonly { readonly role: Actor['grants'][number]['role']; readonly areaId: number }[]) =>
  grants.map(({ role, areaId }) => {
    const area = app.areas.tree().byId(areaId)
    return { role, areaId, areaCode: area?.code ?? '', areaName: area?.name ?? '' }
  })

const session = async (app: App, { id, username, name, grants }: Actor) => ({
  actor: { id, username, name, grants: shown(app, grants) },
  synthetic: await app.database.read(EVERYWHERE, (tx) => holdsImportsOf(tx, SYNTHETIC_SOURCE)),
})

const welcomeLink = (app: App, asked: Pick<Asked<unknown>, 'raw'>, token: string): string =>
  `${app.config.publicUrl ?? `${asked.raw.protocol}://${asked.raw.host}`}/welcome#token=${token}`

export const routes = (app: App): void => {
  const { signIn } = app
  serve(app, contract.getSession, async ({ actor }) => ok(await session(app, actor)))
  serve(app, contract.enter, async ({ body, reply }) => {
    const entered = await signIn.enter(body.username, body.password)
    if (!entered.ok) return entered
    void reply.header('set-cookie', [...entered.value.cookies])
    await recordEvent(app.database, app.clock, 'session.enter', entered.value.actor.id)
    return ok(await session(app, entered.value.actor))
  })
  serve(app, contract.leave, async ({ raw, reply }) => {
    void reply.header('set-cookie', [...(await signIn.leave(raw.headers))])
    return ok(null)
  })
  serve(app, contract.welcome, async ({ body }) => signIn.welcome(body.token, body.password))
  serve(app, contract.changePassword, async ({ body, raw, reply }) => {
    const changed = await signIn.changePassword(raw.headers, body.current, body.next)
    if (!changed.ok) return changed
    void reply.header('set-cookie', [...changed.value])
    return ok(null)
  })

  serve(app, contract.listAccounts, async ({ scope, actor }) => {
    const accounts = await app.database.read(scope, allAccounts)
    const ranges = actor.grants.filter((grant) => contract.accountManage.roles.includes(grant.role)).flatMap((grant) => grant.ranges)
    const inside = (areaId: number): boolean => {
      const area = app.areas.tree().byId(areaId)
      return area !== undefined && ranges.some((range) => range.lo <= area.pos && area.posEnd <= range.hi)
    }
    return ok({
      accounts: accounts.filter((account) => account.grants.some((grant) => inside(grant.areaId)))
        .map((account) => ({ ...account, grants: shown(app, account.grants) })),
    })
  })
  serve(app, contract.openAccounts, async (asked) => {
    const opened = await perform(app, openAccountsCommand, { actor: asked.actor, id: asked.commandId, body: asked.body })
    if (!opened.ok) return opened
    const names = new Map(asked.body.accounts.map(({ username, name }) => [username, name]))
    return ok({
      accounts: await Promise.all(opened.value.accounts.map(async ({ id, username }) => ({
        id, username, name: names.get(username) ?? username, link: welcomeLink(app, asked, await signIn.link(id)),
      }))),
    })
  })
  // Sessions are remembered for seconds: a change of rights must not wait for that.
  serve(app, contract.setGrants, async ({ actor, commandId, body, params }) => {
    const done = await perform(app, setGrantsCommand, { actor, id: commandId, body: { ...body, id: params.id } })
    signIn.forget()
    return done
  })
  serve(app, contract.setStatus, async ({ actor, commandId, body, params }) => {
    const done = await perform(app, setStatusCommand, { actor, id: commandId, body: { ...body, id: params.id } })
    if (done.ok) await signIn.expel(params.id)
    return done
  })
  serve(app, contract.newLink, async (asked) => {
    const allowed = await perform(app, linkCommand, { actor: asked.actor, id: asked.commandId, body: asked.params })
    return allowed.ok ? ok({ link: welcomeLink(app, asked, await signIn.link(asked.params.id)) }) : allowed
  })

  serve(app, contract.listAudit, async ({ scope, query }) => {
    const { entries, names } = await app.database.read(scope, async (tx) => ({
      entries: await readAudit(tx, query.before, query.limit), names: new Map((await allAccounts(tx)).map(({ id, username }) => [id, username])),
    }))
    return ok({ entries: entries.map(({ commandId, name, actor, areaPos, recordedAt }) => ({
      commandId, name, actor: names.get(actor) ?? actor, recordedAt, areaName: app.areas.tree().at(areaPos)?.name ?? null,
    })) })
  })
  serve(app, contract.verifyAudit, async () => ok(await recomputeAudit(app.database)))
}
