import { defineConfig } from 'vitest/config'

const EVERYWHERE = ['node_modules/**', 'dist/**', 'data/**']
const ON_A_SERVER = { globalSetup: ['tests/kit/global-setup.ts'], testTimeout: 300_000, hookTimeout: 300_000 }

// Files share a process, two of them at a time: to load the product anew for each took a third of the whole run. Each opens a database and a server of its own.
const suite = (name: string, include: string, more: object = {}): { test: object } => ({
  test: { name, include: [include], exclude: EVERYWHERE, environment: 'node', pool: 'forks', isolate: false, ...more },
})

// The suffix of a test file says what it needs (docs/architecture). Time zones are set from outside: see tools/test.ts.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      suite('pure', '**/*.test.ts', { testTimeout: 120_000, exclude: [...EVERYWHERE, '**/*.{prop,db,http}.test.ts'] }),
      suite('property', '**/*.prop.test.ts', { testTimeout: 180_000 }),
      suite('db', '**/*.db.test.ts', ON_A_SERVER),
      suite('http', '**/*.http.test.ts', ON_A_SERVER),
      suite('e2e', '**/*.e2e.ts', { globalSetup: ['tests/kit/run-product.ts'], testTimeout: 360_000, hookTimeout: 240_000, fileParallelism: false }),
    ],
  },
})
