/** A UUIDv7 in lower-case text (RFC 9562 §5.7). */
export type Id = string

/**
 * Builds a UUIDv7 from a moment and ten random bytes; the caller owns clock and randomness
 * (`newId()` of #platform/clock on the server, of #web in the browser).
 * Errors: throws RangeError when fewer than ten bytes are given.
 */
export const uuidV7 = (unixMilliseconds: number, random: Uint8Array): Id => {
  if (random.length < 10) throw new RangeError('ten random bytes are needed')
  const time = Math.floor(unixMilliseconds).toString(16).padStart(12, '0')
  const bytes = Array.from(random.subarray(0, 10))
  bytes[0] = ((bytes[0] as number) & 0x0f) | 0x70
  bytes[2] = ((bytes[2] as number) & 0x3f) | 0x80
  const tail = bytes.map((b) => b.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8, 20)}`
}

/** Whether a text is a UUID. Example: `isId('x') === false`. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
