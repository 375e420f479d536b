import { createHash } from 'node:crypto'
import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import type { Area } from '#platform/areas'
import type { CommandContext } from '#platform/commands'
import type { Tx } from '#platform/db'
import { codeOf, contentDigest } from './check-code.ts'
import { insertDocument, lastNumber, lockSeries, numberTaken, type Archived, type DocumentRow } from './document-store.ts'
import { textOf, titleOf, type OfficialDocument } from './official-document.ts'
import { renderFiles } from './render-files.ts'

export interface Issue {
  readonly kind: string
  readonly area: Area
  readonly issuedOn: PlainDate
  /** As the clerk's register has it; the next of the series when left out. */
  readonly number: number | undefined
  readonly synthetic: boolean
  /** What `compose` was given, to compose it again. */
  readonly inputs: unknown
  /** The document under a number; code still null. */
  readonly compose: (number: number) => OfficialDocument
}

const yearOf = (on: PlainDate): number => Number(on.slice(0, 4))
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** The number a document of the series would get. */
export const nextNumber = async (tx: Tx, areaId: number, kind: string, on: PlainDate): Promise<number> => (await lastNumber(tx, areaId, kind, yearOf(on))) + 1

/**
 * Gives a document its number and its code, renders it and archives files, content and inputs, in the transaction of the command that
 * issues it. Problem `number_taken`.
 */
export const issueDocument = async (context: CommandContext, issue: Issue): Promise<Result<DocumentRow>> => {
  const { tx, at, actor, commandId } = context
  const { kind, area, issuedOn, synthetic } = issue
  const year = yearOf(issuedOn)
  await lockSeries(tx, area.id, kind)
  const number = issue.number ?? (await nextNumber(tx, area.id, kind, issuedOn))
  if (issue.number !== undefined && (await numberTaken(tx, area.id, kind, year, number))) {
    return refuse(problem('number_taken', { status: 409, field: 'number', params: { number, year } }))
  }
  const composed = issue.compose(number)
  const contentSha256 = contentDigest(composed)
  const document: OfficialDocument = { ...composed, code: codeOf(contentSha256) }
  const { pdf, docx } = await renderFiles(document, ['pdf', 'docx'])
  const row: DocumentRow = {
    // A command issues one document: it carries the command's own id.
    id: commandId, kind, areaId: area.id, year, number, symbol: document.symbol, issuedOn, title: titleOf(document), signer: document.signer, synthetic,
    code: document.code as string, issuedAt: at, issuedByName: actor.name,
  }
  await insertDocument(tx, {
    ...row, areaPos: area.pos, contentSha256, content: JSON.stringify(document), inputs: JSON.stringify(issue.inputs), pdf, pdfSha256: sha256(pdf), docx, docxSha256: sha256(docx),
    issuedBy: actor.id, commandId,
  })
  return ok(row)
}

/** What making a document again from its archive gives, against what was issued. */
export interface Reproduction {
  /** The content still has the digest its code was taken from. */
  readonly contentIntact: boolean
  /** Composed again from its inputs it says the same, word for word. */
  readonly sameText: boolean
  /** Rendered again from its content the files are the same, byte for byte. */
  readonly samePdf: boolean
  readonly sameDocx: boolean
}

/** Makes an archived document again; `compose` is given the inputs it was composed from. Nothing when there is no such document. */
export const reproduce = async (
  archived: Archived, compose: (inputs: unknown, content: OfficialDocument) => OfficialDocument,
): Promise<Reproduction> => {
  const content = JSON.parse(archived.content) as OfficialDocument
  const again = compose(JSON.parse(archived.inputs), content)
  const { pdf, docx } = await renderFiles(content, ['pdf', 'docx'])
  return {
    contentIntact: contentDigest(content).equals(archived.contentSha256) && content.code === codeOf(archived.contentSha256),
    sameText: textOf({ ...again, code: content.code }) === textOf(content),
    samePdf: pdf.equals(archived.pdf), sameDocx: docx.equals(archived.docx),
  }
}
