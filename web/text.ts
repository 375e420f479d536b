import { texts } from '#base'
import { en } from './locales/en.ts'
import { vi } from './locales/vi.ts'

export const text = texts(vi, en)
