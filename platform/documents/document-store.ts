import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'

export interface DocumentRow {
  readonly id: Id
  readonly kind: string
  readonly areaId: number
  readonly year: number
  readonly number: number
  readonly symbol: string
  readonly issuedOn: PlainDate
  readonly title: string
  readonly signer: string
  readonly synthetic: boolean
  readonly code: string
  readonly issuedAt: Instant
  readonly issuedByName: string
}

export interface NewDocument extends DocumentRow {
  readonly areaPos: number
  readonly contentSha256: Buffer
  readonly content: string
  readonly inputs: string
  readonly pdf: Buffer
  readonly pdfSha256: Buffer
  readonly docx: Buffer
  readonly docxSha256: Buffer
  readonly issuedBy: string
  readonly commandId: Id
}

const FACTS = sql`id, kind, area_id as "areaId", year, number, symbol, issued_on as "issuedOn", title, signer, synthetic, code, issued_at as "issuedAt",
  issued_by_name as "issuedByName"`

/** Numbers of a series are given one after the other: a second issuer waits until the first has ended. */
export const lockSeries = async (tx: Tx, areaId: number, kind: string): Promise<void> => {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`document ${kind}`}), ${areaId}::int)`)
}

export const lastNumber = async (tx: Tx, areaId: number, kind: string, year: number): Promise<number> =>
  (await tx.first(sql<{ last: number | null }>`select max(number) as last from document where area_id = ${areaId} and kind = ${kind} and year = ${year}`))?.last ?? 0

export const numberTaken = async (tx: Tx, areaId: number, kind: string, year: number, number: number): Promise<boolean> =>
  (await tx.first(sql`select 1 from document where area_id = ${areaId} and kind = ${kind} and year = ${year} and number = ${number}`)) !== undefined

export const insertDocument = async (tx: Tx, one: NewDocument): Promise<void> => {
  await tx.run(sql`
    insert into document (id, kind, area_id, area_pos, year, number, symbol, issued_on, title, signer, synthetic, code, content_sha256, content, inputs, pdf, pdf_sha256,
      docx, docx_sha256, issued_at, issued_by, issued_by_name, command_id)
    values (${one.id}, ${one.kind}, ${one.areaId}, ${one.areaPos}, ${one.year}, ${one.number}, ${one.symbol}, ${one.issuedOn}, ${one.title}, ${one.signer}, ${one.synthetic},
      ${one.code}, ${one.contentSha256}, ${one.content}, ${one.inputs}, ${one.pdf}, ${one.pdfSha256}, ${one.docx}, ${one.docxSha256}, ${one.issuedAt}, ${one.issuedBy},
      ${one.issuedByName}, ${one.commandId})`)
}

export const documentByCode = (tx: Tx, code: string): Promise<DocumentRow | undefined> =>
  tx.first(sql<DocumentRow>`select ${FACTS} from document where code = ${code}`)

export const documentsById = async (tx: Tx, ids: readonly Id[]): Promise<ReadonlyMap<Id, DocumentRow>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows(sql<DocumentRow>`select ${FACTS} from document where id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What a document is kept with. `content` and `inputs` are the texts as they were written. */
export interface Archived {
  readonly content: string
  readonly inputs: string
  readonly contentSha256: Buffer
  readonly pdf: Buffer
  readonly docx: Buffer
}

export const archivedDocument = (tx: Tx, id: Id): Promise<Archived | undefined> =>
  tx.first(sql<Archived>`
    select content::text as content, inputs::text as inputs, content_sha256 as "contentSha256", pdf, docx from document where id = ${id}`)

export const archivedFile = async (tx: Tx, id: Id, format: 'pdf' | 'docx'): Promise<Buffer | undefined> =>
  (await tx.first(sql<{ file: Buffer }>`select ${sql.ref(format)} as file from document where id = ${id}`))?.file
