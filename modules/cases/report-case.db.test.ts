import { describe, expect, test } from 'vitest'
import { day, problem, refuse, type PlainDate } from '#base'
import { newId } from '#platform/clock'
import { perform } from '#platform/commands'
import { EVERYWHERE, sql } from '#platform/db'
import { people } from '#people'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { cases, recountCases } from './index.ts'
import { reportCaseCommand } from './report-case.ts'

const database = await openTestDb()
const clock = stoppedClock('2021-10-20T02:00:00Z')
const { app, actor } = await openTestApp(database, [people, cases], clock)
const tree = app.areas.tree()
const on = day('2021-10-12')
const area = (code: string): number => tree.resolve(code, on)?.id as number
/** Phường Vĩnh Thanh Vân and phường Vĩnh Bảo of Rạch Giá. */
const vinhThanhVan = area('30730')
const province = actor('epidemiologist', '91')
const officer = actor('officer', '30730')

const report = (body: object, by = province) => perform(app, reportCaseCommand, { actor: by, body: { fullName: 'Trần Thị Bé', areaId: vinhThanhVan, ...body } })
const reported = async (body: object, by = province) => {
  const result = await report(body, by)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
const refusal = async (body: object, by = province) => {
  const result = await report(body, by)
  return result.ok ? 'accepted' : [result.problem.code, result.problem.field]
}
const sums = (metric: string) => database.read(EVERYWHERE, (tx) => tx.rows(sql<{ area_id: number; day: PlainDate; value: number }>`
  select area_id, day, value from indicator_sum where metric = ${metric} and value <> 0 order by area_id, day`))

describe('report', () => {
  test('R7 a case counts where the person lives: new and community on the reporting day, dead on the day of death', async () => {
    await reported({ detectionSource: 'community', reportedOn: '2021-10-15', outcome: 'died', outcomeOn: '2021-10-18' })
    await reported({ detectionSource: 'quarantine', reportedOn: '2021-10-15' })
    await reported({ diagnosis: 'suspected', reportedOn: '2021-10-15' })
    expect(await sums('cases_new')).toEqual([{ area_id: vinhThanhVan, day: '2021-10-15', value: 2 }])
    expect(await sums('cases_community')).toEqual([{ area_id: vinhThanhVan, day: '2021-10-15', value: 1 }])
    expect(await sums('deaths')).toEqual([{ area_id: vinhThanhVan, day: '2021-10-18', value: 1 }])
    expect(await database.read(EVERYWHERE, recountCases)).toEqual([])
  })
  test('its id is the id of the command, its number tells province and year', async () => {
    const id = newId()
    const result = await perform(app, reportCaseCommand, { actor: province, id, body: { fullName: 'Lê Văn Tám', areaCode: '30730' } })
    expect(result).toMatchObject({ ok: true, value: { id, version: 1, warnings: [], possibleDuplicate: null } })
    expect(result.ok && result.value.number).toMatch(/^KG-2021-\d{6}$/)
    const stored = await database.read(EVERYWHERE, (tx) => tx.first(sql<Record<string, unknown>>`select * from case_record where id = ${id}`))
    expect(stored).toMatchObject({ name_key: 'le van tam', reported_on: '2021-10-20', commune_id: vinhThanhVan, hamlet_id: null, diagnosis: 'confirmed', disease: 'covid-19' })
  })
  test('numbers go on beyond a million', async () => {
    await database.owner((tx) => tx.run(sql`select setval('case_number', 999998)`))
    expect([(await reported({})).number, (await reported({})).number]).toEqual(['KG-2021-999999', 'KG-2021-1000000'])
  })
  test('R4 the area stands on the reporting day and lies where the reporter has rights', async () => {
    expect(await refusal({ areaId: 99_999_999 })).toEqual(['unknown_area', 'areaId'])
    expect(await refusal({ areaId: undefined, areaCode: '99999' })).toEqual(['unknown_area', 'areaCode'])
    expect(await refusal({ areaId: app.areas.country().id })).toEqual(['unknown_area', 'areaId'])
    expect(await refusal({ areaId: tree.resolve('91', day('2025-07-01'))?.id })).toEqual(['area_not_of_day', 'areaId'])
    expect(await refusal({ areaId: area('900') }, officer)).toEqual(['forbidden', 'areaId'])
    expect(await refusal({ eventAreaId: 99_999_999 })).toEqual(['unknown_area', 'eventAreaId'])
    expect(await refusal({}, officer)).toBe('accepted')
  })
  test('R1 impossible values come back each at its field', async () => {
    const result = await report({ onsetOn: '2021-10-19', reportedOn: '2021-10-18', sampleOn: '2021-10-21', birthYear: 1890 })
    expect(result.ok ? [] : result.problem.problems?.map(({ code, field }) => [code, field])).toEqual([
      ['future_day', 'sampleOn'], ['onset_after_report', 'onsetOn'], ['impossible_age', 'birthYear'],
    ])
    expect(await refusal({ nationalId: '12345' })).toEqual(['bad_national_id', 'nationalId'])
    expect(await refusal({ birthOn: '1985-02-01', birthYear: 1986 })).toEqual(['birth_disagrees', 'birthYear'])
    expect(await refusal({ outcome: 'died' })).toEqual(['outcome_day_missing', 'outcomeOn'])
  })
  test('R2 the sender’s number is one case, whoever may see it; the ministry’s number is one within 90 days', async () => {
    await reported({ sender: 'CDC Cần Thơ', senderNumber: 'CT-1', areaId: area('900') })
    expect(await refusal({ sender: 'CDC Cần Thơ', senderNumber: 'CT-1' }, officer)).toEqual(['duplicate_sender_number', 'senderNumber'])
    expect(await refusal({ sender: 'CDC An Giang', senderNumber: 'CT-1' })).toBe('accepted')
    await reported({ nationalNumber: 'BN900001', reportedOn: '2021-05-01' })
    expect(await refusal({ nationalNumber: 'BN900001', reportedOn: '2021-07-30' })).toEqual(['duplicate_national_number', 'nationalNumber'])
    expect(await refusal({ nationalNumber: 'BN900001', reportedOn: '2021-07-31' })).toBe('accepted')
  })
  test('R3 a person’s second report within 90 days is the same infection unless the reporter says otherwise; later it is a second case of one person', async () => {
    const nationalId = '091185000001'
    await reported({ nationalId, birthYear: 1985, sex: 'female', reportedOn: '2021-05-01' })
    expect(await refusal({ nationalId, reportedOn: '2021-06-01' })).toEqual(['duplicate_person', 'nationalId'])
    await reported({ nationalId, reportedOn: '2021-06-01', reinfection: true })
    await reported({ nationalId, reportedOn: '2021-10-01' })
    const found = await database.read(EVERYWHERE, (tx) => tx.first(sql<{ persons: number; cases: number }>`
      select count(distinct person_id) as persons, count(*) as cases from case_record where national_id = ${nationalId}`))
    expect(found).toEqual({ persons: 1, cases: 3 })
  })
  test('R5 the same name, birth year and commune is accepted and put in the queue; two national numbers are two persons', async () => {
    const first = await reported({ fullName: 'Nguyễn Văn Hải', birthYear: 1970, nationalId: '091070000001' })
    const like = await reported({ fullName: 'NGUYEN VAN HAI', birthOn: '1970-03-02' })
    expect(like.possibleDuplicate).toEqual({ id: first.id, number: first.number })
    const other = await reported({ fullName: 'Nguyễn Văn Hải', birthYear: 1970, nationalId: '091070000002' })
    expect(other.possibleDuplicate?.id).toBe(like.id)
    expect((await reported({ fullName: 'Nguyễn Văn Hải', birthYear: 1971 })).possibleDuplicate).toBeNull()
    const marks = await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ id: string }>`select id from case_record where possible_duplicate order by recorded_at, id`))
    expect(new Set(marks.map(({ id }) => id))).toEqual(new Set([like.id, other.id]))
  })
  test('R6 an infector who is not known yet is joined when reported', async () => {
    const infected = await reported({ sender: 'CDC', senderNumber: 'B2', infectorNumber: 'B1' })
    expect(infected.warnings).toEqual([{ code: 'infector_not_found', field: 'infectorNumber', params: { number: 'B1' } }])
    const infector = await reported({ sender: 'CDC', senderNumber: 'B1' })
    const again = await reported({ infectorNumber: infector.number })
    expect(again.warnings).toEqual([])
    const joined = await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ id: string }>`select id from case_record where infector_id = ${infector.id}`))
    expect(new Set(joined.map(({ id }) => id))).toEqual(new Set([infected.id, again.id]))
  })
  test('R2 two reports of one number at the same moment are one case', async () => {
    const both = await Promise.all(['a', 'b', 'c', 'd'].map(() => report({ nationalId: '091185000077', nationalNumber: 'BN77', reportedOn: '2021-10-10' })))
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.flatMap((one) => (one.ok ? [] : [one.problem.code]))).toEqual(Array(3).fill('duplicate_national_number'))
  })
  test('R2 reports that nobody expects to be one case, at the same moment: one is written, the others are told', async () => {
    const codes = async (body: object): Promise<string[]> => {
      const all = await Promise.all(Array.from({ length: 6 }, () => report({ reportedOn: '2021-10-10', ...body })))
      return all.map((one) => (one.ok ? 'accepted' : one.problem.code)).toSorted()
    }
    expect(await codes({ sender: 'CDC', senderNumber: 'AT-ONCE' })).toEqual(['accepted', ...Array(5).fill('duplicate_sender_number')])
    expect(await codes({ nationalId: '091185000078' })).toEqual(['accepted', ...Array(5).fill('duplicate_person')])
    const persons = await database.read(EVERYWHERE, (tx) => tx.first(sql<{ count: number }>`select count(*) from person where national_id = '091185000078'`))
    expect(persons?.count).toBe(1)
    expect(await database.read(EVERYWHERE, recountCases)).toEqual([])
  })
  test('a case is expected to be new exactly where the registry, asked, knows nothing of it', async () => {
    const known = await reported({ fullName: 'Danh Biết', birthYear: 1970, nationalId: '091070000055', sender: 'S', senderNumber: 'KNOWN' })
    await reported({ fullName: 'Danh Không Số', birthYear: 1971 })
    await reported({ infectorNumber: 'AWAITED' })
    await database.owner((tx) => tx.run(sql`
      insert into case_merge (case_id, into_id, area_pos, number, sender, sender_number, reported_on, into_version, taken, infected_ids, reason, merged_at, merged_by, command_id)
      values (${newId()}, ${known.id}, 0, 'KG-MERGED', 'S', 'MERGED', '2021-10-12', 1, '{}', '{}', 'test', now(), 'test', ${newId()})`))
    const differing: unknown[] = []
    const seen = { new: 0, known: 0 }
    for (const sender of ['S', 'T']) for (const number of [null, 'NEW', 'KNOWN', 'MERGED', 'AWAITED']) for (const name of ['danh biet', 'danh khong so', 'ai do'])
      for (const birthYear of [null, 1970, 1971]) for (const nationalId of [null, '091070000055', '091070000056']) {
        const told = await database.write(EVERYWHERE, async (tx) => {
          const kinds = (await tx.rows(sql<{ kind: string }>`
            select kind from case_clash('covid-19', ${sender}, ${number}, null, null, ${name}, ${birthYear}::smallint, ${vinhThanhVan}::int, ${nationalId}, null,
              '2021-10-20', false, 90, null)`)).map(({ kind }) => kind)
          const drawn = await tx.run(sql`select case_draw_new('covid-19', ${sender}, ${number}, ${name}, ${birthYear}::smallint, ${vinhThanhVan}::int, ${nationalId}, 'T-')`)
            .then(() => true, () => false)
          return refuse(problem('looked', { params: { kinds: kinds.join(' '), drawn: String(drawn) } }))
        })
        const { kinds, drawn } = told.ok ? {} : told.problem.params ?? {}
        seen[drawn === 'true' ? 'new' : 'known'] += 1
        if ((kinds === 'drawn') !== (drawn === 'true')) differing.push({ sender, number, name, birthYear, nationalId, kinds, drawn })
      }
    expect(differing).toEqual([])
    expect(seen.new).toBeGreaterThan(10)
    expect(seen.known).toBeGreaterThan(10)
  })
  test('the number of a case nobody knew is in its row, the answer, the audit, and the answer to the same report again', async () => {
    const id = newId()
    const call = { actor: province, id, body: { fullName: 'Huỳnh Thị Mới', areaId: vinhThanhVan, nationalId: '091185000079', birthYear: 1985, sex: 'female' } }
    const first = await perform(app, reportCaseCommand, call)
    if (!first.ok) throw new Error(JSON.stringify(first.problem))
    expect(first.value.number).toMatch(/^KG-2021-\d{6,}$/)
    const kept = await database.read(EVERYWHERE, (tx) => tx.first(sql`
      select c.number, a.result from case_record c join audit_entry a on a.command_id = c.id where c.id = ${id}`))
    expect(kept).toEqual({ number: first.value.number, result: first.value })
    expect(await perform(app, reportCaseCommand, call)).toEqual(first)
  })
  test('a report that is refused takes no number', async () => {
    const before = await reported({ sender: 'CDC', senderNumber: 'ONE-1' })
    expect(await refusal({ sender: 'CDC', senderNumber: 'ONE-1' })).toEqual(['duplicate_sender_number', 'senderNumber'])
    const after = await reported({ sender: 'CDC', senderNumber: 'ONE-2' })
    expect(Number(after.number.slice(8)) - Number(before.number.slice(8))).toBe(1)
  })
  test('oddities of the personal number are remarks', async () => {
    const odd = await reported({ nationalId: '091085000009', birthYear: 1990, sex: 'female' })
    expect(odd.warnings.map(({ code }) => code)).toEqual(['national_id_birth', 'national_id_sex'])
  })
})
