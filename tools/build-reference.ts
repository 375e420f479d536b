// Builds db/reference from a folder of source files: `node tools/build-reference.ts FROM_FOLDER`. Run by hand when a
// source changes; the results are committed. Twice run, it writes the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildBoundaries } from './reference/boundaries.ts'
import { buildPopulations } from './reference/people.ts'
import { describeReference } from './reference/readme.ts'
import { csvOf, readSources } from './reference/source-files.ts'
import { buildSuccessors } from './reference/successors.ts'
import { buildUnits } from './reference/units.ts'

const from = process.argv[2]
if (!from) {
  console.error('node tools/build-reference.ts FROM_FOLDER')
  process.exit(2)
}
const sources = readSources(from)
const areas = buildUnits(sources)
const succession = buildSuccessors(areas, sources)
const populations = buildPopulations(areas, sources)
const boundaries = buildBoundaries(areas, sources)

const to = join(import.meta.dirname, '..', 'db', 'reference')
const files: Record<string, string> = {
  'areas.csv': csvOf(
    ['id', 'code', 'level', 'kind', 'name', 'name_en', 'parent_id', 'valid_from', 'valid_to', 'stands_in', 'pos', 'pos_end'],
    areas.map((a) => [a.id, a.code, a.level, a.kind, a.name, a.nameEn, a.parentId, a.validFrom, a.validTo, a.standsIn, a.pos, a.posEnd]),
  ),
  'area-successors.csv': csvOf(
    ['from_id', 'to_id', 'share', 'estimated', 'basis'],
    succession.successors.map((s) => [s.fromId, s.toId, s.share, s.estimated, s.basis]),
  ),
  'population.csv': csvOf(
    ['area_id', 'as_of', 'metric', 'value', 'source', 'confidence', 'estimated'],
    populations.map((p) => [p.areaId, p.asOf, p.metric, p.value, p.source, p.confidence, p.estimated]),
  ),
  ...Object.fromEntries(Object.entries(boundaries.files).map(([name, text]) => [join('boundaries', name), text])),
  'README.md': describeReference({ areas, succession, populations, boundaries }),
}
mkdirSync(join(to, 'boundaries'), { recursive: true })
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(to, name), text)
  console.log(`${name}: ${Math.ceil(Buffer.byteLength(text) / 1024)} KB`)
}
