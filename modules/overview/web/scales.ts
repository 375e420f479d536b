import type { NumberShown } from '../contract.ts'

/** How a count of a week stands to that of the week before. */
export interface Change {
  readonly direction: 'up' | 'down' | 'same'
  readonly difference: number
  /** Part of the week before, −1 … ; nothing where that week had so few that a part of them says nothing. */
  readonly share: number | undefined
}

/** Under so many in the week before, the difference is told and no per cent. Unit: cases. */
const FEW = 20

/** The change of a count; nothing while one of the two is not known. Example: 108 after 100 is up by 8 %. */
export const changeOf = (now: number | null, before: number | null): Change | undefined => {
  if (now === null || before === null) return undefined
  const difference = now - before
  return { direction: difference > 0 ? 'up' : difference < 0 ? 'down' : 'same', difference, share: before >= FEW ? difference / before : undefined }
}

/** A class of a map: its lower bound belongs to it. */
export interface Step {
  readonly from: number
  readonly fill: string
}

/** New cases of a week per 100 000 people: one hue, darker is more. */
export const RATE_STEPS: readonly Step[] = [
  { from: 0, fill: '#f1f5f5' }, { from: 0.001, fill: '#d3e5e3' }, { from: 20, fill: '#a9cfcc' }, { from: 50, fill: '#6fb1ad' }, { from: 100, fill: '#368b88' }, { from: 200, fill: '#0b6161' },
  { from: 400, fill: '#043636' },
]

/** Change against the week before: two hues about a middle that is no change. */
export const CHANGE_STEPS: readonly Step[] = [
  { from: -1, fill: '#2b6f8f' }, { from: -0.5, fill: '#9cc3d5' }, { from: -0.1, fill: '#eef1f1' }, { from: 0.1, fill: '#f3cfa5' }, { from: 0.5, fill: '#e0923f' }, { from: 1, fill: '#9a520c' },
]

/** The class a value falls in: the last whose bound it reaches. */
export const stepOf = (steps: readonly Step[], value: number): Step => steps.findLast(({ from }) => value >= from) ?? (steps[0] as Step)

/** The change of a week as a part of the week before, for colours: from none to some counts as doubled. Nothing where one is not known. */
export const relativeChange = (week: NumberShown, before: NumberShown): number | undefined => {
  if (week.value === null || before.value === null) return undefined
  if (before.value === 0) return week.value === 0 ? 0 : 1
  return week.value / before.value - 1
}

/** Mean of the seven days ending on each day; nothing where one of them is not known. */
export const sevenDayMean = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((_, i) => {
    const week = values.slice(i - 6, i + 1)
    return i < 6 || week.includes(null) ? null : week.reduce((sum: number, one) => sum + (one as number), 0) / 7
  })
