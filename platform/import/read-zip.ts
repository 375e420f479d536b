import { inflateRawSync } from 'node:zlib'
import { ok, problem, refuse, type Result } from '#base'

/** What the parts of a workbook may unpack to, together: some 300 000 rows of twelve columns. Unit: bytes. */
const LARGEST_UNPACKED = 160 * 1024 * 1024

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const DEFLATED = 8

const workbookPart = /(?:^|\/)workbook\.(?:xml|bin)$/i

/**
 * Looks into a ZIP file before a parser may unpack it (APPNOTE 6.3): that it holds a workbook, and that its parts really
 * unpack to what they claim and to no more than the limit — a few kilobytes can claim little and unpack to gigabytes.
 * Problems `not_a_spreadsheet`, `file_too_large`.
 */
export const checkZip = (bytes: Buffer): Result<undefined> => {
  const end = endOfDirectory(bytes)
  if (end === -1) return refuse(problem('not_a_spreadsheet'))
  let at = bytes.readUInt32LE(end + 16)
  let unpacked = 0
  let isWorkbook = false
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return refuse(problem('not_a_spreadsheet'))
    const size = bytes.readUInt32LE(at + 24)
    unpacked += size
    if (unpacked > LARGEST_UNPACKED) return refuse(problem('file_too_large'))
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28))
    isWorkbook ||= workbookPart.test(name) || name === 'content.xml'
    if (bytes.readUInt16LE(at + 10) === DEFLATED && !unpacksTo(bytes, at, size)) return refuse(problem('not_a_spreadsheet'))
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return isWorkbook ? ok(undefined) : refuse(problem('not_a_spreadsheet'))
}

const endOfDirectory = (bytes: Buffer): number => {
  // The record is 22 bytes and a comment of at most 65 535.
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 22 - 65_535; at--) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at
  }
  return -1
}

const unpacksTo = (bytes: Buffer, entry: number, size: number): boolean => {
  const local = bytes.readUInt32LE(entry + 42)
  if (local + 30 > bytes.length) return false
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(entry + 20))
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) }).length === size
  } catch {
    return false
  }
}
