import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { compareVietnamese, nameKey, type PlainDate } from '#base'
import {
  DataTable, EmptyState, PageHeader, problemIn, ProblemNotice, ScreenLink, useAddress, useArea, useDay, useFormat, useGo, useQueryOf, useT, type Column,
} from '#web'
import { listAreas, type AreaShown } from '../contract.ts'
import classes from './areas.module.css'
import { PopulationCell, PopulationSource } from './population-cell.tsx'

interface Line {
  readonly area: AreaShown
  readonly depth: number
  readonly parts: number
  readonly open: boolean
  /** Names above it, where it is found by a search. */
  readonly path: string
}

const VIEWS = { list: 'areas', defaults: { q: '' } }
/** Below this many units everything is open from the start. */
const FEW = 40

const AreaTree = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const { day } = useDay()
  const { area } = useArea()
  const [{ q }, set] = useAddress({ q: '' })
  const { data, error, refetch } = useQueryOf(listAreas, area && { query: { on: day, within: area.id, limit: 4000 } })
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set())

  const lines = useMemo(() => data && area && linesOf(data.areas, area.id, q, toggled), [data, area?.id, q, toggled])
  const toggle = (id: number): void => setToggled((before) => {
    const next = new Set(before)
    if (!next.delete(id)) next.add(id)
    return next
  })
  const columns: Column<Line>[] = [
    {
      key: 'name', title: t('areas.unit'), width: 220,
      render: ({ area: one, depth, parts, open, path }) => (
        <span className={classes.node} style={{ paddingLeft: depth * 20 }}>
          {parts > 0 && q === '' ? (
            <ActionIcon size="sm" aria-expanded={open} aria-label={t(open ? 'areas.close' : 'areas.open', { name: one.name })} onClick={() => toggle(one.id)}>
              {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
            </ActionIcon>
          ) : <span className={classes.leaf} />}
          <ScreenLink to={`/areas/${one.id}`} tabIndex={-1}>{one.name}</ScreenLink>
          {path && <span className={classes.soft}>{path}</span>}
        </span>
      ),
    },
    { key: 'level', title: t('areas.level'), width: 110, render: ({ area: one }) => one.kind },
    { key: 'code', title: t('areas.code'), width: 100, render: ({ area: one }) => one.code },
    { key: 'parts', title: t('areas.parts'), width: 90, numeric: true, render: ({ parts }) => (parts > 0 ? format.whole(parts) : '') },
    { key: 'population', title: t('areas.population'), width: 110, numeric: true, render: ({ area: one }) => <PopulationCell area={one} /> },
    { key: 'source', title: t('areas.source'), render: ({ area: one }) => <PopulationSource area={one} /> },
    { key: 'valid', title: t('areas.valid'), width: 190, extra: true, render: ({ area: one }) => `${format.day(one.validFrom as PlainDate)} – ${one.validTo ? format.day(one.validTo as PlainDate) : ''}` },
  ]
  // The file has the whole tree, open or closed, each unit with the one above it.
  const sheet = () => {
    const byId = new Map(data?.areas.map((one) => [one.id, one]))
    return [
      [t('areas.code'), t('areas.unit'), t('areas.level'), t('areas.within'), t('areas.population'), t('areas.estimate'), t('areas.source'), t('areas.as_of')],
      ...(data?.areas ?? []).map((one) => [
        one.code, one.name, one.kind, one.parentId === null ? '' : (byId.get(one.parentId)?.name ?? ''), one.population, one.populationEstimated ? 'x' : '',
        one.populationSource, one.populationAsOf,
      ]),
    ]
  }
  const allOpen = (): void => setToggled(new Set(data?.areas.filter((one) => !opensItself(data.areas, one)).map((one) => one.id)))
  return (
    <>
      <PageHeader title={t('areas.title')} about={t('areas.about', { day: format.day(day) })} />
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      <DataTable
        name="areas"
        label={t('areas.title')}
        columns={columns}
        views={VIEWS}
        file={{ sheet }}
        rows={error ? [] : lines}
        rowKey={({ area: one }) => String(one.id)}
        onOpen={({ area: one }) => go(`/areas/${one.id}`)}
        empty={<EmptyState title={t('areas.none')}>{t('areas.none_about')}</EmptyState>}
        filters={(
          <TextInput
            aria-label={t('areas.find')} placeholder={t('areas.find')} leftSection={<IconSearch size={16} />} w={260}
            value={q} onChange={(event) => set({ q: event.currentTarget.value })}
          />
        )}
        actions={(
          <>
            <Button variant="subtle" color="gray" onClick={allOpen}>{t('areas.open_all')}</Button>
            <Button variant="subtle" color="gray" onClick={() => setToggled(new Set())}>{t('areas.close_all')}</Button>
          </>
        )}
      />
    </>
  )
}
export default AreaTree

/** The chosen unit is open from the start; so is everything where there is little. */
const opensItself = (all: readonly AreaShown[], area: AreaShown): boolean => all.length <= FEW || !all.some((one) => one.id === area.parentId)

/** The tree as lines, each under its unit; under a search, the units that match with the names above them. Parts of a unit that no longer stands are left out. */
const linesOf = (all: readonly AreaShown[], rootId: number, q: string, toggled: ReadonlySet<number>): Line[] | undefined => {
  const root = all.find((one) => one.id === rootId)
  if (!root) return undefined
  const below = Map.groupBy(all, (one) => one.parentId)
  const partsOf = (id: number): AreaShown[] => (below.get(id) ?? []).toSorted((a, b) => compareVietnamese(a.name, b.name))
  const key = nameKey(q)
  const found = (one: AreaShown, path: readonly string[]): Line[] => {
    const parts = partsOf(one.id)
    const fits = nameKey(one.name).includes(key) || one.code === q.trim()
    return [
      ...(fits ? [{ area: one, depth: 0, parts: parts.length, open: false, path: path.join(', ') }] : []),
      ...parts.flatMap((part) => found(part, [one.name, ...path])),
    ]
  }
  const lines = (one: AreaShown, depth: number): Line[] => {
    const parts = partsOf(one.id)
    const open = opensItself(all, one) !== toggled.has(one.id)
    return [{ area: one, depth, parts: parts.length, open, path: '' }, ...(open ? parts.flatMap((part) => lines(part, depth + 1)) : [])]
  }
  return key === '' ? lines(root, 0) : found(root, []).toSorted((a, b) => compareVietnamese(a.area.name, b.area.name))
}
