import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { environmentWith } from '#platform/config'
import type { Browser } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const APPLICATIONS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** The program of a Chromium on this machine: one of the system, else the one Playwright keeps. */
export const findChromium = async (): Promise<string | undefined> => {
  const { chromium } = await import('playwright-core')
  const folders = (environmentWith()['PATH'] ?? '').split(delimiter)
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...APPLICATIONS, chromium.executablePath()]
  return candidates.find((file) => existsSync(file))
}

/** A browser for a journey. Throws when the machine has none: tools/test.ts looks before. */
export const launchBrowser = async (): Promise<Browser> => {
  const { chromium } = await import('playwright-core')
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('no Chromium on this machine')
  // Chromium has no sandbox to offer root, and containers give it little shared memory.
  return chromium.launch({ executablePath, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'] })
}
