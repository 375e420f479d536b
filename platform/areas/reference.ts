import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlainDate } from '#base'
import { sql, type Database, type Tx } from '#platform/db'
import { parseAreas } from './area.ts'
import { parseSuccessors } from './crosswalk.ts'
import { parsePopulations } from './population.ts'

/** Where the reference files lie in the product. */
const FOLDER = join(import.meta.dirname, '../../db/reference')

/** Kiên Giang of 2021: the reference deployment. */
const ROOT = { code: '91', on: '2021-10-12' as PlainDate }

const chunks = <T>(rows: readonly T[], size = 5000): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))

/** Loads the reference units, crosswalk and populations when the files changed; returns whether anything was loaded. */
export const loadReference = async (database: Database): Promise<boolean> => {
  const files = ['areas.csv', 'area-successors.csv', 'population.csv'].map((name) => readFileSync(join(FOLDER, name), 'utf8'))
  const [areas, successors, population] = files as [string, string, string]
  const digest = createHash('sha256').update(files.join('\0')).digest('hex')
  return database.owner(async (tx) => {
    const known = await tx.first(sql<{ reference_sha256: string }>`select reference_sha256 from deployment`)
    if (known?.reference_sha256 === digest) return false
    await loadAreas(tx, areas)
    await loadSuccessors(tx, successors)
    await loadPopulation(tx, population)
    await tx.run(sql`
      insert into deployment (root_area_id, reference_sha256)
      select id, ${digest} from area where code = ${ROOT.code} and level = 'province' and ${ROOT.on} between valid_from and coalesce(valid_to, 'infinity')
      on conflict (single) do update set reference_sha256 = excluded.reference_sha256`)
    await tx.run(sql`analyze area`)
    return true
  })
}

const loadAreas = async (tx: Tx, csv: string): Promise<void> => {
  for (const part of chunks(parseAreas(csv))) {
    await tx.run(sql`
      insert into area (id, code, level, kind, name, name_en, parent_id, valid_from, valid_to, pos, pos_end, stands_in)
      select * from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r (id int, code text, level text, kind text, name text, "nameEn" text,
        "parentId" int, "validFrom" date, "validTo" date, pos int, "posEnd" int, "standsIn" boolean)
      on conflict (id) do update set code = excluded.code, level = excluded.level, kind = excluded.kind, name = excluded.name,
        name_en = excluded.name_en, parent_id = excluded.parent_id, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
        pos = excluded.pos, pos_end = excluded.pos_end, stands_in = excluded.stands_in`)
  }
}

const loadSuccessors = async (tx: Tx, csv: string): Promise<void> => {
  await tx.run(sql`delete from area_successor`)
  for (const part of chunks(parseSuccessors(csv))) {
    await tx.run(sql`
      insert into area_successor (from_id, to_id, share, estimated, basis)
      select * from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r ("fromId" int, "toId" int, share numeric, estimated boolean, basis text)`)
  }
}

const loadPopulation = async (tx: Tx, csv: string): Promise<void> => {
  for (const part of chunks(parsePopulations(csv))) {
    await tx.run(sql`
      insert into area_population (area_id, metric, as_of, value, source, confidence, estimated)
      select * from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r ("areaId" int, metric text, "asOf" date, value int, source text,
        confidence text, estimated boolean)
      on conflict (area_id, metric, as_of) do update set value = excluded.value, source = excluded.source, confidence = excluded.confidence,
        estimated = excluded.estimated`)
  }
}
