/** One file of a tar archive. */
export interface TarEntry {
  readonly name: string
  readonly content: Buffer
}

/** Tar archives are made of blocks (POSIX.1-1988 ustar). Unit: bytes. */
const BLOCK = 512
/** No entry of ours is larger; a size beyond it is damage, not data. Unit: bytes. */
const LARGEST = 64 * 1024 * 1024

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK

const checksumOf = (header: Buffer): number => {
  // The checksum's own field counts as blanks.
  const blank = Buffer.from(header).fill(' ', 148, 156)
  return blank.reduce((sum, byte) => sum + byte, 0)
}

/** The bytes of one file in a tar archive, readable by its owner alone. Throws when the name is longer than 100 bytes. */
export const tarFile = (name: string, content: Buffer): Buffer => {
  if (Buffer.byteLength(name) > 100) throw new Error(`too long a name for tar: ${name}`)
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0)
  header.write(octal(0o600, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(content.length, 12), 124)
  header.write(octal(0, 12), 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc(padding(content.length))])
}

/** Two empty blocks end an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

/** Bytes of a stream in pieces of a wanted size; fewer at its end. */
const pieces = (stream: AsyncIterable<Buffer>): ((size: number) => Promise<Buffer>) => {
  const source = stream[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let length = 0
  return async (size) => {
    while (length < size) {
      const next = await source.next()
      if (next.done) break
      held.push(next.value)
      length += next.value.length
    }
    const all = Buffer.concat(held)
    const piece = all.subarray(0, size)
    held = [all.subarray(piece.length)]
    length -= piece.length
    return piece
  }
}

/** The files of a tar archive, one after the other. Throws where the archive is damaged or ends early. */
export async function* tarEntries(stream: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const take = pieces(stream)
  for (;;) {
    const header = await take(BLOCK)
    if (header.length === BLOCK && header.every((byte) => byte === 0)) return
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    if (header.length < BLOCK || checksumOf(header) !== Number.parseInt(header.toString('latin1', 148, 154), 8) || !(size <= LARGEST)) {
      throw new Error('not a tar header')
    }
    const content = await take(size)
    const gap = await take(padding(size))
    if (content.length < size || gap.length < padding(size)) throw new Error('the archive ends early')
    yield { name: header.toString('latin1', 0, header.indexOf(0)), content }
  }
}
