import { pipeline } from 'node:stream/promises'
import { ok, problem, refuse } from '#base'
import { openTestDb } from '#tests/kit'
import { describe, expect, test } from 'vitest'
import { EVERYWHERE, sql, type Scope, type Tx } from './index.ts'

const database = await openTestDb('empty')

await database.owner(async (tx) => {
  await tx.run(sql`create table note (id int primary key, area_pos int not null, body text not null)`)
  await tx.run(sql`alter table note enable row level security`)
  await tx.run(sql`
    create policy area on note using (
      area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
      and ((select current_setting('app.ranges') = '{}') or (select current_setting('app.ranges')::int4multirange) @> area_pos))`)
  await tx.run(sql`grant select, insert, update, delete on note to luytre_app`)
  await tx.run(sql`insert into note select i, i, 'note ' || i from generate_series(1, 100) i`)
})

const seen = async (scope: Scope): Promise<number[]> =>
  (await database.read(scope, (tx) => tx.rows(sql<{ id: number }>`select id from note order by id`))).map((row) => row.id)
const body = (tx: Tx, id: number): Promise<{ body: string } | undefined> => tx.first(sql<{ body: string }>`select body from note where id = ${id}`)

describe('the product works as luytre_app', () => {
  test('which is bound by row security and owns nothing', async () => {
    const who = await database.read(EVERYWHERE, (tx) =>
      tx.first(sql`select current_user::text as name, session_user::text as session, rolsuper, rolbypassrls from pg_roles where rolname = current_user`))
    expect(who).toEqual({ name: 'luytre_app', session: 'luytre_app', rolsuper: false, rolbypassrls: false })
  })
  test('and may not change a table', async () => {
    await expect(database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`drop table note`)))).rejects.toThrow(/owner/)
  })
})

describe('scopes', () => {
  test('one range, several ranges, everywhere, nowhere', async () => {
    expect(await seen({ lo: 3, hi: 5, ranges: '' })).toEqual([3, 4, 5])
    expect(await seen({ lo: 3, hi: 11, ranges: '{[3,4],[10,11]}' })).toEqual([3, 4, 10, 11])
    expect(await seen(EVERYWHERE)).toHaveLength(100)
    expect(await seen({ lo: -1, hi: -1, ranges: '' })).toEqual([])
  })
  test('never leak between connections of the pool', async () => {
    const scopes = Array.from({ length: 200 }, (_, i): Scope => ({ lo: (i % 50) + 1, hi: (i % 50) + 2, ranges: '' }))
    const answers = await Promise.all(scopes.map(seen))
    expect(answers).toEqual(scopes.map(({ lo, hi }) => [lo, hi]))
  })
  test('bind what is written, not only what is read', async () => {
    const write = database.write({ lo: 1, hi: 10, ranges: '' }, async (tx) => ok(await tx.run(sql`insert into note values (500, 50, 'elsewhere')`)))
    await expect(write).rejects.toThrow(/row-level security/)
    const changed = await database.write({ lo: 1, hi: 10, ranges: '' }, async (tx) => ok(await tx.run(sql`update note set body = 'x' where area_pos = 50`)))
    expect(changed).toEqual(ok(0))
  })
  test('are refused when they are not numbers', async () => {
    await expect(database.read({ lo: 0.5, hi: 2, ranges: '' }, (tx) => body(tx, 1))).rejects.toThrow('whole positions')
    await expect(database.read({ lo: 1, hi: 2, ranges: `{}'; drop table note` }, (tx) => body(tx, 1))).rejects.toThrow('int4multirange')
  })
})

describe('the end of a transaction', () => {
  test('a refusal is given back and leaves nothing behind', async () => {
    const result = await database.write(EVERYWHERE, async (tx) => {
      await tx.run(sql`update note set body = 'changed' where id = 1`)
      return refuse(problem('no'))
    })
    expect(result).toEqual(refuse(problem('no')))
    expect(await database.read(EVERYWHERE, (tx) => body(tx, 1))).toEqual({ body: 'note 1' })
  })
  test('a throw leaves nothing behind', async () => {
    const broken = database.write(EVERYWHERE, async (tx) => {
      await tx.run(sql`update note set body = 'changed' where id = 1`)
      throw new Error('a bug')
    })
    await expect(broken).rejects.toThrow('a bug')
    expect(await database.read(EVERYWHERE, (tx) => body(tx, 1))).toEqual({ body: 'note 1' })
  })
  test('a statement that failed unseen is not taken for a commit', async () => {
    const swallowed = database.write(EVERYWHERE, async (tx) => {
      await tx.run(sql`update note set body = 'changed' where id = 1`)
      await tx.run(sql`select 1 / 0`).catch(() => {})
      return ok(undefined)
    })
    await expect(swallowed).rejects.toThrow('swallowed')
  })
  test('what was sent without waiting is part of it, and its failure is the reason given', async () => {
    const send = (tx: Tx, id: number): void => tx.send('note_add', `insert into note values ($1, 1, 'sent')`, [id])
    await database.write(EVERYWHERE, async (tx) => ok(send(tx, 601)))
    expect(await database.read(EVERYWHERE, (tx) => body(tx, 601))).toEqual({ body: 'sent' })
    const twice = database.write(EVERYWHERE, async (tx) => {
      send(tx, 602)
      send(tx, 601)
      return ok(undefined)
    })
    await expect(twice).rejects.toMatchObject({ constraint: 'note_pkey' })
    const goesOn = database.write(EVERYWHERE, async (tx) => {
      send(tx, 601)
      return ok(await body(tx, 1))
    })
    await expect(goesOn).rejects.toMatchObject({ constraint: 'note_pkey' })
    expect(await database.read(EVERYWHERE, (tx) => body(tx, 602))).toBeUndefined()
    await database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`delete from note where id = 601`)))
  })
  test('what was sent one after another is one statement, and locks rows in the order it was sent', async () => {
    // Enough values that those of a later one have two digits.
    const send = (tx: Tx, ids: readonly number[], text: string): void =>
      tx.send(`notes_add_${ids.length}`, `insert into note values ${ids.map((_, n) => `($${n + 2}, 1, $1)`).join(', ')}`, [text, ...ids])
    const written = await database.write(EVERYWHERE, async (tx) => {
      send(tx, [621, 622, 623, 624, 625, 626, 627, 628], 'first')
      send(tx, [629, 630], 'second')
      return ok(await tx.rows(sql<{ id: number; body: string; command: string; place: string }>`select id, body, cmin::text as command, ctid::text as place from note where id > 620 order by ctid`))
    })
    const rows = written.ok ? written.value : []
    expect(rows.map(({ id, body }) => `${id} ${body}`)).toEqual([621, 622, 623, 624, 625, 626, 627, 628].map((id) => `${id} first`).concat('629 second', '630 second'))
    expect(new Set(rows.map(({ command }) => command)).size).toBe(1)
    await database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`delete from note where id > 620`)))
  })
  test('what does not hold as expected is done again, asking; twice it is a failure', async () => {
    const turns: boolean[] = []
    const noted = await database.write(EVERYWHERE, async (tx, asks) => {
      turns.push(asks)
      if (asks && (await body(tx, 1))) return ok('there already')
      tx.send('note_add', `insert into note values ($1, 1, 'sent')`, [1])
      return ok('new')
    })
    expect([noted, turns]).toEqual([ok('there already'), [false, true]])
    const stubborn = database.write(EVERYWHERE, async (tx, asks) => {
      turns.push(asks)
      return ok(await tx.run(sql`do $$ begin raise sqlstate 'LT001'; end $$`))
    })
    await expect(stubborn).rejects.toMatchObject({ code: 'LT001' })
    expect(turns).toEqual([false, true, false, true])
  })
  test('COPY has the connection for itself, whatever was sent before and comes after', async () => {
    const copied = await database.write(EVERYWHERE, async (tx) => {
      tx.send('note_add', `insert into note values ($1, 1, 'sent')`, [611])
      await tx.run(sql`create temporary table incoming (id int) on commit drop`)
      await pipeline(['612\n', '613\n'], await tx.copyIn('copy incoming from stdin'))
      await tx.run(sql`insert into note select id, 1, 'copied' from incoming`)
      return ok((await (await tx.copyOut(sql`copy (select id, body from note where id > 600 order by id) to stdout`)).toArray()).join(''))
    })
    expect(copied).toEqual(ok('611\tsent\n612\tcopied\n613\tcopied\n'))
    await database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`delete from note where id > 600`)))
  })
  test('reading cannot write', async () => {
    await expect(database.read(EVERYWHERE, (tx) => tx.run(sql`delete from note`))).rejects.toThrow(/read-only/)
  })
  test('no setting survives it on any connection', async () => {
    const ended: Tx[] = []
    await Promise.all(Array.from({ length: 30 }, (_, i) =>
      database.write({ lo: 1, hi: 9, ranges: '{[1,2],[8,9]}' }, async (tx) => {
        ended.push(tx)
        await tx.run(sql`select pg_sleep(0.01)`)
        return i % 2 ? ok(i) : refuse(problem('no'))
      })))
    const connections = new Set<number>()
    for (const tx of ended) {
      const left = await tx.first(sql<{ pid: number; settings: string }>`
        select pg_backend_pid() as pid, concat(current_setting('app.lo'), current_setting('app.hi'), current_setting('app.ranges')) as settings`)
      connections.add(left?.pid ?? 0)
      expect(left?.settings).toBe('')
      // Without a scope nothing can be read at all.
      await expect(tx.run(sql`select from note`)).rejects.toThrow(/invalid input syntax/)
    }
    expect(connections.size).toBe(10)
  })
})

test('a deadlock is tried again until both writers are through', async () => {
  let attempts = 0
  const meet = Promise.withResolvers<void>()
  let arrived = 0
  const swap = (first: number, second: number): Promise<unknown> =>
    database.write(EVERYWHERE, async (tx) => {
      attempts += 1
      await tx.run(sql`update note set body = body || '+' where id = ${first}`)
      if (++arrived === 2) meet.resolve()
      await meet.promise
      await tx.run(sql`update note set body = body || '+' where id = ${second}`)
      return ok(undefined)
    })
  await Promise.all([swap(21, 22), swap(22, 21)])
  // One of the two lost at least once.
  expect(attempts).toBeGreaterThanOrEqual(3)
  expect(await database.read(EVERYWHERE, (tx) => body(tx, 21))).toEqual({ body: 'note 21++' })
})

test('the pool of better-auth reads instants as dates and finds its own tables first', async () => {
  const { rows } = await database.appPool.query<{ at: Date; path: string }>(`select timestamptz '2021-10-12T00:00Z' as at, current_setting('search_path') as path`)
  expect(rows[0]?.at).toBeInstanceOf(Date)
  expect(rows[0]?.path).toBe('auth')
})
