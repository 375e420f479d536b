import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export { noticeHours, resolutionOf } from './resolution.ts'

export const announcements: Module = { name: 'announcements', text, routes }
