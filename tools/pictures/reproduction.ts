import { estimateReproduction, slidingWindows, VIETNAM_2021 } from '#epi'
import { COUNTS, FIRST, months, weekMeans } from './kien-giang.ts'
import { Panel, picture } from './plot.ts'

/** Mid-July: before, hardly any cases, and R is the prior. */
const FROM = 78
const TO = COUNTS.length - 0.5
const xTicks = months(FIRST, FROM, TO)
const [LOWER95, LOWER50, MEDIAN, UPPER50, UPPER95] = [0, 2, 3, 4, 6]

/** R of Cori over windows of seven days, over the epidemic curve it is made from. */
export const reproductionPicture = (): string => {
  const { serialInterval } = VIETNAM_2021.renewal
  const estimates = estimateReproduction({ local: COUNTS }, { serialInterval, windows: slidingWindows(COUNTS.length, 7) }).flatMap((one) => (one && one.last >= FROM + 7 ? [one] : []))
  const between = (lower: number, upper: number) => estimates.map(({ last, quantiles }) => ({ x: last, lower: quantiles[lower] as number, upper: quantiles[upper] as number }))
  const curve = new Panel({ title: 'Cases a day, Kiên Giang 2021, and their 7-day mean', height: 130, x: [FROM, TO], y: [0, 360], xTicks })
    .bars(COUNTS.map((to, x) => ({ x, to })), 'bar').line(weekMeans(COUNTS).flatMap((mean, x) => (mean === undefined ? [] : [[x, mean] as const])), 'ink')
  const reproduction = new Panel({ title: 'R over the seven days to each: median, 50 % and 95 % interval', height: 150, x: [FROM, TO], y: [0, 3.2], xTicks, yTicks: [0, 1, 2, 3].map((at) => ({ at, label: String(at) })) })
    .band(between(LOWER95, UPPER95), 'band95').band(between(LOWER50, UPPER50), 'band50').line([[FROM, 1], [TO, 1]], 'quiet').line(estimates.map(({ last, quantiles }) => [last, quantiles[MEDIAN] as number]), 'accent')
    .note(TO - 1, 2.85, '– – one case makes one more', 'end')
  return picture('Daily cases of Kiên Giang in 2021 and the reproduction number with its intervals', [curve, reproduction])
}
