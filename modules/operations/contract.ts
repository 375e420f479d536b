import { z } from 'zod'
import { endpoint, permission } from '#base'

/** Work on the installation itself; beside the role, it is for the shell of the server alone: it writes files there. */
export const operate = permission('operation.backup', 'administrator')

export const writeBackup = endpoint({
  method: 'POST', path: '/api/operations/backup', permission: operate, summary: 'Write a backup file on the server (from its shell only)',
  body: z.object({ file: z.string().min(1) }),
  response: z.object({ file: z.string(), tables: z.int(), rows: z.int(), bytes: z.int() }),
  problems: ['shell_only', 'backup_exists', 'backup_not_written'],
})
