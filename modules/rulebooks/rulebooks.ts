import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Instant } from '#base'
import { compileModel, readModel, type CompiledModel, type DecisionModel } from '#decisions'
import { now, systemClock, type Clock } from '#platform/clock'
import { EVERYWHERE, type Database, type Tx } from '#platform/db'
import type { Areas } from '#platform/areas'
import type { Rulebook } from './law.ts'
import { addRulebook, rulebookFiles, rulebookVersions } from './rulebook-store.ts'

/** Files shipped with the product, one for each legal text. */
const SHIPPED = join(import.meta.dirname, 'rulebook')

/** Loads the shipped files that are not in the database yet. A file of ours that does not read is a bug and throws. */
export const loadShipped = async (database: Database, areas: Areas, clock: Clock = systemClock): Promise<string[]> => {
  const added: string[] = []
  for (const name of readdirSync(SHIPPED).filter((file) => file.endsWith('.dmn')).toSorted()) {
    const dmn = readFileSync(join(SHIPPED, name), 'utf8')
    const model = readModel(dmn)
    if (!model.ok || !model.value.rulebook) throw new Error(`${name}: ${model.ok ? 'no rulebook element' : JSON.stringify(model.problem)}`)
    const info = model.value.rulebook
    const area = areas.tree().resolve(info.area, info.validFrom) ?? areas.country()
    const book = { ...info, kind: 'rule', area, dmn, basedOn: null, draftId: null, commandId: null } as const
    const wrote = await database.write(EVERYWHERE, async (tx) => ok(await addRulebook(tx, book, now(clock), 'shipped')))
    if (wrote.ok && wrote.value !== undefined) added.push(info.id)
  }
  return added
}

interface Content {
  readonly dmn: string
  readonly model: DecisionModel
  readonly compiled: CompiledModel
}
const contents = new Map<string, Content>()

/** Every version of every rulebook as known at an instant (now, when left out), compiled; compiled ones are kept by content. */
export const compiledRulebooks = async (tx: Tx, knownAt?: Instant): Promise<Rulebook[]> => {
  const rows = await rulebookVersions(tx, knownAt)
  const unread = [...new Set(rows.map(({ sha256 }) => sha256).filter((sha256) => !contents.has(sha256)))]
  for (const { sha256, dmn } of unread.length > 0 ? await rulebookFiles(tx, unread) : []) {
    const model = readModel(dmn)
    const compiled = model.ok ? compileModel(model.value) : model
    if (!model.ok || !compiled.ok) throw new Error(`rulebook ${sha256}: ${JSON.stringify(model.ok ? compiled : model)}`)
    contents.set(sha256, { dmn, model: model.value, compiled: compiled.value })
  }
  return rows.map((row) => {
    const { model, compiled } = contents.get(row.sha256) as Content
    return { row, model, compiled }
  })
}

export const allRulebooks = (database: Database, knownAt?: Instant): Promise<Rulebook[]> => database.read(EVERYWHERE, (tx) => compiledRulebooks(tx, knownAt))

/** The file of a version, byte for byte. */
export const fileOf = ({ row }: Rulebook): string => (contents.get(row.sha256) as Content).dmn
