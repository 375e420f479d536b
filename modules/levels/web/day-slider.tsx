import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react'
import { memo, useEffect, useMemo } from 'react'
import { addDays, daysBetween, type PlainDate } from '#base'
import { levelColour, useFormat, useKeys, useT } from '#web'
import { summaryOf } from './level-rows.ts'
import classes from './levels.module.css'
import type { SeasonLevels } from './use-season.ts'

/** A day of the season stays on the screen for so long while it plays. Unit: milliseconds. */
const STEP = 450
/** Width of the slider's thumb. Unit: pixels. */
const THUMB = 10

interface DaySliderProps {
  readonly season: SeasonLevels
  readonly day: PlainDate
  readonly onDay: (day: PlainDate) => void
  readonly playing: boolean
  readonly onPlay: (playing: boolean) => void
  /** The units whose levels are drawn above the slider. */
  readonly units: readonly number[]
}

/** The season as bars of levels, and a slider over it: drag, arrow keys, or play. */
export const DaySlider = ({ season, day, onDay, playing, onPlay, units }: DaySliderProps) => {
  const t = useT()
  const format = useFormat()
  const { days, from, to } = season
  const at = daysBetween(from, day)
  const step = (by: number): void => {
    onPlay(false)
    const next = addDays(day, by)
    if (from <= next && next <= to) onDay(next)
  }
  const toggle = (): void => {
    if (!playing && day === to) onDay(from)
    onPlay(!playing)
  }
  useKeys([{ keys: 'P', does: 'levels.key_play', run: toggle }])
  useEffect(() => {
    if (!playing) return
    const timer = setTimeout(() => (day < to ? onDay(addDays(day, 1)) : onPlay(false)), STEP)
    return () => clearTimeout(timer)
  }, [playing, day, to, onDay, onPlay])

  const months = days.flatMap((one, i) => (one.endsWith('-01') || i === 0 ? [{ i, label: one.slice(8) === '01' ? `${one.slice(5, 7)}/${one.slice(0, 4)}` : format.shortDay(one) }] : []))
  const place = (i: number): string => `calc(${THUMB / 2}px + (100% - ${THUMB}px) * ${days.length > 1 ? i / (days.length - 1) : 0})`
  return (
    <div className={`${classes.slider} no-print`} role="group" aria-label={t('levels.season')}>
      <ActionIcon variant="default" aria-label={playing ? t('levels.pause') : t('levels.play')} onClick={toggle}>
        {playing ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
      </ActionIcon>
      <ActionIcon aria-label={t('web.day_before')} onClick={() => step(-1)}><IconPlayerSkipBack size={16} /></ActionIcon>
      <div className={classes.track}>
        <SeasonBars season={season} units={units} />
        <Tooltip label={format.day(day)} position="top">
          <input
            type="range" min={0} max={days.length - 1} step={1} value={Math.max(0, Math.min(at, days.length - 1))}
            aria-label={t('levels.day_of_season')} aria-valuetext={format.day(day)}
            onChange={(event) => {
              onPlay(false)
              onDay(addDays(from, Number(event.currentTarget.value)))
            }}
          />
        </Tooltip>
        <div className={classes.months} aria-hidden>
          {months.filter((_, m) => m > 0 || (months[1]?.i ?? 99) > 20).map(({ i, label }) => <span key={i} style={{ left: place(i) }}>{label}</span>)}
        </div>
      </div>
      <ActionIcon aria-label={t('web.day_after')} onClick={() => step(1)}><IconPlayerSkipForward size={16} /></ActionIcon>
    </div>
  )
}

/** Each day one column: how many units have which level, the highest at the bottom, what is open in grey, nothing where nothing is known. */
const SeasonBars = memo(({ season, units }: { season: SeasonLevels; units: readonly number[] }) => {
  const bars = useMemo(() => season.days.map((day) => {
    const known = units.flatMap((id) => season.at(id, day) ?? [])
    return known.length > 0 ? { ...summaryOf(known), open: known.filter(({ state }) => state === 'incomplete').length } : undefined
  }), [season, units])
  const n = bars.length
  return (
    <svg
      className={classes.bars} viewBox={`0 0 ${n} 1`} preserveAspectRatio="none" aria-hidden
      style={{ left: `calc(${THUMB / 2}px - (100% - ${THUMB}px) / ${2 * Math.max(1, n - 1)})`, width: `calc((100% - ${THUMB}px) * ${n / Math.max(1, n - 1)})` }}
    >
      {bars.map((summary, i) => {
        if (!summary) return null
        let top = 1
        const parts = [...([4, 3, 2, 1] as const).map((level) => ({ level, count: summary.byLevel[level] })), { level: null, count: summary.open }]
        return parts.map(({ level, count }) => {
          const height = count / summary.units
          top -= height
          return count > 0 && <rect key={`${i} ${level}`} x={i} width={0.92} y={top} height={height} fill={levelColour(level).fill} opacity={level === null ? 0.45 : 1} />
        })
      })}
    </svg>
  )
})
