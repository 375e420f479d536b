import { lineageGrowth, lineageShareAt, lineageShares } from '#epi'
import { Panel, picture, type Look } from './plot.ts'

/** Sequences of three lineages in nine weeks: made up (those of `lineages.test.ts`, where R's nnet is the reference). */
const COUNTS: readonly (readonly number[])[] = [[116, 3, 1], [115, 13, 2], [137, 9, 4], [130, 17, 13], [128, 28, 24], [125, 26, 49], [84, 37, 89], [53, 28, 139], [27, 24, 189]]
const LOOKS: readonly Look[] = ['ink', 'second', 'accent']

/** Shares of each week with their intervals, and the growth that runs through them. */
export const lineagesPicture = (): string => {
  const growth = lineageGrowth({ days: COUNTS.map((_, week) => 7 * week), counts: COUNTS, quasi: true })
  if (!growth) throw new Error('a lineage lies wholly before or after the reference')
  const shares = lineageShares(COUNTS)
  const panel = new Panel({
    title: 'Shares of three lineages by week (made-up counts)', height: 190, x: [-0.3, 8.3], y: [0, 1], xTicks: COUNTS.map((_, at) => ({ at, label: at === 0 ? 'week 1' : String(at + 1) })),
    yTicks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${at * 100} %` })),
  })
  for (const [lineage, look] of LOOKS.entries()) {
    panel.line(Array.from({ length: 113 }, (_, i) => [i / 14, lineageShareAt(growth, i / 2)[lineage] as number]), look)
      .whiskers(shares.flatMap((week, x) => {
        const interval = week[lineage]?.interval
        return interval ? [{ x, ...interval }] : []
      }), look)
      .dots(shares.flatMap((week, x) => (week[lineage]?.share === undefined ? [] : [[x, week[lineage].share] as const])), look)
  }
  const third = growth.lineages[2]
  if (third) panel.note(4.4, 0.9, `third: +${(100 * third.perDay).toFixed(1)} % a day over the first (${(100 * third.interval.lower).toFixed(1)}–${(100 * third.interval.upper).toFixed(1)})`, 'middle')
  return picture('Shares of three lineages over nine weeks with intervals and the fitted growth', [panel])
}
