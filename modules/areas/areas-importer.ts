import { addDays, nameKey, ok, problem, refuse, type PlainDate, type Problem } from '#base'
import { resolveName, type Area } from '#platform/areas'
import { isBlank, readCode, readCount, readName, type BatchOutcome, type Importer, type ReadContext, type RowReading, type RowRemark } from '#platform/import'
import { addOne } from './add-areas.ts'
import { areasOfImport, childrenOf, endAreas } from './area-store.ts'
import { areaAdd } from './contract.ts'
import { fullName, kindOf, levelOf } from './kind.ts'

/** A hamlet or group as a row of a spreadsheet names it. */
export interface AreaRow {
  readonly parentId: number
  readonly parentName: string
  readonly level: 'hamlet' | 'group'
  readonly kind: string
  readonly name: string
  readonly code: string | undefined
  readonly population: number | undefined
}

/** A day of the tree of the reference deployment, whose communes of 2021 were merged before the three-tier tree ended. */
const OFFICE_DAY = '2021-10-12' as PlainDate
/** Last day of the three-tier tree: a list with districts, or with units of that tree, means it. */
const LAST_DISTRICTS = '2025-06-30' as PlainDate

const find = (text: string, context: ReadContext, days: readonly PlainDate[], within: number | undefined, field: string): Area | RowRemark => {
  const option = `area:${nameKey(text)}`
  const chosen = context.options[option]
  const byChoice = chosen === undefined ? undefined : context.areas.byId(Number(chosen))
  if (byChoice) return byChoice
  // The province of the installation goes before the rest of the country, in each of its trees.
  const homes = within === undefined && context.home ? days.map((day) => ({ day, within: context.home?.(day).id })) : []
  for (const { day, within: inside } of [...homes, ...days.map((day) => ({ day, within }))]) {
    const match = resolveName(context.areas, text, { day, ...(inside === undefined ? {} : { within: inside }) })
    if (match.kind === 'exact' && match.rest === '') return match.area
    if (match.kind === 'ambiguous') {
      const choices = match.areas.map((area) => `${area.name} (${area.code})`).join(', ')
      return { field, problem: problem('ambiguous_area', { params: { text, choices } }), choice: { option, text, areaIds: match.areas.map((area) => area.id) } }
    }
  }
  return { field, problem: problem('unknown_area', { params: { area: text } }) }
}

export const areasImporter: Importer<AreaRow> = {
  kind: 'areas',
  permission: areaAdd,
  undoPermission: areaAdd,
  options: ['area', 'day'],
  changesAreas: true,
  fields: [
    { key: 'name', kind: 'name', required: true, labels: { vi: ['Tên ấp, khu phố, tổ', 'Tên ấp', 'Ấp, khu phố', 'Tên khu phố', 'Tên tổ', 'Tên đơn vị', 'Tên'], en: ['Name', 'Hamlet'] } },
    { key: 'kind', kind: 'text', labels: { vi: ['Loại', 'Loại đơn vị'], en: ['Kind', 'Type'] } },
    { key: 'parent', kind: 'text', required: true, labels: { vi: ['Xã, phường', 'Thuộc xã', 'Xã phường thị trấn', 'Mã xã', 'Thuộc đơn vị'], en: ['Commune', 'Parent', 'Commune code'] } },
    { key: 'hamlet', kind: 'text', labels: { vi: ['Thuộc ấp', 'Thuộc khu phố'], en: ['In hamlet'] } },
    { key: 'district', kind: 'text', labels: { vi: ['Huyện, thành phố', 'Quận huyện', 'Huyện'], en: ['District'] } },
    { key: 'code', kind: 'code', labels: { vi: ['Mã', 'Mã ấp', 'Mã đơn vị'], en: ['Code'] } },
    { key: 'population', kind: 'count', labels: { vi: ['Dân số', 'Số dân', 'Nhân khẩu'], en: ['Population'] } },
  ],
  readRow: (cells, context): RowReading<AreaRow> => {
    const faults: RowRemark[] = []
    const read = <T>(field: string, reading: { ok: true; value: T | undefined } | { ok: false; problem: Problem }): T | undefined => {
      if (reading.ok) return reading.value
      faults.push({ field, problem: reading.problem })
      return undefined
    }
    const name = read('name', readName(cells['name']))
    const stated = read('kind', readName(cells['kind']))
    const code = read('code', readCode(cells['code']))
    const population = read('population', readCount(cells['population']))
    const day = context.options['day'] as PlainDate | undefined
    const withDistricts = !isBlank(cells['district'])
    const days = day ? [day] : withDistricts || context.today <= LAST_DISTRICTS ? [LAST_DISTRICTS, OFFICE_DAY] : [context.today, LAST_DISTRICTS, OFFICE_DAY]
    let parent: Area | undefined
    for (const field of ['district', 'parent', 'hamlet']) {
      const cell = cells[field]
      if (!cell || isBlank(cell)) continue
      const found = find(cell.text.trim(), context, days, parent?.id, field)
      if ('problem' in found) faults.push(found)
      else parent = found
    }
    if (name === undefined && !faults.some((fault) => fault.field === 'name')) faults.push({ field: 'name', problem: problem('missing_value', { params: { name: 'tên' } }) })
    const given = context.options['area'] === undefined ? undefined : context.areas.byId(Number(context.options['area']))
    parent ??= given
    if (!parent && faults.length === 0) faults.push({ field: 'parent', problem: problem('missing_value', { params: { name: 'xã, phường' } }) })
    if (faults.length > 0 || name === undefined || !parent) return { ok: false, faults }
    const kind = kindOf(name, stated)
    return { ok: true, value: { parentId: parent.id, parentName: parent.name, level: levelOf(kind), kind, name: fullName(name, kind), code, population } }
  },
  check: async (tx, rows): Promise<BatchOutcome> => {
    const seen = new Map<number, Set<string>>()
    const faults: (RowRemark & { row: number })[] = []
    for (const { row, value } of rows) {
      let names = seen.get(value.parentId)
      if (!names) seen.set(value.parentId, (names = new Set((await childrenOf(tx, value.parentId)).filter((child) => child.validTo === null).map((child) => nameKey(child.name)))))
      const key = nameKey(value.name)
      if (names.has(key)) faults.push({ row, field: 'name', problem: problem('duplicate_area', { params: { name: value.name, parent: value.parentName } }) })
      names.add(key)
    }
    return { accepted: rows.length - faults.length, faults, warnings: [] }
  },
  write: async (context, rows, _reading, importId) => {
    const faults: (RowRemark & { row: number })[] = []
    for (const { row, value } of rows) {
      const { parentId, level, kind, name, code, population } = value
      const added = await addOne(context, { parentId, level, kind, name, code, population }, importId)
      if (added.ok) continue
      const { code: why, ...fault } = added.problem
      faults.push({ row, field: fault.field === 'parentId' ? 'parent' : fault.field, problem: { ...fault, code: why === 'area_exists' ? 'duplicate_area' : why } })
    }
    return ok({ accepted: rows.length - faults.length, faults, warnings: [] })
  },
  undo: async (context, importId) => {
    const added = await areasOfImport(context.tx, importId)
    const built = added.filter((area) => area.childCount > 0)
    if (built.length > 0) {
      return refuse(problem('built_upon', { status: 409, params: { count: built.length }, problems: built.map((area) => problem('has_parts', { params: { name: area.name } })) }))
    }
    await endAreas(context.tx, added.map((area) => area.id), addDays(context.today, -1))
    return ok({ undone: added.length })
  },
}
