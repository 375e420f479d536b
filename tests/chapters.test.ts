import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chapterFiles } from '../tools/pictures/chapters.ts'

const files = chapterFiles()
if (!('docs/epi/pictures/forecast-nation.svg' in files)) console.log('The picture and the scores of the nation: skipped, LUYTRE_VECTORS names no folder.')

test.each(Object.keys(files))('%s is what the library makes now (npm run gen writes it)', (path) => {
  const file = join(import.meta.dirname, '..', path)
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(files[path])
})

test('every picture stands in a chapter', () => {
  const chapters = ['reproduction', 'nowcast', 'early-warning', 'forecasting', 'scenarios', 'transmission', 'serology-and-lineages']
    .map((name) => readFileSync(join(import.meta.dirname, '../docs/epi', `${name}.md`), 'utf8')).join('')
  for (const path of Object.keys(files).filter((one) => one.endsWith('.svg'))) expect(chapters).toContain(`](${path.replace('docs/epi/', '')})`)
})
