import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export const jobs: Module = { name: 'jobs', text, routes }
