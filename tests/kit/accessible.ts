import type { Page } from 'playwright-core'

type Axe = { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }

/** What axe (WCAG 2.2 AA and its good practices) finds wrong with what stands on the page: the rule and the first place of each. */
export const violations = async (page: Page): Promise<string[]> => {
  const { default: axeCore } = await import('axe-core')
  await page.evaluate(axeCore.source)
  // A hint under the pointer belongs to no region, and goes when the pointer goes.
  await page.mouse.move(0, 0)
  await page.waitForFunction(() => !document.querySelector('[role=tooltip]'))
  return page.evaluate(async () => {
    const { axe } = globalThis as typeof globalThis & Axe
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  })
}
