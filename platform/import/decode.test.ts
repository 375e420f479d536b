import { describe, expect, test } from 'vitest'
import { decodeText, detectEncoding, textStream } from './decode.ts'

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : Array.from(part, (letter) => letter.charCodeAt(0)))))

// "Họ và tên,Nguyễn Văn Hải,Đặng Thị Ánh" as each office would have typed it.
const expected = 'Họ và tên,Nguyễn Văn Hải,Đặng Thị Ánh\n'
// Windows-1258: base letters precomposed (ê 0xEA, ă 0xE3, đ 0xF0), tones combining (0xCC ̀, 0xD2 ̉, 0xDE ̃, 0xEC ́, 0xF2 ̣).
const windows1258 = bytes(
  'Ho',
  0xf2,
  ' va',
  0xcc,
  ' t',
  0xea,
  'n,Nguy',
  0xea,
  0xde,
  'n V',
  0xe3,
  'n Ha',
  0xd2,
  'i,',
  0xd0,
  0xe3,
  0xf2,
  'ng Thi',
  0xf2,
  ' A',
  0xec,
  'nh\n',
)
// TCVN 5712 (ABC): ọ E4, à B5, ê AA, ễ D4, ă A8, ả B6, Đ A7, ặ C6, ị DE, Á 83.
const tcvn3 = bytes(
  'H',
  0xe4,
  ' v',
  0xb5,
  ' t',
  0xaa,
  'n,Nguy',
  0xd4,
  'n V',
  0xa8,
  'n H',
  0xb6,
  'i,',
  0xa7,
  0xc6,
  'ng Th',
  0xde,
  ' ',
  0x83,
  'nh\n',
)
// VNI-Win: "Hoï vaø teân,Nguyeãn Vaên Haûi,Ñaëng Thò AÙnh".
const vni = bytes(
  'Ho',
  0xef,
  ' va',
  0xf8,
  ' te',
  0xe2,
  'n,Nguye',
  0xe3,
  'n Va',
  0xea,
  'n Ha',
  0xfb,
  'i,',
  0xd1,
  'a',
  0xeb,
  'ng Th',
  0xf2,
  ' A',
  0xd9,
  'nh\n',
)

describe('encodings are recognised and give the same composed text', () => {
  const samples = {
    'utf-8': Buffer.from(expected),
    'utf-16le': Buffer.concat([bytes(0xff, 0xfe), Buffer.from(expected, 'utf16le')]),
    'utf-16be': Buffer.concat([bytes(0xfe, 0xff), Buffer.from(expected, 'utf16le').swap16()]),
    'windows-1258': windows1258,
    tcvn3,
    vni,
  } as const
  for (const [encoding, sample] of Object.entries(samples)) {
    test(encoding, () => {
      expect(decodeText(sample)).toEqual({ encoding, text: expected })
    })
  }

  test('a byte order mark is no part of the text', () => {
    expect(decodeText(Buffer.from('\ufeffxã,ấp')).text).toBe('xã,ấp')
  })

  test('plain ASCII is UTF-8', () => {
    expect(detectEncoding(bytes('area,date,value\n'))).toBe('utf-8')
  })

  test('a character cut at the end of the sample does not make UTF-8 something else', () => {
    expect(detectEncoding(Buffer.from('Nguyễn').subarray(0, 6))).toBe('utf-8')
  })
})

describe('every tone of every vowel', () => {
  const vowels = 'aăâeêioôơuưy'
  const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
  const letters = Array.from(vowels, (vowel) => tones.map((tone) => (vowel + tone).normalize('NFC'))).flat()

  test('Windows-1258 composes all of them', () => {
    const code: Record<string, number> = {
      ă: 0xe3,
      â: 0xe2,
      ê: 0xea,
      ô: 0xf4,
      ơ: 0xf5,
      ư: 0xfd,
      '\u0300': 0xcc,
      '\u0309': 0xd2,
      '\u0303': 0xde,
      '\u0301': 0xec,
      '\u0323': 0xf2,
    }
    const typed = Array.from(vowels, (vowel) => tones.map((tone) => [code[vowel] ?? vowel, code[tone] ?? tone])).flat(2)
    expect(decodeText(bytes(...typed), 'windows-1258').text).toBe(letters.join(''))
  })

  test('TCVN3 has each small letter at its place in TCVN 5712', () => {
    const table = 'aµ¶·¸¹ ¨»¼½¾Æ ©ÇÈÉÊË eÌÎÏÐÑ ªÒÓÔÕÖ i×ØÜÝÞ oßáâãä «åæçèé ¬êëìíî uïñòóô ­õö÷øù yúûüýþ'
    expect(decodeText(bytes(table), 'tcvn3').text.replaceAll(' ', '')).toBe(letters.join(''))
  })
})

describe('TCVN3 capitals typed in a capital font', () => {
  test('small letters among capitals become capitals', () => {
    // .VnTimeH: "NGUYÔN V¡N H¶I" shows as NGUYỄN VĂN HẢI.
    expect(decodeText(bytes('NGUY', 0xd4, 'N V', 0xa8, 'N H', 0xb6, 'I,Nam\n'), 'tcvn3').text).toBe('NGUYỄN VĂN HẢI,Nam\n')
  })

  test('ordinary names keep their small letters', () => {
    expect(decodeText(bytes('L', 0xaa, ' H', 0xb5, '\n'), 'tcvn3').text).toBe('Lê Hà\n')
  })
})

test('in pieces as short as a byte the text is the same', () => {
  for (const [encoding, sample] of [
    ['windows-1258', windows1258],
    ['tcvn3', tcvn3],
    ['utf-8', Buffer.from(expected)],
  ] as const) {
    const stream = textStream(encoding)
    let text = ''
    for (const byte of sample) text += stream.push(Uint8Array.of(byte))
    expect(text + stream.end()).toBe(expected)
  }
})
