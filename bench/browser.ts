import { findChromium } from '#tests/kit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { BenchProduct } from './product.ts'

/** Whether this machine has a Chromium; without one a line says so, and the bench goes on without. */
export const hasBrowser = async (log: (line: string) => void): Promise<boolean> => {
  const found = (await findChromium()) !== undefined
  if (!found) log('No Chromium on this machine: what is measured in a browser is skipped.')
  return found
}

/** A desk of its own, with nothing in its cache, signed in with the headers of a session. */
export const openDesk = async (browser: Browser, { url }: BenchProduct, headers: Readonly<Record<string, string>>): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
  await context.addCookies((headers['cookie'] ?? '').split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)), url }
  }))
  return context
}

/** The new cases of the day as the first screen shows them; nothing while it does not. */
export const shownCases = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => [...document.querySelectorAll('dl > div')].find((one) => one.querySelector('dt')?.textContent === 'Ca mới trong ngày')?.querySelector('dd')?.textContent ?? undefined)
