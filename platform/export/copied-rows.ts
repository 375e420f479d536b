import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** A row of a query as COPY writes it: text, or null. */
export type CopiedRow = readonly (string | null)[]

const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' }

const valueOf = (field: string): string | null => {
  if (field === '\\N') return null
  return field.includes('\\') ? field.replace(/\\(.)/gs, (_, sign: string) => UNESCAPED[sign] ?? sign) : field
}

/** Reads the text format of `COPY … TO STDOUT` as rows, a piece at a time. */
export async function* copiedRows(copy: Readable): AsyncGenerator<readonly CopiedRow[]> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    const text = rest + decoder.write(chunk)
    const end = text.lastIndexOf('\n')
    rest = text.slice(end + 1)
    if (end < 0) continue
    yield text.slice(0, end).split('\n').map((line) => line.split('\t').map(valueOf))
  }
}
