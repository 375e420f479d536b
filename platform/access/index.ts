export * from './actor.ts'
export * from './grants.ts'
export * from './sign-in.ts'
export * from './area-asked.ts'
