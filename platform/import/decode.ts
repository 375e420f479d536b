/** Encodings that Vietnamese offices still send. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258', 'tcvn3', 'vni'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** How much of a file the encoding is decided from. */
export const SAMPLE_BYTES = 256 * 1024

/** A piece without a line end is held back at most this long; no table has such a line. */
const LONGEST_LINE = 1024 * 1024

/** Turns bytes into text piece by piece; every piece is whole lines' worth of composed (NFC) Vietnamese for the legacy encodings. */
export interface TextStream {
  readonly push: (bytes: Uint8Array) => string
  readonly end: () => string
}

/**
 * TCVN 5712:1993 (ABC fonts), bytes 0x80–0xFF. 0x80–0x9F and the capitals with tones further down are VN1; ABC documents
 * mostly type them as small letters in a capital font (.VnTimeH), which `capitals` repairs. 0xB0–0xB4 are combining tones.
 */
const TCVN3 =
  'ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ' +
  '\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ' +
  'ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò' +
  'ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ'

/** TCVN 5712 VN1 also uses control bytes for the last capitals; none of them occurs in a table for another reason. */
const TCVN3_CONTROLS: Readonly<Record<number, string>> = {
  0x01: 'Ú',
  0x02: 'Ụ',
  0x04: 'Ừ',
  0x05: 'Ử',
  0x06: 'Ữ',
  0x11: 'Ứ',
  0x12: 'Ự',
  0x13: 'Ỳ',
  0x14: 'Ỷ',
  0x15: 'Ỹ',
  0x16: 'Ý',
  0x17: 'Ỵ',
}

/** VNI-Win writes a vowel and then its mark: each mark byte is a combining sequence, the rest are letters of their own. */
const VNI: Readonly<Record<string, string>> = {
  ù: '\u0301',
  ø: '\u0300',
  û: '\u0309',
  õ: '\u0303',
  ï: '\u0323',
  â: '\u0302',
  á: '\u0302\u0301',
  à: '\u0302\u0300',
  å: '\u0302\u0309',
  ã: '\u0302\u0303',
  ä: '\u0302\u0323',
  ê: '\u0306',
  é: '\u0306\u0301',
  è: '\u0306\u0300',
  ú: '\u0306\u0309',
  ü: '\u0306\u0303',
  ë: '\u0306\u0323',
  ô: 'ơ',
  ö: 'ư',
  ñ: 'đ',
  í: 'í',
  ì: 'ì',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  î: 'ỵ',
  Ô: 'Ơ',
  Ö: 'Ư',
  Ñ: 'Đ',
  Í: 'Í',
  Ì: 'Ì',
  Æ: 'Ỉ',
  Ó: 'Ĩ',
  Ò: 'Ị',
  Î: 'Ỵ',
}

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)

const tables = {
  'windows-1258': Array.from(new TextDecoder('windows-1258').decode(everyByte)),
  tcvn3: Array.from(everyByte, (byte) => (byte < 0x80 ? (TCVN3_CONTROLS[byte] ?? String.fromCharCode(byte)) : (TCVN3[byte - 0x80] ?? ''))),
  vni: Array.from(new TextDecoder('windows-1252').decode(everyByte), (letter) => VNI[letter] ?? VNI[letter.toLowerCase()] ?? letter),
} satisfies Partial<Record<Encoding, string[]>>

type Legacy = keyof typeof tables

/** The encoding of a text file, from its byte order mark or by what reads as Vietnamese. `sample` is its beginning. */
export const detectEncoding = (sample: Uint8Array): Encoding => {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  if (isUtf8(sample)) return 'utf-8'
  const scored = (['windows-1258', 'tcvn3', 'vni'] as const).map((encoding) => ({
    encoding,
    score: plausibility(decodeLegacy(sample, encoding)),
  }))
  // On a tie (no Vietnamese at all, e.g. French names) the code page of Vietnamese Windows is the likeliest.
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).encoding
}

const isUtf8 = (sample: Uint8Array): boolean => {
  try {
    // As a stream, a character cut at the end of the sample is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
    return true
  } catch {
    return false
  }
}

const syllable = new RegExp(
  '^(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?' +
    '(?:iêu|yêu|oai|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|' +
    'ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])' +
    '(?:ch|nh|ng|[cmnpt])?$',
)

/** The share of words with marks that are spelled as a Vietnamese syllable with at most one tone. */
const plausibility = (text: string): number => {
  let marked = 0
  let plausible = 0
  for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    if (!/[^\0-\x7f]/.test(word)) continue
    marked++
    const toneless = word
      .toLowerCase()
      .normalize('NFD')
      .replace(/[\u0300\u0301\u0303\u0309\u0323]/, '')
      .normalize('NFC')
    if (syllable.test(toneless)) plausible++
  }
  return marked === 0 ? 0 : plausible / marked
}

/** Text typed in a capital font: no plain small letter in the run, and a plain capital inside a word ("NGUYễN VăN"). */
const capitals = (text: string): string =>
  text.replace(/[\p{L} ]+/gu, (run) => (/[a-z]/.test(run) || !/\p{L}[A-Z]/u.test(run) ? run : run.toUpperCase()))

const decodeLegacy = (bytes: Uint8Array, encoding: Legacy): string => {
  const table = tables[encoding]
  // Two code units a byte at most; a string of a hundred thousand `+=` would be slower and never flat.
  const units = new Uint16Array(bytes.length * 2)
  let length = 0
  for (const byte of bytes) {
    const letters = table[byte] as string
    for (let i = 0; i < letters.length; i++) units[length++] = letters.charCodeAt(i)
  }
  const text = Buffer.from(units.buffer, 0, length * 2)
    .toString('utf16le')
    .normalize('NFC')
  return encoding === 'tcvn3' ? capitals(text) : text
}

/** A decoder of one file. Unreadable UTF-8 becomes U+FFFD, which the converters of #platform/import refuse with a reason. */
export const textStream = (encoding: Encoding): TextStream => {
  if (encoding === 'utf-8' || encoding === 'utf-16le' || encoding === 'utf-16be') {
    const decoder = new TextDecoder(encoding)
    return { push: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
  }
  // Marks compose with the letter before them and capitals are judged by the words around: cut at line ends only.
  let held: Uint8Array = new Uint8Array(0)
  return {
    push: (bytes) => {
      const all = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      const lineEnd = Math.max(all.lastIndexOf(0x0a), all.lastIndexOf(0x0d)) + 1
      const cut = lineEnd === 0 && all.length > LONGEST_LINE ? all.length : lineEnd
      held = all.slice(cut)
      return decodeLegacy(all.subarray(0, cut), encoding)
    },
    end: () => decodeLegacy(held, encoding),
  }
}

/** Decodes a whole text. Example: `decodeText(bytes)` is `{ text, encoding }`. */
export const decodeText = (
  bytes: Uint8Array,
  encoding = detectEncoding(bytes.subarray(0, SAMPLE_BYTES)),
): { text: string; encoding: Encoding } => {
  const stream = textStream(encoding)
  return { encoding, text: stream.push(bytes) + stream.end() }
}
