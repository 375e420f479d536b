import type { Translate } from '#web'
import { provinceDay, type Instant } from '#base'

interface Counted {
  readonly level: number
  readonly levelBefore: number | null
}

/** How many areas go up, down, stay, or have a level for the first time. */
export const tallyOf = (items: readonly Counted[]): { up: number; down: number; same: number; first: number } => {
  const first = items.filter(({ levelBefore }) => levelBefore === null).length
  const up = items.filter(({ level, levelBefore }) => levelBefore !== null && level > levelBefore).length
  const down = items.filter(({ level, levelBefore }) => levelBefore !== null && level < levelBefore).length
  return { up, down, first, same: items.length - up - down - first }
}

/** '3 nâng · 1 giảm'. */
export const tallyWords = (items: readonly Counted[], t: Translate): string => {
  const { up, down, same, first } = tallyOf(items)
  return [
    ...(up > 0 ? [t('announcements.raised', { count: up })] : []), ...(down > 0 ? [t('announcements.lowered', { count: down })] : []),
    ...(first > 0 ? [t('announcements.first', { count: first })] : []),
    ...(same > 0 ? [t('announcements.kept', { count: same })] : []),
  ].join(' · ')
}

/** `17:00 20/11/2021` of the province as an instant; nothing for anything else. */
export const typedInstant = (text: string): Instant | undefined => {
  const [, hour = '', minute = '', day = '', month = '', year = ''] = /^\s*(\d{1,2})[:hg](\d{2})\s+(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/.exec(text) ?? []
  const two = (part: string): string => part.padStart(2, '0')
  const iso = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:00.000`
  const at = new Date(`${iso}+07:00`)
  // A day that does not exist would become the next month's.
  return Number.isNaN(at.getTime()) || provinceDay(at.toISOString() as Instant) !== iso.slice(0, 10) ? undefined : (at.toISOString() as Instant)
}
