import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { variables } from '#platform/config'
import { openApi, type App } from '#platform/http'
import type { Database } from '#platform/db'
import { dictionaryText, readSchema, schemaText } from './schema.ts'

const HOME = join(import.meta.dirname, '../..')
const MIGRATIONS = join(HOME, 'db/migrations')

/** SHA-256 of every migration: one that was released never changes. */
const frozenText = (): string =>
  `${JSON.stringify(
    Object.fromEntries(readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql')).toSorted()
      .map((name) => [name.replace(/\.sql$/, ''), createHash('sha256').update(readFileSync(join(MIGRATIONS, name))).digest('hex')])),
    null, 2,
  )}\n`

const configurationText = (): string =>
  [
    '# Environment variables\n',
    'Made by `npm run gen`. None is needed to start.\n',
    '| variable | default and meaning |',
    '|---|---|',
    ...Object.entries(variables.shape).map(([name, schema]) => `| \`${name}\` | ${schema.description ?? ''} |`),
    '',
  ].join('\n')

/** Every generated file with what should stand in it, by path from the root. */
export const generatedFiles = async (database: Database, app: App): Promise<Readonly<Record<string, string>>> => {
  const schema = await readSchema(database)
  return {
    'db/schema.sql': schemaText(schema),
    'db/migrations/frozen.json': frozenText(),
    'docs/data-dictionary.md': dictionaryText(schema),
    'docs/configuration.md': configurationText(),
    'openapi.json': `${JSON.stringify(openApi(app.endpoints), null, 1)}\n`,
  }
}
