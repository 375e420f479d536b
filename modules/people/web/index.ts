import type { Screen } from '#web'

export { text } from '../text.ts'

/** People have no desk of their own yet; their sentences are said by the screens of others. */
export const screens: readonly Screen[] = []
