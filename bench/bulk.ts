import type pg from 'pg'
import { peakMegabytes, round, timed, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'
import { openProvince } from './province.ts'
import { FROM } from './season.ts'

/** Unit: seconds. */
const TARGET = 2
const ROWS = 1_000_000
/** Cases edited at once. */
const EDITED = 10_000

interface Bulk {
  readonly id: string
  readonly status: string
  readonly changed: number
  readonly refused: number
  readonly undone: number
}

/** Ten thousand of a million cases edited over HTTP and given back, against the same by hand. */
export const bulk = async ({ rows = ROWS, log }: BenchOptions): Promise<Outcome> => {
  const product = await openProvince(rows, log)
  try {
    const { url } = product
    const owner = await product.pool(1, 'owner')
    const headers = await product.signIn('epidemiologist', ['91'])
    const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const response = await fetch(new URL(path, url), {
        method, headers: { ...headers, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 500)}`)
      return JSON.parse(text) as T
    }
    const ended = async (first: Bulk): Promise<Bulk> => {
      let now = first
      while (now.status === 'running' || now.status === 'undoing') {
        await new Promise((resolve) => setTimeout(resolve, 10))
        now = (await ask<{ bulk: Bulk }>('GET', `/api/cases/bulk/${now.id}`)).bulk
      }
      return now
    }

    const best = { edit: Infinity, undo: Infinity, preview: Infinity, edit_of_uncounted_field: Infinity, undo_of_uncounted_field: Infinity, edit_by_hand: Infinity, undo_by_hand: Infinity }
    const keep = (what: keyof typeof best, seconds: number): void => void (best[what] = Math.min(best[what], seconds))
    for (let n = 0; n < TRIES; n++) {
      // Spread over the whole season and all communes, as a filter of the list would leave them.
      const { rows: meant } = await owner.query<{ id: string }>(
        `select id from case_record where outcome is null and reported_on >= '${FROM}' order by md5(id::text || $1) limit ${EDITED}`, [String(n)])
      const ids = meant.map(({ id }) => id)
      // The heavier edit moves counts and stands in indexes; the other only replaces rows.
      for (const [name, changes] of [['', { outcome: 'recovered', outcomeOn: '2022-01-31', detectionSource: 'community' }], ['_of_uncounted_field', { testType: 'culture' }]] as const) {
        const target = { ids }
        const preview = await timed(() => ask<{ seenAt: string; changing: number }>('POST', '/api/cases/bulk/preview', { target, changes }))
        keep('preview', preview.seconds)
        const edit = await timed(async () => ended((await ask<{ bulk: Bulk }>('POST', '/api/cases/bulk', { target, changes, reason: 'bench', seenAt: preview.value.seenAt })).bulk))
        if (edit.value.status !== 'done' || edit.value.changed !== preview.value.changing || edit.value.changed !== ids.length) throw new Error(JSON.stringify(edit.value))
        keep(`edit${name}`, edit.seconds)
        const undo = await timed(async () => ended((await ask<{ bulk: Bulk }>('POST', `/api/cases/bulk/${edit.value.id}/undo`, {})).bulk))
        if (undo.value.status !== 'undone' || undo.value.undone !== ids.length) throw new Error(JSON.stringify(undo.value))
        keep(`undo${name}`, undo.seconds)
      }
      const hand = await byHand(owner, ids)
      keep('edit_by_hand', hand.edit)
      keep('undo_by_hand', hand.undo)
    }
    const seconds = round(Math.max(best.edit, best.undo))
    return {
      bench: 'bulk', seconds, target: `≤ ${TARGET} s each`, reached: seconds <= TARGET,
      baseline: { edit_s: round(best.edit_by_hand), undo_s: round(best.undo_by_hand) },
      product: {
        edit_s: round(best.edit), undo_s: round(best.undo), preview_s: round(best.preview),
        of_a_field_in_no_index: { edit_s: round(best.edit_of_uncounted_field), undo_s: round(best.undo_of_uncounted_field) },
      },
      calibration: { rows_edited: EDITED }, rows, peak_rss_mb: peakMegabytes(), versions: versions(product.postgres),
    }
  } finally {
    await product.close()
  }
}

/** The heavier edit and its undo by the owner of the tables: images into the history, rows, sums; no rule, no audit, no answer. */
const byHand = async (owner: pg.Pool, ids: readonly string[]): Promise<{ edit: number; undo: number }> => {
  const client = await owner.connect()
  const within = async (statements: readonly string[]): Promise<number> =>
    (await timed(async () => {
      await client.query('begin')
      for (const one of statements) await client.query(one)
      await client.query('commit')
    })).seconds
  try {
    await client.query('create temporary table meant as select unnest($1::uuid[]) as id', [ids])
    await client.query('analyze meant')
    const image = (action: string): string => `insert into case_history (case_id, version, area_pos, image, changed_at, superseded_at, superseded_by, action, command_id)
      select c.id, version, area_pos, jsonb_strip_nulls(to_jsonb(c)), changed_at, now(), 'hand', '${action}', command_id from case_record c join meant using (id)`
    const sums = (sign: string): string => `insert into indicator_sum as s (disease, metric, area_id, day, area_pos, value, changed_at)
      select disease, 'cases_community', area_id, reported_on, area_pos, ${sign}count(*), now() from case_record c join meant using (id)
      where diagnosis = 'confirmed' group by 1, 3, 4, 5 order by 1, 2, 3, 4
      on conflict (disease, metric, area_id, day) do update set value = s.value + excluded.value`
    const edit = await within([
      image('bulk'), `update case_record c set outcome = 'recovered', outcome_on = '2022-01-31', detection_source = 'community', version = version + 1, changed_at = now()
        from meant where c.id = meant.id`, sums(''),
    ])
    const undo = await within([
      sums('-'), image('bulk_undone'), `update case_record c set outcome = null, outcome_on = null, detection_source = h.image ->> 'detection_source', version = c.version + 1, changed_at = now()
        from meant join case_history h on h.case_id = meant.id and h.superseded_by = 'hand' and h.action = 'bulk' where c.id = meant.id and h.version = c.version - 1`,
    ])
    await client.query('drop table meant')
    return { edit, undo }
  } finally {
    client.release()
  }
}
