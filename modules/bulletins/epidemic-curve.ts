import { vietnameseDate, type PlainDate } from '#base'
import { line, rectangle, rounded, type Label, type Path, type Picture, type Point } from '#platform/documents'
import { whole } from './words.ts'

export interface DayCount {
  readonly day: PlainDate
  /** Null where not all of it is known. */
  readonly cases: number | null
  readonly atLeast: number
}

/** Mean of the seven days ending on each day; nothing where one of them is not known. */
export const sevenDayMean = (days: readonly DayCount[]): (number | null)[] =>
  days.map((_, i) => {
    const window = days.slice(i - 6, i + 1)
    if (i < 6 || window.some(({ cases }) => cases === null)) return null
    return window.reduce((sum, { cases }) => sum + (cases as number), 0) / 7
  })

/** A round step that makes three to six lines. Example: `step(612) === 200`. */
const step = (most: number): number => {
  for (let unit = 1; ; unit *= 10) for (const factor of [1, 2, 5]) if (most / (unit * factor) <= 5) return unit * factor
}

const HEIGHT = 190
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 6, 22, 34]
const BAR = '#9fb8b8'
const MEAN = '#a81e2c'
const INK = '#333333'

/** Bars for cases by reporting day, a line for the seven-day mean; a day without all its reports is an open bar of what is known. */
export const epidemicCurve = (days: readonly DayCount[], width: number, alt: string): Picture => {
  const most = Math.max(1, ...days.map(({ cases, atLeast }) => cases ?? atLeast))
  const by = step(most)
  const top = Math.ceil(most / by) * by
  const [innerWidth, innerHeight] = [width - LEFT - RIGHT, HEIGHT - TOP - BOTTOM]
  const slot = innerWidth / Math.max(1, days.length)
  const y = (n: number): number => TOP + innerHeight * (1 - n / top)
  const x = (i: number): number => LEFT + slot * (i + 0.5)
  const shapes: (Path | Label)[] = []
  for (let n = 0; n <= top; n += by) {
    shapes.push(line([[LEFT, y(n)], [width - RIGHT, y(n)]], n === 0 ? INK : '#d9d9d9', n === 0 ? 0.8 : 0.5))
    shapes.push({ kind: 'label', at: [LEFT - 4, rounded(y(n) + 3)], text: whole(n), size: 8.5, anchor: 'end', fill: INK })
  }
  const every = Math.max(1, Math.ceil(days.length / 9))
  for (const [i, { day, cases, atLeast }] of days.entries()) {
    const n = cases ?? atLeast
    if (n > 0) shapes.push(rectangle(x(i) - slot * 0.4, y(n), slot * 0.8, y(0) - y(n), cases === null ? { fill: '#ffffff', stroke: BAR, width: 0.6 } : { fill: BAR }))
    if (cases === null) shapes.push({ kind: 'label', at: [rounded(x(i)), rounded(y(n) - 2)], text: '?', size: 6.5, anchor: 'middle', fill: INK })
    if ((days.length - 1 - i) % every === 0) {
      shapes.push(line([[x(i), y(0)], [x(i), y(0) + 3]], INK, 0.6))
      shapes.push({ kind: 'label', at: [rounded(x(i)), HEIGHT - BOTTOM + 12], text: vietnameseDate(day).slice(0, 5), size: 8.5, anchor: 'middle', fill: INK })
    }
  }
  let stretch: Point[] = []
  const close = (): void => {
    if (stretch.length > 1) shapes.push(line(stretch, MEAN, 1.4))
    stretch = []
  }
  const means = sevenDayMean(days)
  for (const [i, mean] of means.entries()) {
    if (mean === null) close()
    else stretch.push([x(i), y(mean)])
  }
  close()
  const legend = HEIGHT - 8
  shapes.push(
    rectangle(LEFT, legend - 7, 8, 8, { fill: BAR }), { kind: 'label', at: [LEFT + 12, legend], text: 'Ca mắc mới theo ngày báo cáo', size: 9, anchor: 'start' },
    line([[LEFT + 150, legend - 3], [LEFT + 168, legend - 3]], MEAN, 1.4), { kind: 'label', at: [LEFT + 172, legend], text: 'Trung bình 7 ngày', size: 9, anchor: 'start' },
    rectangle(LEFT + 270, legend - 7, 8, 8, { fill: '#ffffff', stroke: BAR, width: 0.6 }), { kind: 'label', at: [LEFT + 282, legend], text: '? chưa đủ báo cáo', size: 9, anchor: 'start' },
    { kind: 'label', at: [2, 12], text: 'Số ca', size: 9, anchor: 'start', fill: INK },
  )
  return { width, height: HEIGHT, alt, shapes }
}
