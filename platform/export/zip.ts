import { Readable } from 'node:stream'
import { createDeflateRaw, crc32, inflateRawSync } from 'node:zlib'

/** A file within an archive; its content is written as it comes. */
export interface ZipPart {
  readonly name: string
  readonly content: AsyncIterable<string> | Iterable<string | Uint8Array>
}

const LOCAL = 0x04034b50
const DESCRIPTOR = 0x08074b50
const ENTRY = 0x02014b50
const END = 0x06054b50
/** Sizes stand behind the data (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808
const DEFLATED = 8
/** 1 January 1980: an archive of the same content is the same archive. */
const EPOCH_DATE = 0x0021
const LARGEST = 0xffffffff
/** Fast: a sheet is very repetitive text, and the disk is not the bottleneck. */
const LEVEL = 1

const header = (size: number, write: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.alloc(size)
  write(bytes)
  return bytes
}

/** An archive (APPNOTE 6.3) written while its parts are made: nothing of it is held but the names of its parts. A part has less than 4 GiB. */
export async function* zipOf(parts: AsyncIterable<ZipPart> | Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const entries: { readonly name: Buffer; readonly crc: number; readonly packed: number; readonly size: number; readonly at: number }[] = []
  let at = 0
  for await (const part of parts) {
    const name = Buffer.from(part.name)
    const start = at
    yield header(30, (bytes) => {
      bytes.writeUInt32LE(LOCAL, 0)
      bytes.writeUInt16LE(20, 4)
      bytes.writeUInt16LE(FLAGS, 6)
      bytes.writeUInt16LE(DEFLATED, 8)
      bytes.writeUInt16LE(EPOCH_DATE, 12)
      bytes.writeUInt16LE(name.length, 26)
    })
    yield name
    let crc = 0
    let size = 0
    let packed = 0
    const counted = async function* () {
      for await (const piece of part.content) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece)
        crc = crc32(bytes, crc)
        size += bytes.length
        yield bytes
      }
    }
    const deflate = createDeflateRaw({ level: LEVEL })
    const feeding = Readable.from(counted(), { objectMode: false })
    feeding.on('error', (error) => deflate.destroy(error))
    feeding.pipe(deflate)
    for await (const chunk of deflate as AsyncIterable<Buffer>) {
      packed += chunk.length
      yield chunk
    }
    if (size > LARGEST || packed > LARGEST) throw new Error(`${part.name} is too large for an archive of this kind`)
    yield header(16, (bytes) => {
      bytes.writeUInt32LE(DESCRIPTOR, 0)
      bytes.writeUInt32LE(crc, 4)
      bytes.writeUInt32LE(packed, 8)
      bytes.writeUInt32LE(size, 12)
    })
    at += 30 + name.length + packed + 16
    entries.push({ name, crc, packed, size, at: start })
  }
  let length = 0
  for (const one of entries) {
    yield header(46, (bytes) => {
      bytes.writeUInt32LE(ENTRY, 0)
      bytes.writeUInt16LE(20, 4)
      bytes.writeUInt16LE(20, 6)
      bytes.writeUInt16LE(FLAGS, 8)
      bytes.writeUInt16LE(DEFLATED, 10)
      bytes.writeUInt16LE(EPOCH_DATE, 14)
      bytes.writeUInt32LE(one.crc, 16)
      bytes.writeUInt32LE(one.packed, 20)
      bytes.writeUInt32LE(one.size, 24)
      bytes.writeUInt16LE(one.name.length, 28)
      bytes.writeUInt32LE(one.at, 42)
    })
    yield one.name
    length += 46 + one.name.length
  }
  yield header(22, (bytes) => {
    bytes.writeUInt32LE(END, 0)
    bytes.writeUInt16LE(entries.length, 8)
    bytes.writeUInt16LE(entries.length, 10)
    bytes.writeUInt32LE(length, 12)
    bytes.writeUInt32LE(at, 16)
  })
}

/** The files of a small archive that was checked before (`openTable` refuses what unpacks to more than it says), by name. */
export const unzip = (bytes: Buffer): Map<string, Buffer> => {
  const files = new Map<string, Buffer>()
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end--
  if (end < 0) return files
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0 && bytes.readUInt32LE(at) === ENTRY; left--) {
    const nameLength = bytes.readUInt16LE(at + 28)
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20))
    files.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), bytes.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(packed) : packed)
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return files
}
