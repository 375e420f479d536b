export * from './config.ts'
export * from './data-folder.ts'
export * from './kept-secret.ts'
export { text } from './text.ts'
