import { setTimeout as wait } from 'node:timers/promises'
import { day, type AnswerOf } from '#base'
import type { getOverview } from '#overview/contract'
import { newId } from '#platform/clock'
import { launchBrowser } from '#tests/kit'
import type { Browser } from 'playwright-core'
import { hasBrowser, openDesk, shownCases } from './browser.ts'
import { peakMegabytes, percentile, round, versions, type BenchOptions, type Outcome } from './outcome.ts'
import type { BenchProduct } from './product.ts'
import { openProvince } from './province.ts'
import { communesOf, PROVINCE } from './season.ts'

/** Unit: seconds. */
const TARGET = 1
const CASES = 200_000
const COMMITS = 60
/** Others work too: commits come at any moment of the notifier's pause. Unit: milliseconds. */
const PAUSE = 700
/** A day under the rulebook of October 2021. */
const ON = day('2021-11-20')
const HERE = `area=${PROVINCE}&on=${ON}`

type Overview = AnswerOf<typeof getOverview>

/** A reader at work: told over the stream of server-sent events, reads the numbers again, one reading at a time, as a screen does. */
const watch = async ({ url }: BenchProduct, headers: Readonly<Record<string, string>>) => {
  const read = async (): Promise<Overview> => {
    const response = await fetch(new URL(`/api/overview?${HERE}`, url), { headers })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as Overview
  }
  let latest = await read()
  let wake = (): void => {}
  let dirty = false
  let reading: Promise<void> | undefined
  const refresh = async (): Promise<void> => {
    while (dirty) {
      dirty = false
      latest = await read()
      wake()
    }
    reading = undefined
  }
  const stop = new AbortController()
  const stream = await fetch(new URL('/api/live', url), { headers, signal: stop.signal })
  const following = (async () => {
    for await (const part of stream.body as ReadableStream<Uint8Array>) {
      if (!Buffer.from(part).includes('data:')) continue
      dirty = true
      reading ??= refresh()
    }
  })().catch(() => undefined)
  return {
    latest: () => latest,
    /** Waits until what was read fits. */
    until: async (fits: (overview: Overview) => boolean): Promise<void> => {
      while (!fits(latest)) await new Promise<void>((next) => (wake = next))
    },
    stop: async () => {
      stop.abort()
      await following
    },
  }
}

/** From sending a case or a figure to the number, the level and the open screen of somebody else. */
export const fresh = async ({ rows = CASES, log }: BenchOptions): Promise<Outcome> => {
  const drawn = await hasBrowser(log)
  const product = await openProvince(rows, log, { web: drawn })
  let browser: Browser | undefined
  try {
    const writer = { 'content-type': 'application/json', ...(await product.signIn('epidemiologist', [PROVINCE])) }
    const reader = await product.signIn('commander', [PROVINCE])
    const communes = await communesOf(product.app.database, product.app.areas.tree())
    const screen = await watch(product, reader)
    if (drawn) browser = await launchBrowser()
    const page = browser && await (await openDesk(browser, product, reader)).newPage()
    await page?.goto(`${product.url}/?area=${PROVINCE}&day=${ON}`)
    while (page && (await shownCases(page)) === undefined) await wait(50)
    const write = async (path: string, body: object): Promise<void> => {
      const response = await fetch(new URL(path, product.url), { method: 'POST', headers: { ...writer, 'idempotency-key': newId() }, body: JSON.stringify(body) })
      if (!response.ok) throw new Error(await response.text())
    }
    const times: Record<'write' | 'number' | 'screen', number[]> = { write: [], number: [], screen: [] }
    for (let n = 0; n < COMMITS; n++) {
      const commune = communes[n % communes.length] as (typeof communes)[number]
      const { counts, communes: before } = screen.latest()
      const total = counts.cases_new.day.value ?? 0
      const own = before.find(({ area }) => area === commune.code)
      const earlier = await dayOf(product, reader, commune.code)
      const begun = performance.now()
      // A case of the registry, and every other time the day's figure of the commune, which goes before what the registry counts.
      await (n % 2 === 0
        ? write('/api/cases', { fullName: `Nguyễn Văn ${n}`, birthYear: 1930 + n, areaCode: commune.code, reportedOn: ON, detectionSource: 'community' })
        : write('/api/figures', { area: commune.code, day: ON, source: 'bench', figures: [{ metric: 'cases_new', value: earlier + 1 }] }))
      times.write.push(performance.now() - begun)
      await screen.until((overview) => overview.counts.cases_new.day.value === total + 1)
      times.number.push(performance.now() - begun)
      const after = screen.latest().communes.find(({ area }) => area === commune.code)
      if (after?.week.value !== (own?.week.value ?? 0) + 1 || after.level === null) throw new Error(`${commune.name}: the week or the level did not follow`)
      if (page) {
        await page.waitForFunction((shown) => [...document.querySelectorAll('dl > div')].some((one) =>
          one.querySelector('dt')?.textContent === 'Ca mới trong ngày' && one.querySelector('dd')?.textContent === shown), new Intl.NumberFormat('vi-VN').format(total + 1))
        times.screen.push(performance.now() - begun)
      }
      await wait((n * 97) % PAUSE)
    }
    await screen.stop()
    const p95 = (all: readonly number[]): number => round(percentile(all, 0.95) / 1000)
    const seconds = p95(page ? times.screen : times.number)
    return {
      bench: 'fresh', seconds, target: `p95 < ${TARGET} s`, reached: seconds < TARGET,
      baseline: { write_alone_p95_seconds: p95(times.write) },
      product: {
        number_and_level_p95_seconds: p95(times.number), ...(page ? { screen_p95_seconds: p95(times.screen), screen_median_seconds: round(percentile(times.screen, 0.5) / 1000) } : {}),
        commits: COMMITS,
      },
      calibration: {}, rows, peak_rss_mb: peakMegabytes(), versions: versions(product.postgres),
    }
  } finally {
    await browser?.close()
    await product.close()
  }
}

/** What counts for a commune on the day so far. */
const dayOf = async ({ url }: BenchProduct, headers: Readonly<Record<string, string>>, area: string): Promise<number> => {
  const response = await fetch(new URL(`/api/overview?area=${area}&on=${ON}`, url), { headers })
  return ((await response.json()) as Overview).counts.cases_new.day.value ?? 0
}
