import { expect, test } from 'vitest'
import { keptThreads } from './kept-threads.ts'
import { inThreads } from './threads.ts'

const file = new URL('./double.fixture.ts', import.meta.url)
const never = new AbortController().signal

test('answers come with their place, from as many threads as there are cores to spare', async () => {
  const answers: number[] = []
  await inThreads<number, number>(file, [1, 2, 3], { signal: never, onAnswer: (answer, index) => void (answers[index] = answer) })
  expect(answers).toEqual([2, 4, 6])
})

test('a throw in a thread is a throw here, and so is one of whoever keeps the answers', async () => {
  await expect(inThreads<number, number>(file, [1, -1], { signal: never, onAnswer: () => {} })).rejects.toThrow('negative')
  await expect(inThreads<number, number>(file, [1], { signal: never, onAnswer: () => Promise.reject(new Error('full')) })).rejects.toThrow('full')
})

test('an abort ends a thread that never would', async () => {
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 100)
  await inThreads<number, number>(file, [1_000_000], { signal: abort.signal, onAnswer: () => {} })
  expect(abort.signal.aborted).toBe(true)
})

test('kept threads answer again and again, more tasks than threads; a throw leaves them whole; what was aborted before its turn is not done', async () => {
  const threads = keptThreads<number, number>(file)
  const tasks = Array.from({ length: 3 * threads.count + 1 }, (_, n) => n)
  expect(await Promise.all(tasks.map((task) => threads.ask(task, never)))).toEqual(tasks.map((task) => 2 * task))
  await expect(threads.ask(-1, never)).rejects.toThrow('negative')
  expect(await threads.ask(21, never)).toBe(42)
  expect(await threads.ask(21, AbortSignal.abort())).toBeUndefined()
})
