export { answerTasks, inThreads, type ThreadOptions } from './threads.ts'
