import { parentPort, workerData } from 'node:worker_threads'
import type { OfficialDocument } from './official-document.ts'
import type { Format } from './render-files.ts'

const { document, formats } = workerData as { document: OfficialDocument; formats: readonly Format[] }

/** Each library is read only when its format is asked for. */
const RENDER: Readonly<Record<Format, () => Promise<Buffer>>> = {
  pdf: async () => (await import('./pdf.ts')).renderPdf(document),
  docx: async () => (await import('./docx.ts')).renderDocx(document),
}
const made: Partial<Record<Format, Uint8Array>> = {}
for (const format of formats) made[format] = await RENDER[format]()
parentPort?.postMessage(made)
