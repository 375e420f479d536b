import { IconAlertCircle, IconHourglass } from '@tabler/icons-react'
import { memo } from 'react'
import type { Instant } from '#base'
import { LevelBadge, ScreenLink, useFormat, useT, type Column } from '#web'
import { InputCell } from './input-cell.tsx'
import { weightOf, type LevelRow } from './level-rows.ts'
import classes from './levels.module.css'
import type { InputMeta, InputWords } from './use-input-words.ts'

/** Where an area is explained; its code in the address too, so that the bar above shows it. */
export const whyOf = (area: string, rulebook: string): { to: string; search: Record<string, string | undefined> } => ({
  to: `/levels/${area}`, search: { area, rulebook: rulebook || undefined },
})

/** The newest part of a unit's evidence. */
export const freshnessOf = ({ unit }: LevelRow): Instant | null =>
  Object.values(unit.inputs).reduce<string | null>((newest, { freshness }) => (freshness !== null && (newest === null || freshness > newest) ? freshness : newest), null) as Instant | null

interface Given {
  readonly inputs: readonly InputMeta[]
  readonly words: InputWords | undefined
  readonly rulebook: string
  readonly withAbove: boolean
  /** The list is narrowed to what lacks something: that stands beside the level then. */
  readonly lackingFirst: boolean
}

/** The columns of the table: unit, level, then what the rulebook in force asks for, then what is missing. */
export const useLevelColumns = ({ inputs, words, rulebook, withAbove, lackingFirst }: Given): readonly Column<LevelRow>[] => {
  const t = useT()
  const format = useFormat()
  const evidence = words === undefined ? [] : inputs.filter(({ kind }) => kind !== 'assessment_day' && kind !== 'previous_level')
  const lacking: Column<LevelRow> = {
    key: 'lacking', title: t('levels.to_do'), width: 190, sortBy: ({ unit, level }) => (level === null ? unit.decisive.length : 0) + unit.held.length,
    render: ({ unit, level }) => <ToDo unit={unit} open={level === null} inputs={inputs} words={words} />,
  }
  return [
    {
      key: 'name', title: t('levels.unit'), width: 150, sortBy: ({ unit }) => unit.name,
      render: ({ unit }) => <Name area={unit.area} name={unit.name} rulebook={rulebook} />,
    },
    { key: 'level', title: t('levels.level'), width: 58, sortBy: weightOf, render: ({ level, possible }) => <Level level={level} possible={possible} /> },
    ...(withAbove ? [{ key: 'above', title: t('levels.above'), width: 92, sortBy: ({ above }: LevelRow) => above, render: ({ above }: LevelRow) => above }] : []),
    ...(lackingFirst ? [lacking] : []),
    ...evidence.map((meta): Column<LevelRow> => ({
      key: meta.name, title: `${words?.short(meta.name) ?? meta.name}${words?.per(meta) ?? ''}`, numeric: meta.kind !== 'category',
      width: meta.kind === 'rate' ? 148 : meta.kind === 'category' ? 88 : 84,
      sortBy: ({ unit }) => unit.inputs[meta.name]?.value ?? unit.inputs[meta.name]?.atLeast,
      render: ({ unit, settled }) => (
        <span data-settling={!settled || undefined}>
          {words && <InputCell meta={meta} input={unit.inputs[meta.name]} words={words} smallPopulation={unit.smallPopulation} />}
        </span>
      ),
    })),
    ...(lackingFirst ? [] : [lacking]),
    {
      key: 'fresh', title: t('levels.fresh'), width: 92, sortBy: freshnessOf,
      render: (row) => {
        const at = freshnessOf(row)
        return at ? <span className={classes.soft} title={format.instant(at)}>{format.time(at)} {format.instant(at).slice(6, 11)}</span> : <span className={classes.soft}>–</span>
      },
    },
    { key: 'population', title: t('levels.population'), width: 92, numeric: true, extra: true, sortBy: ({ unit }) => unit.population, render: ({ unit }) => (unit.population === null ? '–' : format.whole(unit.population)) },
    { key: 'code', title: t('levels.code'), width: 80, extra: true, sortBy: ({ unit }) => unit.area, render: ({ unit }) => unit.area },
  ]
}

const Level = memo(LevelBadge)

const Name = memo(({ area, name, rulebook }: { area: string; name: string; rulebook: string }) => (
  <ScreenLink {...whyOf(area, rulebook)} tabIndex={-1} className={classes.name}>{name}</ScreenLink>
))

interface ToDoProps {
  readonly unit: LevelRow['unit']
  /** Its level is not decided on the day shown. */
  readonly open: boolean
  readonly inputs: readonly InputMeta[]
  readonly words: InputWords | undefined
}

/** What a unit lacks; where its level is open, what could decide it. */
const ToDo = memo(({ unit, open, inputs, words }: ToDoProps) => {
  const t = useT()
  if (!words) return null
  const optional = new Set(inputs.filter((input) => input.optional).map((input) => input.name))
  const missing = open ? unit.decisive : unit.missing.filter((name) => !optional.has(name) && !unit.held.includes(name))
  return (
    <span className={classes.toDo} title={[...unit.held, ...missing].map(words.label).join('; ')}>
      {unit.held.length > 0 && <span className={classes.held}><IconHourglass size={14} aria-hidden /> {t('levels.held_for', { what: unit.held.map(words.short).join(', ') })}</span>}
      {missing.length > 0 && (
        <span data-decisive={open || undefined}>
          {open && <IconAlertCircle size={14} aria-hidden />} {t('levels.lacks', { what: missing.map(words.short).join(', ') })}
        </span>
      )}
    </span>
  )
})
