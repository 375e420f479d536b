import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentWith, keptSecret, originOf, readConfig, variables, type Config } from './index.ts'

const read = (environment: Record<string, string>): Config => {
  const config = readConfig(environment)
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  return config.value
}

test('nothing needs to be set', () => {
  const config = read({})
  expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', secrets: {} })
  expect(config.dataFolder).toMatch(/\/data$/)
  expect(originOf(config)).toBe('http://127.0.0.1:8080')
  expect(read({ PORT: '', DATABASE_URL: '' })).toEqual(config)
})

test('every variable has a sentence', () => {
  for (const [name, schema] of Object.entries(variables.shape)) expect(schema.description, name).toMatch(/^[A-Z].+\.$/)
})

test('what is set is taken', () => {
  const config = read({ PORT: '0', HOST: '0.0.0.0', LUYTRE_URL: 'https://dich.example.vn/x', TLS_CERT: 'c.pem', TLS_KEY: 'k.pem', LUYTRE_DATA: '/srv/luytre' })
  expect(config).toMatchObject({ port: 0, publicUrl: 'https://dich.example.vn', tls: { certificate: 'c.pem', key: 'k.pem' }, dataFolder: '/srv/luytre' })
  expect(originOf(config)).toBe('https://dich.example.vn')
  expect(originOf(read({ HOST: '::' }), 9000)).toBe('http://localhost:9000')
})

test('secrets stand apart', () => {
  const config = read({ DATABASE_URL: 'postgresql://a:hidden@h/d', LUYTRE_ADMIN_PASSWORD: 'hidden-as-well' })
  expect(config.secrets.databaseUrl).toContain('hidden')
  expect(JSON.stringify({ ...config, secrets: undefined })).not.toContain('hidden')
})

test.each([
  ['PORT', 'eighty'], ['PORT', '70000'], ['LUYTRE_URL', 'dich.example.vn'], ['DATABASE_URL', 'mysql://h/d'], ['LUYTRE_ADMIN_PASSWORD', 'short'],
])('%s=%s is refused by name', (variable, value) => {
  expect(readConfig({ [variable]: value })).toMatchObject({ ok: false, problem: { code: 'bad_config', problems: [{ code: 'bad_variable', params: { variable } }] } })
})

test('a certificate without its key is refused', () => {
  expect(readConfig({ TLS_CERT: 'c.pem' })).toMatchObject({ ok: false, problem: { problems: [{ code: 'tls_incomplete' }] } })
})

test('a program that a tool starts gets our environment, with changes', () => {
  expect(environmentWith({ PATH: undefined, ZONE: 'UTC' })).toMatchObject({ ZONE: 'UTC' })
  expect(environmentWith({ PATH: undefined })).not.toHaveProperty('PATH')
})

test('a secret is made once, kept, and readable by its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-secret-'))
  try {
    const made = keptSecret(folder, 'auth')
    expect(made).toMatch(/^[\w-]{43}$/)
    expect(keptSecret(folder, 'other')).not.toBe(made)
    expect(keptSecret(folder, 'auth')).toBe(made)
    const file = join(folder, 'secrets.json')
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)).toEqual(['auth', 'other'])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  } finally {
    chmodSync(folder, 0o700)
    rmSync(folder, { recursive: true })
  }
})
