import { noticeHours, resolutionOf } from '#announcements'
import { addDays, ok, problem, refuse, type Id, type PlainDate, type Result } from '#base'
import { permits, rangesOf, type Actor } from '#platform/access'
import type { Area } from '#platform/areas'
import { today } from '#platform/clock'
import type { Scope } from '#platform/db'
import {
  archivedDocument, archivedFile, documentByCode, documentsById, nextNumber, pictureSvg, readCode, renderFiles, reproduce, textOf, type Block, type DocumentRow,
  type OfficialDocument,
} from '#platform/documents'
import { file, serve, serveCommand, type App } from '#platform/http'
import { allRulebooks } from '#rulebooks'
import * as store from './bulletin-store.ts'
import { compose, PLACEHOLDERS, BLOCKS, shownLevels } from './compose.ts'
import * as contract from './contract.ts'
import { editCommand, openCommand, refreshCommand, unknownBulletin } from './draft-bulletin.ts'
import type { Figures } from './figures.ts'
import type { Kind, Template } from './frame.ts'
import { issueCommand, type Inputs } from './issue-bulletin.ts'
import { faultOf, saveTemplateCommand } from './save-template.ts'
import { shippedFor } from './shipped-templates.ts'
import { sameFigures, takeFigures } from './take-figures.ts'
import { seatOf, templateFor, templateOf } from './templates.ts'

const SCREEN_FAMILY = "'Times New Roman', 'Liberation Serif', serif"

const shownBlock = (block: Block): contract.BlockShown =>
  block.kind === 'picture'
    ? { kind: 'picture', caption: block.caption, alt: block.picture.alt, width: block.picture.width, height: block.picture.height, svg: pictureSvg(block.picture, SCREEN_FAMILY) }
    : structuredClone(block) as contract.BlockShown

const shownDocument = (document: OfficialDocument): contract.DocumentShown => ({
  ...document, addressees: [...document.addressees], recipients: [...document.recipients], authority: [...document.authority], marks: [...document.marks],
  blocks: document.blocks.map(shownBlock), appendices: document.appendices.map(({ title, blocks }) => ({ title, blocks: blocks.map(shownBlock) })),
})

const shownFacts = (figures: Figures): Record<string, contract.FactShown> =>
  Object.fromEntries(Object.entries(figures.facts).map(([key, fact]) => [key, { ...fact, origins: [...fact.origins], senders: [...fact.senders] }]))

export const routes = (app: App): void => {
  /** A raised level is told to people and businesses this long before it holds, in whole days. Unit: days. */
  const noticeDays = async (areaId: number, disease: string, on: PlainDate): Promise<number> =>
    Math.ceil(noticeHours(resolutionOf(await allRulebooks(app.database), app.areas.tree(), disease, areaId, on), 'up') / 24)
  const areaOf = (code: string | undefined, on: PlainDate): Result<Area> => {
    const area = code === undefined ? app.areas.root(on) : app.areas.tree().resolve(code, on)
    return area ? ok(area) : refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code ?? '' } }))
  }
  const shown = (bulletin: store.Bulletin, documents: ReadonlyMap<Id, DocumentRow>): contract.BulletinShown => {
    const area = app.areas.tree().byId(bulletin.areaId)
    const issued = bulletin.documentId === null ? undefined : documents.get(bulletin.documentId)
    return {
      id: bulletin.id, kind: bulletin.kind, areaCode: area?.code ?? '', areaName: area?.name ?? '', disease: bulletin.disease, day: bulletin.day, status: bulletin.status,
      known: bulletin.known, remarks: bulletin.remarks, effectiveOn: bulletin.effectiveOn, takenAt: bulletin.takenAt, changedAt: bulletin.changedAt,
      issued: issued ? {
        number: issued.number, symbol: issued.symbol, issuedOn: issued.issuedOn, signer: issued.signer, code: issued.code, issuedAt: issued.issuedAt,
        issuedBy: issued.issuedByName, synthetic: issued.synthetic,
      } : null,
    }
  }
  /** A bulletin with what it is made of; an issued one as it was archived. */
  const read = (scope: Scope, id: Id) => app.database.read(scope, async (tx) => {
    const bulletin = await store.findBulletin(tx, id)
    if (!bulletin) return refuse(unknownBulletin(id))
    const archived = bulletin.documentId === null ? undefined : await archivedDocument(tx, bulletin.documentId)
    const documents = await documentsById(tx, bulletin.documentId === null ? [] : [bulletin.documentId])
    const template = await templateOf(tx, app.areas.tree(), bulletin)
    const figures = JSON.parse(bulletin.figures) as Figures
    const { kind, remarks, effectiveOn } = bulletin
    const document = archived
      ? JSON.parse(archived.content) as OfficialDocument
      : compose({ kind, figures, template, remarks, effectiveOn, number: null, issuedOn: null, signer: template.frame.signer })
    const number = archived ? 0 : await nextNumber(tx, bulletin.areaId, kind, today(app.clock))
    return ok({ bulletin, archived, documents, template, figures, document, number })
  })
  const fileName = (bulletin: store.Bulletin): string => {
    const code = app.areas.tree().byId(bulletin.areaId)?.code ?? ''
    return `${bulletin.kind === 'daily' ? 'bao-cao-dich' : 'thong-bao-cap-do-dich'}-${code}-${bulletin.day}${bulletin.status === 'draft' ? '-du-thao' : ''}`
  }

  serve(app, contract.listBulletins, async ({ scope, actor, query }) => {
    const area = areaOf(query.area, (query.on ?? query.day ?? today(app.clock)) as PlainDate)
    if (!area.ok) return area
    if (!sees(actor, area.value)) return refuse(problem('forbidden', { status: 403, field: 'area' }))
    const [day, id] = query.after?.split('_') ?? []
    return app.database.read(scope, async (tx) => {
      const found = await store.listBulletins(tx, {
        lo: area.value.pos, hi: area.value.posEnd, kind: query.kind, day: query.day as PlainDate | undefined, limit: query.limit + 1, before: day && id ? { day: day as PlainDate, id } : undefined,
      })
      const page = found.slice(0, query.limit)
      const last = page.at(-1)
      const documents = await documentsById(tx, page.flatMap(({ documentId }) => (documentId === null ? [] : [documentId])))
      return ok({ bulletins: page.map((one) => shown(one, documents)), next: found.length > query.limit && last ? `${last.day}_${last.id}` : null })
    })
  })
  serveCommand(app, contract.openBulletin, openCommand(app))

  serve(app, contract.checkCode, async ({ scope, query }) => {
    const code = readCode(query.code)
    if (code === undefined) return refuse(problem('bad_code', { status: 400, field: 'code' }))
    return app.database.read(scope, async (tx) => {
      const row = await documentByCode(tx, code)
      const archived = row && (await archivedDocument(tx, row.id))
      if (!row || !archived) return refuse(problem('unknown_code', { status: 404, field: 'code', params: { code } }))
      const bulletin = await store.bulletinOf(tx, row.id)
      const { id, title, number, symbol, issuedOn, signer, issuedAt, issuedByName: issuedBy, synthetic } = row
      return ok({
        id, title, number, symbol, issuedOn, signer, code, issuedAt, issuedBy, areaName: app.areas.tree().byId(row.areaId)?.name ?? '', synthetic,
        bulletinId: bulletin ?? null, text: textOf(JSON.parse(archived.content) as OfficialDocument),
      })
    })
  })

  serve(app, contract.getBulletin, async ({ scope, actor, params }) => {
    const found = await read(scope, params.id)
    if (!found.ok) return found
    const { bulletin, documents, document, figures, template, number } = found.value
    const draft = bulletin.status === 'draft'
    const area = app.areas.tree().byId(bulletin.areaId)
    const fresh = draft && area
      ? await takeFigures(app, actor, { area, disease: bulletin.disease, day: bulletin.day, known: bulletin.known, countFrom: template.frame.countFrom })
      : undefined
    const issuedOn = document.issuedOn ?? today(app.clock)
    const { effectiveOn } = bulletin
    const short = bulletin.kind === 'levels' && effectiveOn !== null && effectiveOn < addDays(issuedOn, await noticeDays(bulletin.areaId, bulletin.disease, bulletin.day))
    return ok({
      bulletin: shown(bulletin, documents), document: shownDocument(document), facts: shownFacts(figures),
      next: draft ? { number, signer: template.frame.signer, issuedOn: today(app.clock) } : null,
      outdated: fresh !== undefined && fresh.ok && !sameFigures(figures, fresh.value),
      shortNotice: short ? shownLevels('levels', figures.levels, effectiveOn).filter(({ level, before }) => level !== null && before !== null && level > before).length : 0,
    })
  })
  serveCommand(app, contract.editBulletin, editCommand, (body, { id }) => ({ ...(body as object), id }))
  serveCommand(app, contract.refreshBulletin, refreshCommand(app), (body, { id }) => ({ ...(body as object), id }))
  serveCommand(app, contract.issueBulletin, issueCommand, (body, { id }) => ({ ...(body as object), id }))

  for (const [endpoint, format] of [[contract.getPdf, 'pdf'], [contract.getDocx, 'docx']] as const) {
    serve(app, endpoint, async ({ scope, params }) => {
      const found = await read(scope, params.id)
      if (!found.ok) return found
      const { bulletin, document } = found.value
      const { documentId } = bulletin
      const archived = documentId === null ? undefined : await app.database.read(scope, (tx) => archivedFile(tx, documentId, format))
      return ok(file(endpoint.produces as string, archived ?? (await renderFiles(document, [format]))[format], `${fileName(bulletin)}.${format}`))
    })
  }
  serve(app, contract.getReproduction, async ({ scope, params }) => {
    const found = await read(scope, params.id)
    if (!found.ok) return found
    const { archived } = found.value
    if (!archived) return refuse(problem('bulletin_not_issued', { status: 409 }))
    return ok(await reproduce(archived, (inputs, { number }) => compose({ ...(inputs as Inputs), number })))
  })

  const shownTemplate = (kind: Kind, areaId: number | null, one: Template & { version: number; recordedAt?: string; recordedByName?: string }): contract.TemplateShown => {
    const area = areaId === null ? undefined : app.areas.tree().byId(areaId)
    const { addressees, recipients, authority, ...rest } = one.frame
    return {
      kind, areaCode: area?.code ?? null, areaName: area?.name ?? null, version: one.version, body: one.body,
      frame: { ...rest, addressees: [...addressees], recipients: [...recipients], authority: [...authority] }, recordedAt: one.recordedAt ?? null, recordedBy: one.recordedByName ?? null,
    }
  }
  serve(app, contract.getTemplate, async ({ scope, query }) => {
    const area = areaOf(query.area, (query.on ?? today(app.clock)) as PlainDate)
    if (!area.ok) return area
    return app.database.read(scope, async (tx) => {
      const chosen = await templateFor(tx, app.areas.tree(), query.kind, area.value.id)
      const versions = await store.templateVersions(tx, query.kind, [area.value.id])
      const recorded = versions.find(({ areaId, version }) => areaId === chosen.areaId && version === chosen.version)
      return ok({
        template: shownTemplate(query.kind, chosen.areaId, recorded ?? chosen), versions: versions.map((one) => shownTemplate(query.kind, one.areaId, one)),
        shipped: shownTemplate(query.kind, null, { ...shippedFor(query.kind, seatOf(app.areas.tree(), area.value.id)), version: 0 }), placeholders: [...PLACEHOLDERS], blocks: [...BLOCKS],
      })
    })
  })
  serveCommand(app, contract.saveTemplate, saveTemplateCommand(app))
  serve(app, contract.previewTemplate, async ({ actor, body }) => {
    const day = body.day as PlainDate
    const area = areaOf(body.area, day)
    if (!area.ok) return area
    if (!permits(actor, contract.bulletinDraft, area.value.pos, area.value.posEnd)) return refuse(problem('forbidden', { status: 403, field: 'area' }))
    const template: Template = { body: body.body, frame: body.frame }
    const fault = faultOf(template)
    if (fault) return refuse(fault)
    const figures = await takeFigures(app, actor, { area: area.value, disease: body.disease, day, known: 'latest', countFrom: template.frame.countFrom })
    if (!figures.ok) return figures
    const document = compose({
      kind: body.kind, figures: figures.value, template, remarks: '', effectiveOn: body.kind === 'levels' ? addDays(day, await noticeDays(area.value.id, body.disease, day)) : null, number: null, issuedOn: null,
      signer: template.frame.signer,
    })
    return ok({ document: shownDocument(document), facts: shownFacts(figures.value) })
  })
}

/** Whether the actor reads bulletins of the area, or of some part of it. */
const sees = (actor: Actor, area: Area): boolean => rangesOf(actor, contract.bulletinRead).some(({ lo, hi }) => lo <= area.posEnd && area.pos <= hi)
