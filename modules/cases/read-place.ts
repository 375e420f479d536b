import { nameKey, ok, problem, refuse, type PlainDate, type Result } from '#base'
import { resolveName, standsOn, type Area, type AreaLevel, type AreaTree } from '#platform/areas'
import { findArea, isBlank, readCode, readName, type Cell, type ReadContext, type RowRemark } from '#platform/import'

type Cells = Readonly<Record<string, Cell | undefined>>

/** Parts of a residence, from the narrow to the wide. */
const PARTS: readonly { readonly key: string; readonly level: AreaLevel }[] = [
  { key: 'commune', level: 'commune' }, { key: 'district', level: 'district' }, { key: 'province', level: 'province' },
]

/** A residence as a row names it. A hamlet that is not on file stays a part of the address. */
export interface Place {
  readonly area: Area
  /** Hamlet or house that no unit stands for. */
  readonly rest: string
}

const fault = (field: string, code: string, params: Record<string, string | number> = {}): RowRemark => ({ field, problem: problem(code, { params }) })

const places = new WeakMap<ReadContext, Map<string, Result<Place, RowRemark>>>()

/**
 * R4: the residence of a row on its reporting day — by code, by the names of its parts, by an address, or the area the whole
 * file is for. A name that is not found is a fault, never replaced by the wider unit beside it.
 * Problems: `missing_area`, `unknown_area`, `ambiguous_area` (with a choice), `area_mismatch`, and those of cells.
 */
export const readPlace = (cells: Cells, day: PlainDate, context: ReadContext): Result<Place, RowRemark> => {
  // A file repeats its few hundred places a million times.
  let known = places.get(context)
  if (!known) places.set(context, (known = new Map()))
  const named = textOf(cells['areaCode']) + textOf(cells['hamlet']) + textOf(cells['commune']) + textOf(cells['district']) + textOf(cells['province'])
  const key = `${context.areas.period(day)}${named === '\0\0\0\0\0' ? textOf(cells['currentAddress']) + textOf(cells['permanentAddress']) : named}`
  let place = known.get(key)
  if (!place) {
    place = find(cells, day, context)
    if (known.size < MOST_REMEMBERED) known.set(key, place)
  }
  return place
}

const MOST_REMEMBERED = 50_000
const textOf = (cell: Cell | undefined): string => `${cell?.text ?? ''}\0`

const find = (cells: Cells, day: PlainDate, context: ReadContext): Result<Place, RowRemark> => {
  const code = readCode(cells['areaCode'])
  if (!code.ok) return refuse({ field: 'areaCode', problem: code.problem })
  const parts: { readonly key: string; readonly level: AreaLevel; readonly text: string }[] = []
  for (const part of PARTS) {
    const name = readName(cells[part.key])
    if (!name.ok) return refuse({ field: part.key, problem: name.problem })
    if (name.value !== undefined) parts.push({ ...part, text: name.value })
  }
  const hamlet = readName(cells['hamlet'])
  if (!hamlet.ok) return refuse({ field: 'hamlet', problem: hamlet.problem })
  const byCode = code.value === undefined ? undefined : resolveCode(context.areas, code.value, day)
  if (code.value !== undefined && !byCode) return refuse(fault('areaCode', 'unknown_area', { area: code.value }))

  const [finest] = parts
  if (!finest) return byCode ? withHamlet(context, byCode, hamlet.value, day) : fromAddress(cells, day, context)
  const text = parts.map((part) => part.text).join(', ')
  const named = choose(text, finest.key, finest.level, day, context)
  if (byCode) {
    const agrees = named.ok ? named.value.area.id === byCode.id : named.problem.choice?.areaIds.includes(byCode.id) ?? true
    return agrees ? withHamlet(context, byCode, hamlet.value, day) : refuse(fault(finest.key, 'area_mismatch', { code: code.value ?? '', area: byCode.name, name: text }))
  }
  if (!named.ok) return named
  if (named.value.rest !== '') return refuse(fault(finest.key, 'unknown_area', { area: text }))
  return withHamlet(context, named.value.area, hamlet.value, day)
}

/** The hamlet itself where it is on file in that commune. */
const withHamlet = (context: ReadContext, area: Area, hamlet: string | undefined, day: PlainDate): Result<Place, never> => {
  if (hamlet === undefined) return ok({ area, rest: '' })
  const match = resolveName(context.areas, hamlet, { day, within: area.id, level: 'hamlet' })
  return ok(match.kind === 'exact' ? { area: match.area, rest: match.rest } : { area, rest: hamlet })
}

const fromAddress = (cells: Cells, day: PlainDate, context: ReadContext): Result<Place, RowRemark> => {
  const whole = context.options['area'] === undefined ? undefined : context.areas.byId(Number(context.options['area']))
  for (const field of ['currentAddress', 'permanentAddress']) {
    const cell = cells[field]
    if (isBlank(cell)) continue
    const address = readName(cell)
    if (!address.ok) return refuse({ field, problem: address.problem })
    const named = choose(address.value ?? '', field, undefined, day, context)
    if (named.ok || named.problem.choice || !whole) return named
  }
  return whole ? ok({ area: whole, rest: '' }) : refuse(fault('commune', 'missing_area'))
}

/** What a text names, or what was chosen for it in the wizard. */
const choose = (text: string, field: string, level: AreaLevel | undefined, day: PlainDate, context: ReadContext): Result<Place, RowRemark> => {
  const match = findArea(context, text, { day, ...(level === undefined ? {} : { level }) })
  if (match.kind === 'none') return refuse(fault(field, 'unknown_area', { area: text }))
  if (match.kind === 'exact') return ok({ area: match.area, rest: match.rest })
  const option = `area:${nameKey(text)}`
  const chosen = context.options[option] === undefined ? undefined : context.areas.byId(Number(context.options[option]))
  if (chosen && standsOn(chosen, day)) return ok({ area: chosen, rest: match.rest })
  return refuse({
    ...fault(field, 'ambiguous_area', { text, choices: match.areas.map((area) => described(context.areas, area)).join('; ') }),
    choice: { option, text, areaIds: match.areas.map((area) => area.id) },
  })
}

const described = (tree: AreaTree, area: Area): string => `${area.name} (${area.code}), ${tree.parent(area.id)?.name ?? ''}`

/** Spreadsheets take the zeros before a code away. */
const resolveCode = (tree: AreaTree, code: string, day: PlainDate): Area | undefined =>
  tree.resolve(code, day) ?? (/^\d$/.test(code) ? tree.resolve(`0${code}`, day) : /^\d{2,4}$/.test(code) ? tree.resolve(code.padStart(5, '0'), day) : undefined)
