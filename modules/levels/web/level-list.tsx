import { ActionIcon, Select, TextInput, Tooltip } from '@mantine/core'
import { IconPrinter, IconSearch } from '@tabler/icons-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { PlainDate } from '#base'
import {
  DataTable, EmptyState, Freshness, LevelBadge, PageHeader, problemIn, ProblemNotice, ScreenLink, useAddress, useArea, useAreas, useDay, useFormat,
  useGo, useQueryOf, useT,
} from '#web'
import { getLevels } from '../contract.ts'
import { DaySlider } from './day-slider.tsx'
import { DepthChoice, LevelSummary, RulebookChoice } from './level-head.tsx'
import { LevelMap } from './level-map.tsx'
import { LevelNotices } from './level-notices.tsx'
import { filtered, rowsOf, sorted, summaryOf, type LevelRow } from './level-rows.ts'
import { levelSheet } from './level-sheet.ts'
import classes from './levels.module.css'
import { LevelTip } from './level-tip.tsx'
import { useInputsOf } from './use-inputs-of.ts'
import { useTyped } from './use-typed.ts'
import { freshnessOf, useLevelColumns, whyOf } from './use-level-columns.tsx'
import { useSeason } from './use-season.ts'

const STATE = { depth: '', rulebook: '', q: '', level: '', above: '', mark: '', sort: '-level' }
const VIEWS = { list: 'levels', defaults: STATE }
const DEPTHS = ['province', 'district', 'commune', 'hamlet', 'group']
/** The reader stopped moving the slider: the address follows. Unit: milliseconds. */
const SETTLE = 300

/** The day of the address, and the day shown while the slider moves or plays. */
const useShownDay = () => {
  const { day, setDay } = useDay()
  const [moving, setMoving] = useState<PlainDate>()
  const [playing, setPlaying] = useState(false)
  useEffect(() => {
    if (moving === undefined || playing) return
    if (moving === day) {
      setMoving(undefined)
      return
    }
    const timer = setTimeout(() => setDay(moving), SETTLE)
    return () => clearTimeout(timer)
    // Only the reader's own moves count here, not that the address changed by other ways.
  }, [moving, playing, day])
  return { day, shown: moving ?? day, move: setMoving, playing, setPlaying }
}

const LevelList = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const { code, area } = useArea()
  const { day, shown: wanted, move, playing, setPlaying } = useShownDay()
  // The slider follows the hand; table and map follow the slider as fast as they can.
  const shown = useDeferredValue(wanted)
  const areas = useAreas()
  const [{ depth: asked, rulebook, q, level, above, mark, sort: order }, set] = useAddress(STATE)
  const [hovered, setHovered] = useState<string>()
  const [typed, type] = useTyped(q, (next) => set({ q: next }))
  const text = useDeferredValue(typed)

  // A hamlet of a commune that no longer stands is no unit of the day.
  const present = useMemo(() => new Set(areas.all.filter(({ parentId }) => parentId === null || areas.byId(parentId)).map((unit) => unit.level)), [areas])
  const depths = DEPTHS.slice(area ? DEPTHS.indexOf(area.level) : 0).filter((one) => present.has(one) || one === area?.level)
  const depth = depths.includes(asked) ? asked : depths.includes('commune') ? 'commune' : (depths[0] ?? 'commune')
  const deep = depth === 'hamlet' || depth === 'group'

  const { data, error, isFetching, refetch } = useQueryOf(getLevels, code === undefined ? undefined : {
    query: { on: day, area: code, depth: depth as 'commune', ...(rulebook ? { rulebook } : {}) },
  })
  const season = useSeason(day, { area: code, depth, rulebook, whole: !deep || area?.level === 'commune' || area?.level === 'district' })
  const book = useInputsOf(rulebook || data?.find((unit) => unit.rulebook !== null)?.rulebook)
  const rows = useMemo(() => (data ? rowsOf(data, depth, shown, (id) => season.at(id, shown)) : undefined), [data, depth, shown, season])
  const mapLevel = deep ? 'commune' : depth
  const onMap = useMemo(() => (!deep || !data ? rows : rowsOf(data, mapLevel, shown, (id) => season.at(id, shown))), [rows, deep, data, mapLevel, shown, season])
  const units = useMemo(() => rows?.map((row) => row.unit.areaId) ?? [], [rows?.length, data])

  const withAbove = new Set(rows?.map((row) => row.above)).size > 1
  const columns = useLevelColumns({ inputs: book?.inputs ?? [], words: book?.words, rulebook, withAbove, lackingFirst: level === 'unknown' || mark === 'missing' || mark === 'held' })
  const sort = { key: order.replace(/^-/, ''), descending: order.startsWith('-') }
  const by = columns.find((column) => column.key === sort.key)?.sortBy
  const listed = useMemo(() => {
    const some = rows && filtered(rows, { text, level, above, mark })
    return some && by ? sorted(some, by, sort.descending) : some
    // The columns are made anew at every rendering; the key says which one sorts.
  }, [rows, text, level, above, mark, order, by === undefined])
  const own = data?.find((unit) => unit.area === code)
  const open = useCallback((row: LevelRow): void => {
    const { to, search } = whyOf(row.unit.area, rulebook)
    go(to, search)
  }, [go, rulebook])
  const newest = rows?.map(freshnessOf).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
  const districts = withAbove ? [...new Set(rows?.map((row) => row.above))].toSorted((a, b) => a.localeCompare(b, 'vi')) : []
  return (
    <div className={classes.screen}>
      <PageHeader
        title={t('levels.title')}
        about={(
          <span className={classes.own}>
            {area?.name} · {format.day(shown)}
            {own && own.on === shown && own.state !== 'no_rulebook' && (
              <>: <ScreenLink {...whyOf(own.area, rulebook)} className={classes.ownLevel}><LevelBadge level={own.level} possible={own.possible} word /></ScreenLink></>
            )}
            {book && <span className="only-print"> · {book.document}</span>}
          </span>
        )}
        actions={<RulebookChoice value={rulebook} onChange={(next) => set({ rulebook: next }, { push: true })} />}
      />
      <Freshness until={newest ?? undefined} />
      {problemIn(error)?.code !== 'unknown_area' && <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />}
      <div className={classes.head}>
        {rows && rows.some((row) => row.state !== 'no_rulebook') && (
          <LevelSummary summary={summaryOf(rows)} depth={depth} chosen={level} onChoose={(next) => set({ level: next })} />
        )}
        <DepthChoice depths={depths} value={depth} onChange={(next) => set({ depth: next, above: '' }, { push: true })} />
      </div>
      {rows && <LevelNotices rows={rows} day={shown} depth={depth} words={book?.words} rulebook={rulebook} />}
      <DaySlider season={season} day={wanted} onDay={move} playing={playing} onPlay={setPlaying} units={units} />
      <div className={classes.pair}>
        <div className={classes.list}>
          <DataTable
            name="levels"
            label={t('levels.table')}
            columns={columns.map((column) => ({ ...column, sortable: true }))}
            rows={error ? [] : listed}
            rowKey={(row) => String(row.unit.areaId)}
            current={hovered}
            onHover={(row) => setHovered(row && String(row.unit.areaId))}
            onOpen={open}
            sort={sort}
            onSort={(next) => set({ sort: `${next.descending ? '-' : ''}${next.key}` })}
            loading={isFetching && rows?.some((row) => !row.settled) === true && !playing}
            empty={<EmptyState title={t('levels.none')}>{rows?.length === 0 ? t('levels.none_here') : t('levels.none_fit')}</EmptyState>}
            filters={(
              <>
                <TextInput
                  className={classes.find} aria-label={t('levels.find')} placeholder={t('levels.find')} leftSection={<IconSearch size={16} />}
                  value={typed} onChange={(event) => type(event.currentTarget.value)}
                />
                {districts.length > 1 && (
                  <Select
                    className={classes.narrow} aria-label={t('levels.above')} placeholder={t('levels.any_above')} clearable searchable
                    data={districts} value={above || null} onChange={(next) => set({ above: next ?? '' })}
                  />
                )}
                <Select
                  className={classes.narrow} aria-label={t('levels.mark')} placeholder={t('levels.any_mark')} clearable
                  data={['missing', 'held', 'estimated'].map((one) => ({ value: one, label: t(`levels.marks.${one}`) }))}
                  value={mark || null} onChange={(next) => set({ mark: next ?? '' })}
                />
              </>
            )}
            views={VIEWS}
            {...(book ? { file: { sheet: (some: readonly LevelRow[]) => levelSheet(some, shown, book.inputs, book.words, t) } } : { file: null })}
            actions={<Tooltip label={t('levels.print')}><ActionIcon aria-label={t('levels.print')} onClick={() => window.print()}><IconPrinter size={18} /></ActionIcon></Tooltip>}
          />
        </div>
        <div className={`${classes.map} no-print`}>
          <LevelMap
            rows={onMap ?? []} level={mapLevel} on={shown} extent={`${code} ${mapLevel}`} label={t('levels.map')}
            hovered={hovered} onHover={setHovered} onOpen={open} tip={(row) => <LevelTip row={row} book={book} />}
          />
        </div>
      </div>
    </div>
  )
}
export default LevelList
