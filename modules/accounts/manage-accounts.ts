import { z } from 'zod'
import { ok, problem, refuse, type Problem, type Result, type Role } from '#base'
import { newId } from '#platform/clock'
import { command, type CommandContext } from '#platform/commands'
import { accountManage, newAccounts, setGrants, setStatus } from './contract.ts'
import { findAccount, insertAccount, replaceGrants, setDisabled, takenUsernames } from './account-store.ts'

type Wanted = readonly { readonly role: Role; readonly areaId: number }[]

/** R2: nobody gives, takes or ends a right beyond the area they administer. */
const beyondOwn = (context: CommandContext, grants: Wanted): Problem | undefined => {
  for (const { areaId } of grants) {
    const area = context.areas.byId(areaId)
    if (!area) return problem('unknown_area', { field: 'grants', params: { area: areaId } })
    if (!context.permits(area.pos, area.posEnd)) return problem('grant_beyond_own', { status: 403, field: 'grants' })
    context.areaPos = area.pos
  }
  return undefined
}

/** Opens accounts, all or none; their rights are in the same transaction as the audit row. */
export const openAccountsCommand = command({
  name: 'accounts.open',
  permission: accountManage,
  body: newAccounts,
  perform: async (context, { accounts }): Promise<Result<{ accounts: { id: string; username: string }[] }>> => {
    const seen = new Set<string>()
    const faults: Problem[] = []
    for (const [index, { username, grants }] of accounts.entries()) {
      const fault = beyondOwn(context, grants)
      if (fault) faults.push({ ...fault, field: `accounts/${index}/grants` })
      const key = username.toLowerCase()
      if (seen.has(key)) faults.push(problem('username_twice', { field: `accounts/${index}/username`, params: { username } }))
      seen.add(key)
    }
    const taken = await takenUsernames(context.tx, [...seen])
    for (const [index, { username }] of accounts.entries()) {
      if (taken.has(username.toLowerCase())) faults.push(problem('username_taken', { status: 409, field: `accounts/${index}/username`, params: { username } }))
    }
    const first = faults[0]
    if (first) return refuse(faults.length === 1 ? first : problem('invalid_input', { problems: faults }))
    const opened: { id: string; username: string }[] = []
    for (const { username, name, grants } of accounts) {
      const id = newId()
      await insertAccount(context.tx, { id, username, name }, context.at)
      await replaceGrants(context.tx, id, grants, context.actor.id, context.at)
      opened.push({ id, username })
    }
    return ok({ accounts: opened })
  },
})

const id = z.object({ id: z.string() })

export const setGrantsCommand = command({
  name: 'accounts.grant',
  permission: accountManage,
  body: id.extend((setGrants.body as NonNullable<typeof setGrants.body>).shape),
  perform: async (context, { id, grants }): Promise<Result<null>> => {
    const account = await findAccount(context.tx, id)
    if (!account) return refuse(problem('unknown_account', { status: 404 }))
    const fault = beyondOwn(context, [...account.grants, ...grants])
    if (fault) return refuse(fault)
    await replaceGrants(context.tx, id, grants, context.actor.id, context.at)
    return ok(null)
  },
})

export const setStatusCommand = command({
  name: 'accounts.status',
  permission: accountManage,
  body: id.extend((setStatus.body as NonNullable<typeof setStatus.body>).shape),
  perform: async (context, { id, disabled }): Promise<Result<null>> => {
    if (id === context.actor.id) return refuse(problem('own_account'))
    const account = await findAccount(context.tx, id)
    if (!account) return refuse(problem('unknown_account', { status: 404 }))
    const fault = beyondOwn(context, account.grants)
    if (fault) return refuse(fault)
    await setDisabled(context.tx, id, disabled ? context.at : null, context.actor.id)
    return ok(null)
  },
})

/** Recorded before the link is made: who asked for a new way into whose account. */
export const linkCommand = command({
  name: 'accounts.link',
  permission: accountManage,
  body: id,
  perform: async (context, { id }): Promise<Result<{ id: string }>> => {
    const account = await findAccount(context.tx, id)
    if (!account) return refuse(problem('unknown_account', { status: 404 }))
    const fault = beyondOwn(context, account.grants)
    return fault ? refuse(fault) : ok({ id })
  },
})
