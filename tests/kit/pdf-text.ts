import { inflateSync } from 'node:zlib'

const hexPairs = (hex: string): number[] => (hex.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 16))
const letters = (hex: string): string => String.fromCharCode(...hexPairs(hex.padStart(4, '0')))

/** Glyphs and what they say, from a font's ToUnicode table. */
const readTable = (table: string): Map<number, string> => {
  const said = new Map<number, string>()
  for (const [, block = ''] of table.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    for (const [, from = '', , list, one] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*(?:\[(.*?)\]|<(\w+)>)/gs)) {
      const first = Number.parseInt(from, 16)
      const all = one === undefined ? [...(list ?? '').matchAll(/<(\w*)>/g)].map(([, hex = '']) => hex) : [one]
      for (const [n, hex] of all.entries()) said.set(first + n, letters(hex))
    }
  }
  return said
}

/**
 * The words of a PDF in the order they are drawn, with one space between them. Reads what the product's own writer makes: compressed streams, embedded fonts with
 * two-byte glyphs and a table of what they say.
 */
export const pdfText = (file: Buffer): string => {
  const objects = new Map([...file.toString('latin1').matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)].map(([, id = '', body = '']) => [id, body]))
  const streamOf = (id: string): string => {
    const [, head = '', packed = ''] = /^(.*?)stream\n(.*?)\nendstream/s.exec(objects.get(id) ?? '') ?? []
    return head.includes('/FlateDecode') ? inflateSync(Buffer.from(packed, 'latin1')).toString('latin1') : packed
  }
  const fonts = new Map([...objects.values()].flatMap((body) => [...body.matchAll(/\/(F\d+) (\d+) 0 R/g)]).map(([, name = '', id = '']) => {
    const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1]
    return [name, table === undefined ? new Map<number, string>() : readTable(streamOf(table))]
  }))
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b/.test(body)).flatMap((body) => /\/Contents (\d+) 0 R/.exec(body)?.[1] ?? [])
  return pages.map((id) => {
    let font: Map<number, string> | undefined
    return [...streamOf(id).matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)].flatMap(([, name, shown]) => {
      if (name !== undefined) font = fonts.get(name)
      return shown === undefined ? [] : [...shown.matchAll(/<(\w+)>/g)].flatMap(([, hex = '']) => hexPairs(hex)).map((glyph) => font?.get(glyph) ?? '').join('')
    })
  }).flat().join(' ').replace(/\s+/g, ' ')
}
