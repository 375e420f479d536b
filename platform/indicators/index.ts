export * from './indicator-store.ts'
