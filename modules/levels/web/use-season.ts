import { useMemo, useState } from 'react'
import { daysBetween, eachDay, type PlainDate } from '#base'
import { today, useQueryOf } from '#web'
import { getRun } from '../contract.ts'
import type { Standing } from './level-rows.ts'
import { seasonAround, type Season } from './season.ts'

export interface SeasonLevels extends Season {
  readonly days: readonly PlainDate[]
  /** What is known of a unit on a day of the season; nothing while it is being read. */
  readonly at: (areaId: number, day: PlainDate) => Standing | undefined
}

interface Asked {
  readonly area: string | undefined
  readonly depth: string
  readonly rulebook: string
  /** Whether the whole season may be asked at once: not for the thousands of hamlets of a province. */
  readonly whole: boolean
}

/** The levels of a season, read once, so that the slider moves without waiting. */
export const useSeason = (day: PlainDate, { area, depth, rulebook, whole }: Asked): SeasonLevels => {
  const [season, setSeason] = useState(() => seasonAround(day, today()))
  if (day < season.from || day > season.to) setSeason(seasonAround(day, today()))
  const { from, to } = season
  const { data, isPlaceholderData } = useQueryOf(getRun, area === undefined || !whole ? undefined : {
    query: { from, to, area, depth: depth as 'commune', ...(rulebook ? { rulebook } : {}), previous: 'published' },
  }, { freshFor: 60_000 })
  return useMemo(() => {
    const known = isPlaceholderData ? undefined : data
    const byId = new Map(known?.areas.map((unit) => [unit.areaId, unit]))
    // Equal standings are one object, so that what shows them need not be drawn again.
    const standings = new Map<string, Standing>()
    const standing = (level: number | null, possible: string, state: Standing['state']): Standing => {
      const key = `${level} ${possible} ${state}`
      let one = standings.get(key)
      if (!one) standings.set(key, (one = { level, possible: [...possible].map(Number), state }))
      return one
    }
    return {
      from, to, days: eachDay(from, to),
      at: (areaId, on) => {
        const unit = byId.get(areaId)
        const d = daysBetween(from, on)
        const state = unit?.states[d]
        return unit && state ? standing(unit.levels[d] ?? null, unit.possible[d] ?? '', state) : undefined
      },
    }
  }, [data, isPlaceholderData, from, to])
}
