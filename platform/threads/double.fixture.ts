import { answerTasks } from './threads.ts'

answerTasks((task: number) => {
  if (task < 0) throw new Error('negative')
  if (task === 1_000_000) for (;;);
  return 2 * task
})
