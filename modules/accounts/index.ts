import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export { FIRST_ACCOUNT, openFirstAccount } from './open-first-account.ts'

export const accounts: Module = { name: 'accounts', text, routes }
