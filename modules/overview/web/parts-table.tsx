import type { PlainDate } from '#base'
import { Changing, DataTable, EmptyState, LevelBadge, ScreenLink, useAddress, useFormat, useGo, useT, type Column } from '#web'
import type { Duties, Overview, PartShown } from '../contract.ts'
import classes from './overview.module.css'
import { changeOf } from './scales.ts'
import { Spark } from './spark.tsx'
import { useNumbers } from './use-numbers.ts'

interface PartsTableProps {
  readonly overview: Overview
  readonly duties: Duties | undefined
  /** Only what is read from across the room. */
  readonly brief: boolean
}

/** Where a part leads: a district to its own first screen, a commune to why it has its level. */
const placeOf = ({ area, rank }: PartShown): { to: string; search: Record<string, string> } =>
  rank === 'district' ? { to: '/', search: { area } } : { to: `/levels/${area}`, search: { area } }

/** The districts (or communes) of the area: how many, where to, which level since when, who is missing. */
export const PartsTable = ({ overview: { parts, on, own }, duties, brief }: PartsTableProps) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const numbers = useNumbers()
  const [{ sort }, set] = useAddress({ sort: '-rate' })
  const missing = Map.groupBy(duties?.reports.silent ?? [], ({ areaId, parentId }) => (parts.some((part) => part.areaId === areaId) ? areaId : parentId))
  const since = new Map(duties?.since.map((one) => [one.areaId, one]))
  const all: readonly Column<PartShown>[] = [
    {
      key: 'name', title: t(own.rank === 'province' && parts[0]?.rank === 'district' ? 'overview.district' : 'overview.commune'), width: 170, sortBy: ({ name }) => name,
      render: (part) => <ScreenLink {...placeOf(part)} tabIndex={-1} className={classes.name}>{part.name}</ScreenLink>,
    },
    {
      key: 'day', title: t('overview.new'), width: 72, numeric: true, sortBy: ({ day }) => day.value ?? day.atLeast,
      render: ({ areaId, day }) => <span title={numbers.about(day)}><Changing of={`${areaId} ${on}`}>{numbers.text(day)}</Changing></span>,
    },
    {
      key: 'week', title: t('overview.week'), width: 84, numeric: true, sortBy: ({ week }) => week.value ?? week.atLeast,
      render: ({ areaId, week }) => <span title={numbers.about(week)}><Changing of={`${areaId} ${on}`}>{numbers.text(week)}</Changing></span>,
    },
    {
      key: 'change', title: t('overview.against_week'), width: 92, numeric: true, sortBy: ({ week, weekBefore }) => changeOf(week.value, weekBefore.value)?.difference,
      render: ({ week, weekBefore }) => {
        const change = numbers.change(week, weekBefore)
        return change ? <span data-direction={change.direction} className={classes.change}>{change.sign}</span> : <span className={classes.soft}>–</span>
      },
    },
    {
      key: 'rate', title: t('overview.rate_column'), width: 112, numeric: true, sortBy: ({ rate }) => rate,
      render: ({ areaId, rate, smallPopulation, week }) => (rate === null ? <span className={classes.soft}>–</span> : (
        <><Changing of={`${areaId} ${on}`}>{format.rate(rate)}</Changing>{smallPopulation && <span className={classes.soft}> ({numbers.text(week)})</span>}</>
      )),
    },
    { key: 'trend', title: t('overview.trend'), width: 120, render: ({ trend }) => <Spark values={trend} /> },
    {
      key: 'level', title: t('overview.level'), width: 64, sortBy: ({ level, possible }) => level ?? (possible.at(-1) ?? 0) - 0.5,
      render: ({ level, possible }) => <LevelBadge level={level} possible={possible} />, text: ({ level, possible }) => level ?? possible.join('–'),
    },
    {
      key: 'since', title: t('overview.since_column'), width: 104, sortBy: ({ areaId }) => since.get(areaId)?.day,
      render: ({ areaId }) => {
        const one = since.get(areaId)
        return <span className={classes.soft}>{one ? `${one.earlier ? '≤ ' : ''}${format.day(one.day as PlainDate)}` : '–'}</span>
      },
    },
    {
      key: 'missing', title: t('overview.not_sent'), width: 84, numeric: true, sortBy: ({ areaId }) => missing.get(areaId)?.length ?? 0,
      render: ({ areaId }) => {
        const units = missing.get(areaId) ?? []
        return units.length === 0 ? <span className={classes.soft}>0</span> : <span title={units.map(({ name }) => name).join(', ')}>{format.whole(units.length)}</span>
      },
    },
    { key: 'population', title: t('overview.population'), width: 96, numeric: true, extra: true, sortBy: ({ population }) => population, render: ({ population }) => (population === null ? '–' : format.whole(population)) },
  ]
  const columns = all.filter((column) => !(brief && LONG.includes(column.key)) && (column.key !== 'missing' || duties?.reports.inUse))
  const key = sort.replace(/^-/, '')
  const by = columns.find((column) => column.key === key)?.sortBy
  const descending = sort.startsWith('-')
  const sorted = by ? inOrder(parts, by, descending) : parts
  return (
    <DataTable
      name="overview" label={t('overview.parts', { area: own.name })} columns={columns.map((column) => (column.sortBy ? { ...column, sortable: true } : column))}
      rows={sorted} rowKey={({ areaId }) => String(areaId)} onOpen={(part) => go(placeOf(part).to, placeOf(part).search)} height="auto"
      sort={{ key, descending }} onSort={(next) => set({ sort: `${next.descending ? '-' : ''}${next.key}` })}
      empty={<EmptyState title={t('overview.no_parts')} />}
    />
  )
}

/** Columns for those who sit before the screen. */
const LONG = ['since', 'missing', 'population']

type Sortable = string | number | null | undefined

/** What is not known stands last in both directions. */
const inOrder = (parts: readonly PartShown[], by: (part: PartShown) => Sortable, descending: boolean): PartShown[] =>
  parts.toSorted((a, b) => {
    const [x, y] = [by(a) ?? null, by(b) ?? null]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'vi')
    return descending ? -order : order
  })
