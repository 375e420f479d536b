// Writes every generated file anew: schema.sql, openapi.json, the data dictionary, the table of variables, the hashes of migrations, the pictures
// and tables of docs/epi.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#platform/config'
import { explain, log, openProduct, productSentences } from '#platform/product'
import { modules } from '../modules/index.ts'
import { generatedFiles } from './generate/documents.ts'
import { chapterFiles } from './pictures/chapters.ts'

const folder = mkdtempSync(join(tmpdir(), 'luytre-gen-'))
const config = readConfig({ LUYTRE_DATA: folder })
if (!config.ok) throw explain(productSentences(modules), config.problem)
const product = await openProduct({ config: config.value, modules, log: () => {} })
if (!product.ok) throw explain(productSentences(modules), product.problem)
for (const [path, text] of Object.entries({ ...(await generatedFiles(product.value.app.database, product.value.app)), ...chapterFiles() })) {
  writeFileSync(join(import.meta.dirname, '..', path), text)
  log(path)
}
await product.value.close()
rmSync(folder, { recursive: true, force: true })
