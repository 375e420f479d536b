import { SegmentedControl, Select, UnstyledButton } from '@mantine/core'
import type { AnswerOf, PlainDate } from '#base'
import { listRulebooks } from '#rulebooks/contract'
import { LevelBadge, useDay, useFormat, useLanguage, useQueryOf, useT } from '#web'
import type { Summary } from './level-rows.ts'
import classes from './levels.module.css'

interface LevelSummaryProps {
  readonly summary: Summary
  /** Administrative level of the units. */
  readonly depth: string
  /** `1`…`4`, `unknown`, or nothing. */
  readonly chosen: string
  readonly onChoose: (level: string) => void
}

/** "144 xã: 40 · 87 · 16 · 1 · 0 chưa đủ số liệu"; each count narrows the table to its level. */
export const LevelSummary = ({ summary, depth, chosen, onChoose }: LevelSummaryProps) => {
  const t = useT()
  const format = useFormat()
  const part = (level: string, count: number, badge: React.ReactNode, word?: string) => (
    <UnstyledButton key={level} className={classes.part} aria-pressed={chosen === level} onClick={() => onChoose(chosen === level ? '' : level)}>
      {badge}<strong>{format.whole(count)}</strong>{word && <span className={classes.soft}>{word}</span>}
    </UnstyledButton>
  )
  return (
    <div className={classes.summary} role="group" aria-label={t('levels.summary')}>
      <span>{t(`levels.count.${depth}`, { count: summary.units })}:</span>
      {([1, 2, 3, 4] as const).map((level) => part(String(level), summary.byLevel[level], <LevelBadge level={level} size={20} />))}
      {part('unknown', summary.unknown, <span className={`${classes.swatch} hatched`} />, t('levels.state.incomplete'))}
    </div>
  )
}

/** Provinces, districts, communes … whichever the tree of the day has at or below the chosen area. */
export const DepthChoice = ({ depths, value, onChange }: { depths: readonly string[]; value: string; onChange: (depth: string) => void }) => {
  const t = useT()
  if (depths.length < 2) return null
  return (
    <SegmentedControl
      className="no-print" size="xs" aria-label={t('levels.depth')} value={value} onChange={onChange} data={depths.map((depth) => ({ value: depth, label: t(`levels.depths.${depth}`) }))}
    />
  )
}

type Rulebooks = AnswerOf<typeof listRulebooks>['rulebooks']

/** The rulebooks there are, and the one in force on the day. */
export const useRulebooks = (): { all: Rulebooks | undefined; inForce: Rulebooks[number] | undefined } => {
  const { day } = useDay()
  const { data } = useQueryOf(listRulebooks, { query: { on: day } }, { freshFor: 600_000 })
  return { all: data?.rulebooks.filter(({ decides }) => decides.includes('level')), inForce: data?.inForce?.rule ?? undefined }
}

/** "Đang có hiệu lực", or one by name, whatever the day. */
export const RulebookChoice = ({ value, onChange }: { value: string; onChange: (id: string) => void }) => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  const { all = [], inForce } = useRulebooks()
  const name = ({ titleVi, titleEn }: Rulebooks[number]): string => (language === 'en' ? titleEn : titleVi)
  return (
    <Select
      aria-label={t('levels.rulebook')}
      className={classes.rulebook}
      allowDeselect={false}
      value={value}
      onChange={(next) => onChange(next ?? '')}
      comboboxProps={{ width: 460, position: 'bottom-end' }}
      data={[
        { value: '', label: inForce ? t('levels.in_force', { name: inForce.document }) : t('levels.none_in_force') },
        ...all.map((book) => ({ value: book.id, label: `${name(book)} (${format.day(book.validFrom as PlainDate)} –${book.validTo ? ` ${format.day(book.validTo as PlainDate)}` : ''})` })),
      ]}
    />
  )
}
