import type { RowKey } from './importer.ts'

/** A 53-bit hash of a text (FNV-1a beside a second multiplicative hash): two of a million keys meet in one file of ten thousand. */
export const keyHash = (text: string): number => {
  let low = 0x811c9dc5
  let high = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 15)
  }
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0)
}

/**
 * The keys of a file's rows as far as it was read, for the preview: hashes, because a million texts would not fit beside
 * everything else. A commit does not need it: there the registry's own keys decide.
 */
export class FileKeys {
  readonly #rows = new Map<number, number>()
  readonly #days = new Map<number, number>()

  /** The key that an earlier row has already, and that row; else the keys are this row's from now on. */
  claim(row: number, keys: readonly RowKey[]): { readonly key: RowKey; readonly row: number } | undefined {
    const hashes = keys.map(({ key }) => keyHash(key))
    for (const [i, key] of keys.entries()) {
      const earlier = this.#rows.get(hashes[i] as number)
      if (earlier !== undefined && this.#isNear(hashes[i] as number, key)) return { key, row: earlier }
    }
    for (const [i, key] of keys.entries()) {
      this.#rows.set(hashes[i] as number, row)
      if (key.day !== undefined) this.#days.set(hashes[i] as number, key.day)
    }
    return undefined
  }

  #isNear(hash: number, { day, within }: RowKey): boolean {
    const earlier = this.#days.get(hash)
    return day === undefined || within === undefined || earlier === undefined || Math.abs(day - earlier) <= within
  }
}
