import { expect, test } from 'vitest'
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
