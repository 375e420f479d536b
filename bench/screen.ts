import type { Browser } from 'playwright-core'
import { addDays, day, type PlainDate } from '#base'
import { newId } from '#platform/clock'
import { launchBrowser } from '#tests/kit'
import { hasBrowser, openDesk } from './browser.ts'
import { peakMegabytes, percentile, round, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'
import type { BenchProduct } from './product.ts'
import { openProvince } from './province.ts'
import { communesOf, PROVINCE, unit } from './season.ts'

/** Unit: milliseconds, seconds. */
const TARGET = 100
const TARGET_INTERACTIVE = 2.5
const CASES = 1_000_000
const CALLS = 60
/** Rounds before them: programs are compiled, connections made, the heap finds its size. A server of an office runs for weeks. */
const WARM_UP = 12
/** How much slower than this machine the reader's is. */
const SLOWER = 4
const FIRST = day('2021-10-20')
/** Length of the curve. Unit: days. */
const WEEKS = 56

type Headers = Readonly<Record<string, string>>

/** The first screen of a province at a million cases: what it asks, each time after a commit so that nothing is remembered, and how soon it can be used. */
export const screen = async ({ rows = CASES, log }: BenchOptions): Promise<Outcome> => {
  const drawn = await hasBrowser(log)
  const product = await openProvince(rows, log, { web: drawn })
  let browser: Browser | undefined
  try {
    const headers = await product.signIn('commander', [PROVINCE])
    const writer = { 'content-type': 'application/json', ...(await product.signIn('epidemiologist', [PROVINCE])) }
    const owner = await product.pool(1, 'owner')
    const communes = await communesOf(product.app.database, product.app.areas.tree())
    const province = unit(product.app.areas.tree(), PROVINCE)
    const times: Record<'overview' | 'duties' | 'afterCase' | 'hand', number[]> = { overview: [], duties: [], afterCase: [], hand: [] }
    let bytes = 0
    const commit = async (path: string, body: object): Promise<void> => {
      const response = await fetch(new URL(path, product.url), { method: 'POST', headers: { ...writer, 'idempotency-key': newId() }, body: JSON.stringify(body) })
      if (!response.ok) throw new Error(await response.text())
    }
    for (let n = 0; n < CALLS + WARM_UP; n++) {
      const on = addDays(FIRST, n)
      const ask = async (path: string): Promise<{ milliseconds: number; text: string }> => {
        const begun = performance.now()
        const response = await fetch(new URL(`${path}?area=${PROVINCE}&on=${on}`, product.url), { headers })
        const text = await response.text()
        if (!response.ok) throw new Error(text)
        return { milliseconds: performance.now() - begun, text }
      }
      // A day nobody has looked at, and after a figure nothing that was read stands any more. Both requests at once, as the screen asks.
      await commit('/api/figures', { area: PROVINCE, day: on, source: 'bench', figures: [{ metric: 'tests', value: n }] })
      const [overview, duties] = await Promise.all([ask('/api/overview'), ask('/api/overview/duties')])
      // What happens all day long.
      await commit('/api/cases', { fullName: `Nguyễn Thị ${n}`, birthYear: 1930 + n, areaCode: communes[n % communes.length]?.code, reportedOn: on })
      const afterCase = await ask('/api/overview')
      const byHand = performance.now()
      for (const text of BY_HAND) await owner.query(text, [addDays(on, 1 - WEEKS), on, province.pos, province.posEnd])
      if (n < WARM_UP) continue
      times.overview.push(overview.milliseconds)
      times.duties.push(duties.milliseconds)
      times.afterCase.push(afterCase.milliseconds)
      times.hand.push(performance.now() - byHand)
      bytes = overview.text.length
    }
    if (drawn) browser = await launchBrowser()
    const interactive = browser && await interactiveSeconds(browser, product, headers, addDays(FIRST, 30))
    const p95 = (all: readonly number[]): number => round(percentile(all, 0.95))
    const worst = p95(times.overview)
    return {
      bench: 'screen', p95_ms: worst, target: `API p95 ≤ ${TARGET} ms; interactive ≤ ${TARGET_INTERACTIVE} s in Chromium, CPU ${SLOWER} × slower`,
      reached: worst <= TARGET && (interactive === undefined || interactive <= TARGET_INTERACTIVE),
      baseline: { sql_by_hand_p95_ms: p95(times.hand) },
      product: {
        median_ms: round(percentile(times.overview, 0.5)), after_a_case_p95_ms: p95(times.afterCase), duties_beside_p95_ms: p95(times.duties),
        ...(interactive === undefined ? {} : { interactive_seconds: round(interactive) }), answer_kilobytes: Math.round(bytes / 1024),
      },
      calibration: {}, rows, peak_rss_mb: peakMegabytes(), versions: versions(product.postgres),
    }
  } finally {
    await browser?.close()
    await product.close()
  }
}

/** Runs in the page, which notes by itself when the numbers stand there and when the list of keys does: to be asked from outside would keep it busy. */
const watch = (): void => {
  const page = globalThis as { seen?: (what: string) => void; noted?: Record<string, number> }
  const noted: Record<string, number> = (page.noted = {})
  const note = (what: string): void => {
    noted[what] = performance.now()
    page.seen?.(what)
  }
  new MutationObserver(() => {
    if (noted['numbers'] === undefined) {
      if (/\d/.test(document.querySelector('dl > div:nth-child(2) > dd')?.textContent ?? '')) note('numbers')
    } else if (noted['keys'] === undefined && (document.querySelector<HTMLElement>('[role=dialog]')?.offsetHeight ?? 0) > 0) note('keys')
  }).observe(document, { childList: true, subtree: true, attributes: true })
}

/**
 * From the address being entered, nothing in the cache, to the numbers standing there and a key being answered (`?` opens its list). Best of three. Unit: seconds.
 */
const interactiveSeconds = async (browser: Browser, product: BenchProduct, headers: Headers, on: PlainDate): Promise<number> => {
  const times: number[] = []
  for (let n = 0; n < TRIES; n++) {
    const context = await openDesk(browser, product, headers)
    const page = await context.newPage()
    const tools = await context.newCDPSession(page)
    const seen = new Map(['numbers', 'keys'].map((what) => [what, Promise.withResolvers<void>()]))
    tools.on('Runtime.bindingCalled', ({ payload }) => seen.get(payload)?.resolve())
    await tools.send('Runtime.enable')
    await tools.send('Runtime.addBinding', { name: 'seen' })
    await page.addInitScript(watch)
    await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.goto(`${product.url}/?area=${PROVINCE}&day=${on}`, { waitUntil: 'commit' })
    await seen.get('numbers')?.promise
    await page.keyboard.press('?')
    await seen.get('keys')?.promise
    times.push((await page.evaluate(() => (globalThis as { noted?: Record<string, number> }).noted?.['keys'] ?? Number.NaN)) / 1000)
    await context.close()
  }
  return Math.min(...times)
}

/** The same numbers by somebody who owns the tables and asks for nothing else: the curve, two weeks of every commune, the newest coverage. */
const BY_HAND = [
  `select day, sum(value) from indicator_sum where disease = 'covid-19' and metric = 'cases_new' and day between $1 and $2 and area_pos between $3 and $4 group by day`,
  `select area_id, metric, day, value from indicator_sum where disease = 'covid-19' and metric in ('cases_new', 'cases_community', 'deaths') and day between $2::date - 14 and $2
    and area_pos between $3 and $4 and $1::date is not null`,
  `select distinct on (metric, area_id) metric, area_id, value from figure where disease = 'covid-19' and status = 'accepted' and day between $1 and $2 and area_pos between $3 and $4
    order by metric, area_id, day desc`,
]
