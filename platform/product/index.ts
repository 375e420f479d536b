export * from './product.ts'
export * from './terminal.ts'
export { text as productText } from './text.ts'
