import type { Screen } from '#web'

export { text } from '../text.ts'
export { RunBar, useRun } from './run-bar.tsx'

export const screens: readonly Screen[] = []
