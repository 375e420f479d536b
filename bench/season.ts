import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { day, type PlainDate } from '#base'
import { csvLine, SYNTHETIC_HEADER, syntheticCases, type SyntheticCommune } from '#demo'
import type { AreaTree } from '#platform/areas'
import { EVERYWHERE, sql, type Database } from '#platform/db'

/** The season of every bench: the communes of Kiên Giang as they stood in 2021, and the people counted in them. */
export const FROM: PlainDate = day('2021-01-01')
export const DAYS = 365
export const SEED = 20_211_012
/** What an office's line list has at the least: the benches were measured with these columns from the first. */
export const COLUMNS = 12
/** Official codes on a day of the season: the province, and two of its districts (Rạch Giá, Phú Quốc). */
export const PROVINCE = '91'
export const DISTRICTS = ['899', '911'] as const

/** A unit by its official code. */
export const unit = (tree: AreaTree, code: string) => {
  const area = tree.resolve(code, FROM)
  if (!area) throw new Error(`no area ${code}`)
  return area
}

/** The communes cases and figures are made up for, in the order of the tree. */
export const communesOf = async (database: Database, tree: AreaTree): Promise<SyntheticCommune[]> => {
  const people = new Map((await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ area_id: number; value: number }>`
    select distinct on (area_id) area_id, value from area_population where metric = 'population' order by area_id, as_of`))).map((row) => [row.area_id, row.value]))
  return tree.children(unit(tree, PROVINCE).id, FROM).flatMap((district) =>
    tree.children(district.id, FROM).map((commune) => ({
      code: commune.code, name: commune.name, district: district.name, population: people.get(commune.id) ?? 0,
    })))
}

/** Writes lines into a file without holding them. */
export const writeLines = (path: string, lines: Iterable<string>): Promise<void> => pipeline(Readable.from(inPieces(lines)), createWriteStream(path))

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = ''
  for (const line of lines) {
    piece += line
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield piece
}

/** The line list of the season as an office would send it. */
export function* caseLines(communes: readonly SyntheticCommune[], count: number): Generator<string> {
  yield csvLine(SYNTHETIC_HEADER.slice(0, COLUMNS))
  for (const row of syntheticCases({ communes, count, seed: SEED, from: FROM, days: DAYS })) yield csvLine(row.slice(0, COLUMNS))
}

/** A made-up case by the names of its columns. */
export interface BenchCase {
  readonly number: string
  readonly fullName: string
  readonly born: string
  readonly sex: string
  readonly nationalId: string
  readonly phone: string
  readonly commune: SyntheticCommune
  readonly onset: string
  readonly reported: string
  readonly source: string
  readonly severity: string
}

/** The cases of the season, days as ISO text. */
export function* benchCases(communes: readonly SyntheticCommune[], count: number): Generator<BenchCase> {
  const homes = new Map(communes.map((commune) => [`${commune.district} ${commune.name}`, commune]))
  const iso = (vietnamese: string): string => vietnamese.split('/').toReversed().join('-')
  for (const row of syntheticCases({ communes, count, seed: SEED, from: FROM, days: DAYS })) {
    const [number = '', fullName = '', born = '', sex = '', nationalId = '', phone = '', district, name, onset = '', reported = '', source = '', severity = ''] = row
    const commune = homes.get(`${district} ${name}`)
    if (!commune) throw new Error(`no commune ${name}`)
    yield { number, fullName, born: iso(born), sex, nationalId, phone, commune, onset: iso(onset), reported: iso(reported), source, severity }
  }
}
