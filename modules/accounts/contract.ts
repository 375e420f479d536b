import { z } from 'zod'
import { endpoint, permission, ROLES } from '#base'

/** Opening, changing and switching off accounts, and reading the audit. */
export const accountManage = permission('account.manage', 'administrator')
export const auditRead = permission('audit.read', 'administrator', 'commander')

const role = z.enum(ROLES)
const grant = z.object({ role, areaId: z.int() })
const shownGrant = grant.extend({ areaCode: z.string(), areaName: z.string() })
const username = z.string().min(2).max(60).regex(/^[a-zA-Z0-9._-]+$/)
const password = z.string().max(200)

const actor = z.object({ id: z.string(), username: z.string(), name: z.string(), grants: z.array(shownGrant) })
/** `synthetic`: made-up data are among those of this installation, and every screen must say so. */
const session = z.object({ actor, synthetic: z.boolean() })

export const getSession = endpoint({
  method: 'GET', path: '/api/session', permission: 'signed-in', summary: 'Who is signed in', response: session, problems: [],
})
export const enter = endpoint({
  method: 'POST', path: '/api/session', permission: 'public', summary: 'Sign in by username',
  body: z.object({ username: z.string().min(1), password: z.string().min(1) }), response: session,
  problems: ['wrong_password', 'too_many_tries'],
})
export const leave = endpoint({
  method: 'DELETE', path: '/api/session', permission: 'public', summary: 'Sign out', response: z.null(), problems: [],
})
export const welcome = endpoint({
  method: 'POST', path: '/api/session/welcome', permission: 'public', summary: 'Set a password with a one-time link',
  body: z.object({ token: z.string().min(1), password }), response: z.null(), problems: ['link_used', 'password_too_short'],
})
export const changePassword = endpoint({
  method: 'POST', path: '/api/session/password', permission: 'signed-in', summary: 'Change one’s own password',
  body: z.object({ current: z.string().min(1), next: password }), response: z.null(), problems: ['wrong_password', 'password_too_short'],
})

export const account = z.object({
  id: z.string(), username: z.string(), name: z.string(), disabledAt: z.string().nullable(), lastSignInAt: z.string().nullable(),
  grants: z.array(shownGrant),
})
export const listAccounts = endpoint({
  method: 'GET', path: '/api/accounts', permission: accountManage, summary: 'Accounts whose rights lie in the reader’s area',
  response: z.object({ accounts: z.array(account) }), problems: [],
})

export const newAccounts = z.object({
  accounts: z.array(z.object({ username, name: z.string().min(1).max(200), grants: z.array(grant).min(1) })).min(1).max(500),
})
export const openAccounts = endpoint({
  method: 'POST', path: '/api/accounts', permission: accountManage, summary: 'Open accounts, one or many; each gets a one-time link',
  body: newAccounts, response: z.object({ accounts: z.array(z.object({ id: z.string(), username: z.string(), name: z.string(), link: z.string() })) }),
  problems: ['username_taken', 'username_twice', 'unknown_area', 'grant_beyond_own'],
})
const id = z.object({ id: z.string() })
export const setGrants = endpoint({
  method: 'POST', path: '/api/accounts/:id/grants', permission: accountManage, summary: 'What an account may do and where', params: id,
  body: z.object({ grants: z.array(grant).min(1).max(50) }), response: z.null(), problems: ['unknown_account', 'unknown_area', 'grant_beyond_own'],
})
export const setStatus = endpoint({
  method: 'POST', path: '/api/accounts/:id/status', permission: accountManage, summary: 'Switch an account off or on', params: id,
  body: z.object({ disabled: z.boolean() }), response: z.null(), problems: ['unknown_account', 'grant_beyond_own', 'own_account'],
})
export const newLink = endpoint({
  method: 'POST', path: '/api/accounts/:id/link', permission: accountManage, summary: 'A new one-time link', params: id,
  body: z.object({}), response: z.object({ link: z.string() }), problems: ['unknown_account', 'grant_beyond_own'],
})

export const listAudit = endpoint({
  method: 'GET', path: '/api/audit', permission: auditRead, summary: 'What was done, newest first',
  query: z.object({ before: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
  response: z.object({ entries: z.array(z.object({
    commandId: z.string(), name: z.string(), actor: z.string(), areaName: z.string().nullable(), recordedAt: z.string(),
  })) }),
  problems: [],
})
export const verifyAudit = endpoint({
  method: 'POST', path: '/api/audit/verify', permission: auditRead, summary: 'Recompute the whole chain of the audit',
  body: z.object({}),
  response: z.object({ intact: z.boolean(), batches: z.int(), entries: z.int(), unsealed: z.int(), brokenAt: z.int().optional() }),
  problems: [],
})
