import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type PlainDate } from '#base'
import { compileModel, readModel, type CompiledModel, type DecisionModel } from '#decisions'
import { now, systemClock, type Clock } from '#platform/clock'
import { EVERYWHERE, type Database } from '#platform/db'
import type { AreaTree, Areas } from '#platform/areas'
import { addRulebook, latestRulebooks, type RulebookRow } from './rulebook-store.ts'

/** Files shipped with the product, one for each legal text. */
const SHIPPED = join(import.meta.dirname, 'rulebook')

/** A rulebook ready to be asked. */
export interface Rulebook {
  readonly row: RulebookRow
  readonly model: DecisionModel
  readonly compiled: CompiledModel
}

/** Loads the shipped files that are not in the database yet. A file of ours that does not read is a bug and throws. */
export const loadShipped = async (database: Database, areas: Areas, clock: Clock = systemClock): Promise<string[]> => {
  const added: string[] = []
  for (const name of readdirSync(SHIPPED).filter((file) => file.endsWith('.dmn')).toSorted()) {
    const dmn = readFileSync(join(SHIPPED, name), 'utf8')
    const model = readModel(dmn)
    if (!model.ok || !model.value.rulebook) throw new Error(`${name}: ${model.ok ? 'no rulebook element' : JSON.stringify(model.problem)}`)
    const info = model.value.rulebook
    const area = areas.tree().resolve(info.area, info.validFrom) ?? areas.country()
    const wrote = await database.write(EVERYWHERE, async (tx) => ok(await addRulebook(tx, { ...info, area, dmn }, now(clock), 'shipped')))
    if (wrote.ok && wrote.value) added.push(info.id)
  }
  return added
}

const compiled = new Map<string, Rulebook>()

/** Every rulebook in its last version, compiled; compiled ones are kept by content. */
export const allRulebooks = async (database: Database): Promise<Rulebook[]> =>
  (await database.read(EVERYWHERE, latestRulebooks)).map((row) => {
    let book = compiled.get(row.sha256)
    if (!book) {
      const model = readModel(row.dmn)
      const made = model.ok ? compileModel(model.value) : model
      if (!model.ok || !made.ok) throw new Error(`rulebook ${row.id}: ${JSON.stringify(model.ok ? made : model)}`)
      compiled.set(row.sha256, (book = { row, model: model.value, compiled: made.value }))
    }
    return book
  })

/** The rulebook in force for an area on a day: the nearest area above it that has one, the latest in force there. */
export const rulebookInForce = (books: readonly Rulebook[], tree: AreaTree, areaId: number, on: PlainDate, disease: string): Rulebook | undefined => {
  const inForce = books.filter(({ row }) => row.disease === disease && row.validFrom <= on && (row.validTo === null || on <= row.validTo))
  for (const unit of [areaId, ...tree.ancestors(areaId).map((area) => area.id)]) {
    const here = inForce.filter(({ row }) => row.areaId === unit).toSorted((a, b) => (a.row.validFrom < b.row.validFrom ? 1 : -1))
    if (here[0]) return here[0]
  }
  return undefined
}
