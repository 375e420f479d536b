export { changesOf, Touched } from './changes-of.ts'
export { followOthers } from './elsewhere.ts'
export { openLive, type Change, type Live } from './notifier.ts'
