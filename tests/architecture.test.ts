import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Endpoint, Texts } from '#base'

const HOME = resolve(import.meta.dirname, '..')
const SKIPPED = new Set(['node_modules', 'dist', 'data', '.git'])

const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    if (SKIPPED.has(name)) return []
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
const all = walk(HOME).map((path) => relative(HOME, path))
const sources = all.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
const isTest = (path: string): boolean => /\.(test|e2e)\.ts$/.test(path) || path.startsWith('tests/')
const code = sources.filter((path) => !isTest(path))
const text = new Map(sources.map((path) => [path, readFileSync(join(HOME, path), 'utf8')]))
const read = (path: string): string => text.get(path) as string
/** The program without comments and without the text of strings: what it does, not what it says. */
const bare = (path: string): string => read(path).replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '').replace(/([^:])\/\/ .*$/gm, '$1')

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;'"`]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'/g
const importsOf = (path: string): string[] => [...read(path).matchAll(IMPORT)].map((found) => (found[1] ?? found[2] ?? found[3]) as string)

const PLATFORM = 'platform'
/** The room a file lies in: a pure folder, one engine of the platform, one module, the web shell, or the top. */
const roomOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/')
  if (first === PLATFORM || first === 'modules') return path.split('/').length > 2 ? `${first}/${second}` : first
  return path.includes('/') ? first : '.'
}
const doors = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')).imports as Record<string, string>
const isModuleWeb = (path: string): boolean => /^modules\/[^/]+\/web\//.test(path)
const isBrowserSafe = (path: string): boolean => /^modules\/[^/]+\/(contract|text|screen-text)\.ts$/.test(path)

describe('rooms and doors', () => {
  test('the checker sees the house', () => {
    expect(code.length).toBeGreaterThan(150)
    expect(sources.filter(isTest).length).toBeGreaterThan(20)
    expect(code.flatMap(importsOf).length).toBeGreaterThan(800)
    // Counted another way, by lines: the pattern misses none.
    const lines = (path: string): number =>
      bare(path).split('\n').filter((line) => /^\s*(import|export)\b.*\bfrom '|^\s*\}( from '|.*\bfrom ')|^\s*import '|\bimport\('/.test(line)).length
    for (const path of code) expect([path, importsOf(path).length]).toEqual([path, lines(path)])
  })

  test('no relative import leaves its room', () => {
    const leaving = code.filter((path) => roomOf(path) !== '.').flatMap((path) =>
      importsOf(path).filter((from) => from.startsWith('.')).flatMap((from) => {
        const target = relative(HOME, resolve(HOME, dirname(path), from))
        const free = path.startsWith('tools/') || path.startsWith('bench/') || path === 'modules/index.ts'
        return roomOf(target) === roomOf(path) || free ? [] : [`${path} → ${from}`]
      }))
    expect(leaving).toEqual([])
  })

  test('every door leads to a file', () => {
    for (const [door, target] of Object.entries(doors)) if (!door.includes('*')) expect([door, existsSync(join(HOME, target))]).toEqual([door, true])
  })

  const may: readonly (readonly [string, (path: string) => boolean, (door: string) => boolean])[] = [
    ['base → nothing', (path) => path.startsWith('base/'), () => false],
    ['decisions, epi, credentials → base', (path) => /^(decisions|epi|credentials)\//.test(path), (door) => door === '#base'],
    ['platform → base, platform', (path) => path.startsWith('platform/'), (door) => door === '#base' || door.startsWith('#platform/')],
    [
      'modules (server) → base, decisions, epi, platform, doors of modules',
      (path) => path.startsWith('modules/') && !isModuleWeb(path),
      (door) => !door.endsWith('/web') && door !== '#web' && door !== '#tests/kit',
    ],
    [
      'modules/*/web → contracts, web, base, decisions, epi; never a store, a route, the platform',
      isModuleWeb,
      (door) => ['#base', '#decisions', '#epi', '#web'].includes(door) || door.endsWith('/contract') || door.endsWith('/web'),
    ],
    ['web → base', (path) => path.startsWith('web/'), (door) => door === '#base' || door.endsWith('/contract')],
  ]
  test.each(may)('%s', (_, within, allows) => {
    const files = code.filter(within)
    expect(files.length).toBeGreaterThan(3)
    const wrong = files.flatMap((path) => importsOf(path).filter((from) => from.startsWith('#') && !allows(from)).map((from) => `${path} → ${from}`))
    expect(wrong).toEqual([])
  })

  test('browser code imports no server code of its own module', () => {
    const wrong = code.filter(isModuleWeb).flatMap((path) =>
      importsOf(path).filter((from) => from.startsWith('../')).flatMap((from) => {
        const target = relative(HOME, resolve(HOME, dirname(path), from))
        return isModuleWeb(target) || isBrowserSafe(target) || !/from '#platform|node:/.test(read(target)) ? [] : [`${path} → ${from}`]
      }))
    expect(wrong).toEqual([])
  })

  test('contracts are safe in the browser', () => {
    const wrong = code.filter(isBrowserSafe).flatMap((path) => importsOf(path).filter((from) => /^(node:|#platform)/.test(from)).map((from) => `${path} → ${from}`))
    expect(wrong).toEqual([])
  })

  test('modules know each other without circles', () => {
    const names = [...new Set(code.filter((path) => path.startsWith('modules/') && path.split('/').length > 2).map((path) => path.split('/')[1] as string))]
    const edges = new Map(names.map((name) => [name, new Set<string>()]))
    for (const path of code.filter((file) => file.startsWith('modules/') && !isModuleWeb(file) && !isBrowserSafe(file))) {
      const own = path.split('/')[1] as string
      for (const from of importsOf(path)) {
        const other = /^#(\w+)$/.exec(from)?.[1]
        if (other && other !== own && edges.has(other)) edges.get(own)?.add(other)
      }
    }
    const circle = (name: string, trail: readonly string[]): string[] | undefined => {
      if (trail.includes(name)) return [...trail, name]
      for (const next of edges.get(name) ?? []) {
        const found = circle(next, [...trail, name])
        if (found) return found
      }
      return undefined
    }
    for (const name of names) expect(circle(name, [])).toBeUndefined()
  })

  test('nothing imports main.ts, app.tsx or cli.ts, but early.ts the app; only tests import the test kit', () => {
    const wrong = code.flatMap((path) => importsOf(path).filter((from) => (path !== 'early.ts' && /(^|\/)(main\.ts|app\.tsx|cli\.ts)$/.test(from)) || (from === '#tests/kit' && !/^(tools|bench)\//.test(path))).map((from) => `${path} → ${from}`))
    expect(wrong).toEqual([])
  })

  test('TSX lies in app.tsx and web folders only', () => {
    expect(code.filter((path) => path.endsWith('.tsx') && path !== 'app.tsx' && !path.startsWith('web/') && !isModuleWeb(path))).toEqual([])
  })
})

describe('who may touch what', () => {
  const SQL = /\b(select\s+[\s\S]{1,200}?\bfrom\b|insert into|delete from|update \w+ (as \w+ )?set|create (temp|temporary|table)|copy [\w(])/i
  test('SQL only in stores, indicators.ts, the platform, tools, benches and migrations', () => {
    const wrong = code.filter((path) => path.startsWith('modules/') && !isModuleWeb(path) && !/(-store|\/indicators)\.ts$/.test(path) && /sql`|sql</.test(bare(path)) && SQL.test(bare(path)))
    expect(wrong).toEqual([])
    expect(SQL.test('select 1 from x')).toBe(true)
  })

  test('every policy reads the ranges of the scope once a statement (platform/db/README.md)', () => {
    const policies = readFileSync(join(HOME, 'db/schema.sql'), 'utf8').split('\n').filter((line) => line.startsWith('-- policy') && line.includes('app.ranges'))
    expect(policies.length).toBeGreaterThan(20)
    /** Whether whoever may see everything is a question of its own, asked once a statement as well. */
    const everywhere = "( SELECT ((current_setting('app.lo'::text) = '0'::text) AND (current_setting('app.hi'::text) = '2147483647'::text) AND (current_setting('app.ranges'::text) = '{}'::text)))"
    expect(policies.filter((line) => /(?<!SELECT \()current_setting\('app\.ranges'/.test(line.replace(everywhere, 'true').replaceAll('SELECT ((', 'SELECT (')))).toEqual([])
  })

  test('process.env only in platform/config, the current time only in platform/clock', () => {
    const environment = code.filter((path) => /process\.env\b/.test(bare(path)) && !path.startsWith('platform/config/'))
    expect(environment).toEqual([])
    const time = code.filter((path) => /\bDate\.now\(|new Date\(\)/.test(bare(path)) && !path.startsWith('platform/clock/') && path !== 'web/clock.ts' && !/^(bench|tools)\//.test(path))
    expect(time).toEqual([])
  })

  test('no clock, randomness, process or network in the pure folders', () => {
    const pure = code.filter((path) => /^(base|epi|decisions|credentials)\//.test(path))
    expect(pure.length).toBeGreaterThan(20)
    expect(pure.filter((path) => /\bnew Date\b|\bDate\.|Math\.random|\bprocess\.|\bfetch\(/.test(bare(path)))).toEqual([])
  })

  test('no types silenced, nothing left to do', () => {
    expect(code.filter((path) => /@ts-ignore|@ts-expect-error|as unknown as|: any\b|as any\b/.test(bare(path)) || /@ts-ignore|@ts-expect-error/.test(read(path)))).toEqual([])
    expect(sources.filter((path) => /TO[D]O|FIX[M]E/.test(read(path)))).toEqual([])
    expect(sources.filter((path) => /\b(it|test|describe)\.(only|todo)\(/.test(read(path)) && !path.endsWith('architecture.test.ts'))).toEqual([])
  })
})

describe('endpoints', async () => {
  const contracts = code.filter((path) => /^modules\/[^/]+\/contract\.ts$/.test(path))
  const endpoints = (await Promise.all(contracts.map(async (path) => ({ path, exported: (await import(join(HOME, path))) as Record<string, unknown> })))).flatMap(
    ({ path, exported }) => Object.values(exported).filter((value): value is Endpoint => typeof value === 'object' && value !== null && 'method' in value && 'path' in value)
      .map((endpoint) => ({ path, endpoint })))

  test('there are many, and each names a permission, or that it is public', () => {
    expect(endpoints.length).toBeGreaterThan(40)
    for (const { endpoint } of endpoints) expect([endpoint.path, endpoint.permission === 'public' || endpoint.permission === 'signed-in' || endpoint.permission.roles.length > 0]).toEqual([endpoint.path, true])
    expect(endpoints.filter(({ endpoint }) => endpoint.permission === 'public').map(({ endpoint }) => endpoint.path).toSorted()).toEqual(['/api/session', '/api/session', '/api/session/welcome'])
  })

  test('each has an HTTP test, and so has each of its problem codes', () => {
    const written = (folder: string, suffix: RegExp): string => sources.filter((file) => file.startsWith(`${folder}/`) && suffix.test(file)).map(read).join('\n')
    const tests = new Map(contracts.map((path) => [path, written(dirname(path), /\.http\.test\.ts$/)]))
    // What an engine refuses is tested where the engine is, once for all that use it.
    const engines = written('platform', /\.test\.ts$/)
    const missing = endpoints.flatMap(({ path, endpoint }) => {
      const body = tests.get(path) ?? ''
      const tested = body + written(dirname(path), /\.test\.ts$/) + engines
      const stem = endpoint.path.split('/:')[0] as string
      return [
        ...(body.includes(stem) ? [] : [`${endpoint.method} ${endpoint.path}`]),
        ...endpoint.problems.filter((problem) => !tested.includes(`'${problem}'`)).map((problem) => `${endpoint.method} ${endpoint.path}: ${problem}`),
      ]
    })
    expect(missing).toEqual([])
    for (const [path, body] of tests) if (endpoints.some((one) => one.path === path)) expect([path, /403/.test(body)]).toEqual([path, true])
  })

})

describe('texts', async () => {
  const files = code.filter((path) => /(^|\/)(text|screen-text)\.ts$/.test(path) && !path.startsWith('web/text'))
  const loaded = await Promise.all(files.map(async (path) => ({ path, exported: (await import(join(HOME, path))) as Record<string, unknown> })))
  const texts = loaded.flatMap(({ path, exported }) => Object.values(exported).filter((value): value is Texts => typeof value === 'object' && value !== null && 'vi' in value && 'en' in value).map((value) => ({ path, value })))

  test('every key stands in both languages, with the same placeholders', () => {
    expect(texts.length).toBeGreaterThan(8)
    for (const { path, value } of texts) {
      expect([path, Object.keys(value.en).toSorted()]).toEqual([path, Object.keys(value.vi).toSorted()])
      const places = (sentence: string): string[] => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((found) => (found[1] === 'en' ? 'vi' : (found[1] as string))))].toSorted()
      for (const key of Object.keys(value.vi)) expect([path, key, places(value.en[key] as string)]).toEqual([path, key, places(value.vi[key] as string)])
    }
  })

  test('every problem code has a sentence', () => {
    const known = new Set(texts.flatMap(({ value }) => Object.keys(value.vi)))
    const codes = code.filter((file) => /^(modules|platform|decisions|base)\//.test(file)).flatMap((path) => [...bare(path).matchAll(/\bproblem\(\s*'([a-z0-9_]+)'/g)].map((found) => found[1] as string))
    expect([...new Set(codes)].filter((one) => !known.has(`problem.${one}`))).toEqual([])
    expect(new Set(codes).size).toBeGreaterThan(60)
  })

  test('every key is used', () => {
    const used = code.filter((path) => !/(^|\/)(text|screen-text)\.ts$/.test(path) && !path.startsWith('web/locales/')).map(read).join('\n')
    const unused = texts.flatMap(({ path, value }) => Object.keys(value.vi).filter((key) => {
      if (used.includes(`'${key}'`) || used.includes(`"${key}"`)) return false
      if (key.startsWith('problem.')) return !used.includes(`'${key.slice(8)}'`)
      // Keys made from a value: `role.${role}` uses every key under its stem.
      return !key.split('.').slice(0, -1).some((_, i, parts) => used.includes(`\`${parts.slice(0, parts.length - i).join('.')}.\${`))
    }).map((key) => `${path}: ${key}`))
    expect(unused).toEqual([])
  })
})

describe('pages of the modules', () => {
  const folders = [...new Set(code.filter((path) => /^modules\/[^/]+\//.test(path)).map((path) => path.split('/').slice(0, 2).join('/')))]
  test.each(folders)('%s has a page, and its rules are its tests', (folder) => {
    const page = readFileSync(join(HOME, folder, 'README.md'), 'utf8')
    const stated = new Set([...page.matchAll(/^\s*(?:[-*|]\s*)?\**(R\d+)\b/gm)].map((found) => found[1] as string))
    const tests = sources.filter((path) => path.startsWith(`${folder}/`) && isTest(path)).map(read).join('\n')
    const tested = new Set([...tests.matchAll(/\b(?:test|it)(?:\.each\([^)]*\))?\(\s*['"`]((?:R\d+[, ]+(?:and )?)+)/g)].flatMap((found) => (found[1] as string).match(/R\d+/g) ?? []))
    expect([...tested].toSorted()).toEqual([...stated].toSorted())
  })
})

test('every file is one room: none grows beyond 450 lines', () => {
  expect(sources.filter((path) => !isTest(path) && read(path).split('\n').length > 450)).toEqual([])
})

test('documents name no path of a machine', () => {
  const papers = all.filter((path) => /\.(md|ts|tsx|json|sh|yml)$/.test(path) && path !== 'package-lock.json' && path !== 'tests/architecture.test.ts')
  expect(papers.filter((path) => /\/work\/|\.library\b|farm-/.test(readFileSync(join(HOME, path), 'utf8')))).toEqual([])
})
