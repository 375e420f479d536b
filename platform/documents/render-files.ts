import { Worker } from 'node:worker_threads'
import type { OfficialDocument } from './official-document.ts'

export type Format = 'pdf' | 'docx'
export interface Files {
  readonly pdf: Buffer
  readonly docx: Buffer
}

/** Renders in a thread of its own: a bulletin takes a second or two, in which the server has others to answer. */
export const renderFiles = <F extends Format>(document: OfficialDocument, formats: readonly F[]): Promise<Pick<Files, F>> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./render-worker.ts', import.meta.url), { workerData: { document, formats } })
    worker.on('message', (made: Readonly<Record<F, Uint8Array>>) => {
      resolve(Object.fromEntries(formats.map((format) => [format, Buffer.from(made[format])])) as Pick<Files, F>)
    })
    worker.on('error', reject)
  })
