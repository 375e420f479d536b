import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const HOME = join(import.meta.dirname, '../..')
const known = new Map<string, string>()

/**
 * What computed a result: the product's version and a digest of the sources that can change it, tests left out. Two results with the same version, inputs and seed are the same.
 * Folders are named from the top: `epi`, `modules/forecasts/compute`.
 */
export const codeVersion = (...folders: readonly string[]): string => {
  const key = folders.join(' ')
  let version = known.get(key)
  if (version === undefined) {
    const hash = createHash('sha256')
    for (const file of globSync(folders.map((folder) => `${folder}/**/*.ts`), { cwd: HOME }).filter((path) => !/\.(test|fixture)\.ts$/.test(path)).toSorted()) {
      hash.update(`${file.replaceAll('\\', '/')}\n`).update(readFileSync(join(HOME, file), 'utf8').replaceAll('\r\n', '\n'))
    }
    const { version: product } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { version: string }
    known.set(key, (version = `${product}-${hash.digest('hex').slice(0, 12)}`))
  }
  return version
}

/** Digest of what a computation was given; keys keep their order, so whoever builds the inputs builds them the same way. Example: 64 hexadecimal digits. */
export const inputsDigest = (inputs: unknown): string => createHash('sha256').update(JSON.stringify(inputs)).digest('hex')

/** A seed that follows from the inputs, so that nobody has to choose one: their first 32 bits. */
export const seedOf = (digest: string): number => Number.parseInt(digest.slice(0, 8), 16)
