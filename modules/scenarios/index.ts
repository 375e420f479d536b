import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export const scenarios: Module = { name: 'scenarios', text, routes }
