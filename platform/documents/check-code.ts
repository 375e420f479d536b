import { createHash } from 'node:crypto'
import { encode } from 'uqr'
import type { OfficialDocument } from './official-document.ts'
import { DOTS_PER_INCH, rectangle, rounded, type Picture } from './picture.ts'

/** Crockford's base 32: no I, L, O, U to be misread from paper. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** SHA-256 of a document without its code. */
export const contentDigest = (document: OfficialDocument): Buffer =>
  createHash('sha256').update(JSON.stringify({ ...document, code: null })).digest()

/** The first 80 bits of the digest as `XXXX-XXXX-XXXX-XXXX`: printed on the paper, found again in the archive. */
export const codeOf = (digest: Uint8Array): string => {
  let bits = 0n
  for (const byte of digest.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte)
  const signs = Array.from({ length: 16 }, (_, i) => SIGNS[Number((bits >> BigInt(75 - i * 5)) & 31n)]).join('')
  return (signs.match(/.{4}/g) as string[]).join('-')
}

/** A code as it was typed: any case, with or without dashes, O and I read as 0 and 1. Nothing when it is none. */
export const readCode = (typed: string): string | undefined => {
  const signs = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return new RegExp(`^[${SIGNS}]{16}$`).test(signs) ? (signs.match(/.{4}/g) as string[]).join('-') : undefined
}

/** Six dots of the bitmaps, so that edges are sharp and cameras sure; a code is 20 mm wide then. Unit: points. */
export const QR_MODULE = (6 * 72) / DOTS_PER_INCH

/** The QR of a text (ISO/IEC 18004, correction M), `module` points a module, quiet zone of four modules included. */
export const qrPicture = (text: string, module: number = QR_MODULE): Picture => {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const shapes = data.flatMap((row, y) => {
    const bars = []
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      let end = x
      while (end < size && row[end]) end++
      bars.push(rectangle(x * module, y * module, (end - x) * module, module, { fill: '#000000' }))
      x = end
    }
    return bars
  })
  return { width: rounded(size * module), height: rounded(size * module), alt: text, shapes }
}
