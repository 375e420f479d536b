import { totalmem } from 'node:os'

const MEGABYTE = 1024 * 1024

/** Memory this process may use: a container's limit, else the machine's. Unit: bytes. */
const memory = (): number => {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / MEGABYTE)}MB`

export type Settings = Readonly<Record<string, string>>

/** Settings of the product's own server (docs/adr/0002; measured in docs/architecture). */
export const productSettings = (): Settings => ({
  shared_buffers: megabytes(Math.max(128 * MEGABYTE, Math.min(memory() / 4, 4096 * MEGABYTE))),
  effective_cache_size: megabytes(memory() / 2),
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '8GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  max_connections: '50',
})

/** For a server that lives as long as one test run: nothing of it must survive the machine. */
export const testSettings = (): Settings => ({
  ...productSettings(), shared_buffers: '128MB', max_wal_size: '1GB', max_connections: '200', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off',
})

/** Every line of postgresql.conf. Statements and values of rows stay out of the log: they are people's data. */
export const configuration = (settings: Settings, socket: string): string => {
  const all: Settings = {
    listen_addresses: '', unix_socket_directories: socket, unix_socket_permissions: '0777', port: String(PORT),
    timezone: 'UTC', log_timezone: 'UTC', datestyle: 'ISO', lc_messages: 'C',
    log_min_messages: 'warning', log_min_error_statement: 'panic', log_error_verbosity: 'terse',
    ...settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
  return ['# Written at every start by platform/db/settings.ts.', ...lines, ''].join('\n')
}

/** Names the socket's file; there is no TCP port. */
export const PORT = 5432
