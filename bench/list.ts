import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type pg from 'pg'
import { addDays, day, vietnameseDate } from '#base'
import { csvLine, SYNTHETIC_HEADER, syntheticCases, type SyntheticCommune } from '#demo'
import { rangesOfArea } from '#platform/access'
import { QUESTIONS, type Question } from './list-questions.ts'
import { peakMegabytes, percentile, round, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'
import { openBenchProduct } from './product.ts'
import { communesOf, DAYS, DISTRICTS, FROM, PROVINCE, SEED, unit, writeLines } from './season.ts'

/** Unit: milliseconds. */
const TARGET = 50
const TARGET_RATIO = 3
const ROWS = 1_000_000
/** For each user, a round; three rounds are counted. */
const CALLS = 70
const PAGE = 50

/** The line list of the season, two thirds of it closed, some of it not confirmed, half with the ministry's number. */
function* lines(communes: readonly SyntheticCommune[], count: number): Generator<string> {
  yield csvLine([...SYNTHETIC_HEADER, 'Mã bệnh nhân', 'Phân loại ca', 'Kết cục', 'Ngày kết cục'])
  let n = 0
  for (const row of syntheticCases({ communes, count, seed: SEED, from: FROM, days: DAYS })) {
    n += 1
    const outcome = n % 83 === 0 ? 'Tử vong' : n % 3 === 0 ? 'Đang điều trị' : 'Khỏi bệnh'
    const reported = day((row[9] as string).split('/').toReversed().join('-'))
    const ended = outcome === 'Đang điều trị' ? '' : vietnameseDate(addDays(reported, 1 + (n % 28)))
    yield csvLine([...row, n % 2 === 0 ? `BN${1_000_000 + n}` : '', n % 31 === 0 ? 'Nghi ngờ' : n % 97 === 0 ? 'Có thể' : 'Xác định', outcome, ended])
  }
}

interface User {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly area: string
}

interface Page {
  readonly cases: readonly { readonly id: string; readonly reportedOn: string; readonly birthYear: number | null; readonly fullName: string }[]
  readonly next: string | null
}

/** Pages of the case list over HTTP at a million cases, under row security, against the same pages by hand. */
export const list = async ({ rows = ROWS, log }: BenchOptions): Promise<Outcome> => {
  const product = await openBenchProduct(log)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const { app, url } = product
    const tree = app.areas.tree()
    const file = join(app.config.dataFolder, 'cases.csv')
    await writeLines(file, lines(await communesOf(app.database, tree), rows))
    log(`${await product.importFile('cases', file)} cases`)
    const owner = await product.pool(1, 'owner')
    // What autovacuum does within the minute.
    await owner.query('vacuum analyze case_record')

    const [city, island] = DISTRICTS.map((code) => tree.children(unit(tree, code).id, FROM).map((commune) => commune.code)) as [string[], string[]]
    const officer = async (name: string, codes: readonly string[]): Promise<User> => ({
      name, headers: await product.signIn('officer', codes),
      area: codes.flatMap((code) => rangesOfArea(app.areas, unit(tree, code).id)).map(({ lo, hi }) => `area_pos between ${lo} and ${hi}`).join(' or '),
    })
    const users = [
      await officer('commune', [city[0] as string]), await officer('district', [DISTRICTS[0]]),
      await officer('three communes', [city[0] as string, city[2] as string, island[0] as string]), await officer('province', [PROVINCE]),
    ]
    const fetchPage = async <T>(path: string, { headers }: User): Promise<{ milliseconds: number; body: T }> => {
      const begun = performance.now()
      const [response] = (await once(get(new URL(path, url), { agent, headers }), 'response')) as [IncomingMessage]
      const body = await text(response)
      const milliseconds = performance.now() - begun
      if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${body}`)
      return { milliseconds, body: JSON.parse(body) as T }
    }

    const measured: Record<'product' | 'baseline' | 'count', Record<string, number>> = { product: {}, baseline: {}, count: {} }
    const slowest: Record<string, number> = {}
    const keep = (kind: keyof typeof measured, user: User, times: readonly number[]): void => {
      measured[kind][user.name] = round(Math.min(measured[kind][user.name] ?? Infinity, percentile(times, 0.95)))
    }
    for (let n = 0; n <= TRIES; n++) {
      for (const user of users) {
        const times = { product: [] as number[], baseline: [] as number[], count: [] as number[] }
        for (let call = 0; call < CALLS; call++) {
          const question = QUESTIONS[call % QUESTIONS.length] as Question
          const variant = Math.floor(call / QUESTIONS.length)
          const query = new URLSearchParams(Object.entries(question.ask(variant)).flatMap(([key, value]) => [value].flat().map((one) => [key, one])))
          const count = await fetchPage(`/api/cases/count?${new URLSearchParams([...query].filter(([key]) => key !== 'sort' && key !== 'direction'))}`, user)
          times.count.push(count.milliseconds)
          const first = question.following ? (await fetchPage<Page>(`/api/cases?${query}`, user)).body : undefined
          if (first?.next) query.set('after', first.next)
          const page = await fetchPage<Page>(`/api/cases?${query}`, user)
          times.product.push(page.milliseconds)
          const byHand = await handWritten(owner, user, question, variant, first)
          times.baseline.push(byHand.milliseconds)
          const ids = page.body.cases.map((one) => one.id).join(' ')
          if (ids !== byHand.ids.join(' ')) throw new Error(`${user.name}, ${question.name}: the product and the hand differ`)
          const key = `${user.name}: ${question.name}`
          if (n > 0) slowest[key] = Math.max(slowest[key] ?? 0, page.milliseconds)
        }
        // The first round fills caches and is not counted.
        if (n > 0) for (const kind of ['product', 'baseline', 'count'] as const) keep(kind, user, times[kind])
      }
    }
    for (const [key, milliseconds] of Object.entries(slowest).toSorted((a, b) => b[1] - a[1]).slice(0, 5)) log(`${round(milliseconds)} ms at most: ${key}`)
    const idle: number[] = []
    for (let n = 0; n < CALLS; n++) idle.push((await fetchPage('/health', users[0] as User)).milliseconds)
    const worst = Math.max(...Object.values(measured.product))
    const ratio = Math.max(...users.map(({ name }) => (measured.product[name] as number) / (measured.baseline[name] as number)))
    return {
      bench: 'list', p95_ms: worst, ratio: round(ratio), target: `p95 ≤ ${TARGET} ms for each user, ≤ ${TARGET_RATIO} × SQL by hand`,
      reached: worst <= TARGET && ratio <= TARGET_RATIO,
      baseline: { p95_ms: measured.baseline }, product: { p95_ms: measured.product, counts_p95_ms: measured.count },
      calibration: { http_without_database_p95_ms: round(percentile(idle, 0.95)) }, rows, peak_rss_mb: peakMegabytes(), versions: versions(product.postgres),
    }
  } finally {
    agent.destroy()
    await product.close()
  }
}

const SHOWN = `id, number, version, disease, national_number, sender, sender_number, full_name, birth_year, sex, area_id, reported_on, onset_on, diagnosis,
  detection_source, severity, outcome, outcome_on, possible_duplicate, import_id, recorded_at`

/** The same page by somebody who knows the user's areas by heart and owns the table. */
const handWritten = async (
  owner: pg.Pool, { area }: User, { where, order, following }: Question, variant: number, first: Page | undefined,
): Promise<{ milliseconds: number; ids: string[] }> => {
  const columns = order.replaceAll(' desc', '')
  const last = following && first?.next ? first.cases.at(-1)?.id : undefined
  const quoted = columns.split(', ').map((column) => `quote_literal(${column})`).join(', ')
  const [place] = last === undefined ? [] : (await owner.query<{ values: string }>(`select concat_ws(', ', ${quoted}) as values from case_record where id = $1`, [last])).rows
  const after = place ? ` and (${columns}) ${order.includes('desc') ? '<' : '>'} (${place.values})` : ''
  const begun = performance.now()
  const { rows } = await owner.query<{ id: string }>(`select ${SHOWN} from case_record where (${area}) and ${where(variant)}${after} order by ${order} limit ${PAGE + 1}`)
  return { milliseconds: performance.now() - begun, ids: rows.slice(0, PAGE).map((row) => row.id) }
}
