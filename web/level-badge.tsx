import classes from './level-badge.module.css'
import { useT } from './language.tsx'
import { LEVEL_SHAPES, levelColour } from './level.ts'

interface LevelBadgeProps {
  /** 1…4, or nothing where the evidence is missing. */
  readonly level: number | null | undefined
  /** The levels that the missing evidence leaves possible. */
  readonly possible?: readonly number[] | undefined
  /** Shows the word beside the shape; without it the word is still read out. */
  readonly word?: boolean
  readonly size?: number
}

/** An epidemic level as the law colours it: colour, a shape of its own, the number inside, the word beside or read out. */
export const LevelBadge = ({ level, possible = [], word = false, size = 22 }: LevelBadgeProps) => {
  const t = useT()
  const known = level !== null && level !== undefined
  const open = possible.length > 1 ? possible.toSorted().join(possible.length === 2 ? '/' : '–').replace(/–.*–/, '–') : '?'
  const said = known ? t('web.level', { level })
    : possible.length > 1 ? t('web.level_possible', { levels: possible.toSorted().join(', ') }) : t('web.level_unknown')
  return (
    <span className={classes.badge}>
      {known ? (
        <svg width={size} height={size} viewBox="0 0 24 24" role={word ? 'presentation' : 'img'} aria-label={word ? undefined : said}>
          <path d={LEVEL_SHAPES[level] ?? LEVEL_SHAPES[2]} fill={levelColour(level).fill} stroke={levelColour(level).edge} strokeWidth="1.5" />
          <text x="12" y="12.5" dominantBaseline="central" textAnchor="middle" fontSize="13" fontWeight="700" fill={levelColour(level).ink}>{level}</text>
        </svg>
      ) : (
        <span className={`${classes.unknown} hatched`} role={word ? 'presentation' : 'img'} aria-label={word ? undefined : said}>
          <span className={classes.open}>{open}</span>
        </span>
      )}
      {word && <span>{said}</span>}
    </span>
  )
}
