import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileKeys, keyHash } from './run-keys.ts'

test('a file’s keys say the same as a set of all texts would', () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (texts) => {
    const keys = new FileKeys()
    const first = new Map<string, number>()
    for (const [row, text] of texts.entries()) {
      const claimed = keys.claim(row, [{ key: text, field: 'f', code: 'duplicate' }])
      expect(claimed?.row).toBe(first.get(text))
      if (!first.has(text)) first.set(text, row)
    }
  }))
})

test('no two of a million numbers share a hash, and every hash is a safe whole number', () => {
  const seen = new Set<number>()
  for (let i = 0; i < 1_000_000; i++) seen.add(keyHash(`number BN${i}`))
  expect(seen.size).toBe(1_000_000)
  for (const hash of seen) if (!Number.isSafeInteger(hash) || hash < 0) throw new Error(String(hash))
})
