export { keptThreads, type KeptThreads } from './kept-threads.ts'
export { answerTasks, inThreads, type ThreadOptions } from './threads.ts'
