import { parentPort, workerData } from 'node:worker_threads'
import type { OfficialDocument } from './official-document.ts'
import type { Format } from './render-files.ts'

const { document, formats } = workerData as { document: OfficialDocument; formats: readonly Format[] }

// Each library is read only when its format is asked for.
const made: Record<string, Uint8Array> = {}
for (const format of formats) {
  made[format] = format === 'pdf' ? await (await import('./pdf.ts')).renderPdf(document) : await (await import('./docx.ts')).renderDocx(document)
}
parentPort?.postMessage(made)
