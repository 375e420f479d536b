import { describe, expect, test } from 'vitest'
import { accounts } from '#accounts'
import { addDays, day, ok } from '#base'
import { figures } from '#figures'
import { imports } from '#imports'
import { stoppedClock, openTestApp, openTestDb, type Answer, type TestApp } from '#tests/kit'
import { scopeOf } from '#platform/access'
import { now } from '#platform/clock'
import { sql } from '#platform/db'
import { lineageRead } from './contract.ts'
import { lineages, lineagesImporter, samplesImporter, serologyImporter } from './index.ts'

// Accounts are made at the machine's day; the province's is later set.
const clock = stoppedClock(now())
const database = await openTestDb()
const { app, ask, signedIn, actor } = await openTestApp(database, [accounts, figures, imports([lineagesImporter, samplesImporter, serologyImporter]), lineages], clock)
const [epidemiologist, officer, viewer, rachGia] = [await signedIn('epidemiologist', '91'), await signedIn('officer', '30742'), await signedIn('viewer', '91'), await signedIn('viewer', '899')]
clock.set('2021-11-20T03:00:00Z')

const run = (content: string, kind = 'lineages', sender = 'Pasteur', as = epidemiologist, query = ''): Promise<Answer> =>
  as('POST', `/api/imports/run?kind=${kind}&sender=${encodeURIComponent(sender)}&name=a.csv${query}`, content, { 'content-type': 'text/csv' })
const taken = async (content: string, kind?: string, sender?: string, as?: TestApp['ask'], query?: string): Promise<Answer['body']> => {
  const { status, body } = await run(content, kind, sender, as, query)
  expect([status, body.code]).toEqual([200, undefined])
  return body
}
const codes = ({ errors }: Answer['body']): [number, string][] => errors.map(({ row, code }: { row: number; code: string }) => [row, code])
const undone = async (id: string): Promise<Answer['body']> => {
  await epidemiologist('POST', `/api/imports/${id}/undo`, {})
  for (;;) {
    const { body } = await epidemiologist('GET', `/api/imports/${id}`)
    if (body.run.progress === null) return body.run
  }
}
const see = async (query: string, as: TestApp['ask'] = epidemiologist): Promise<Answer['body']> => (await as('GET', `/api/lineages?on=2021-11-15&${query}`)).body
const namesOf = ({ names, whole }: Answer['body']): Record<string, number> => Object.fromEntries([...names, 'rest'].map((name, j) => [name, whole[j].count]))

const pangolin = (rows: readonly string[], version = 'PUSHER-v1.8'): string =>
  ['\ufefftaxon,lineage,conflict,ambiguity_score,scorpio_call,version,qc_status,collection_date,Huyện,Xã', ...rows.map((row) => {
    const [name, lineage, scorpio, quality, on, district, commune] = row.split('|')
    return `${name},${lineage},0.0,,${scorpio},${version},${quality},${on},${district},${commune}`
  })].join('\r\n')

const FIRST = pangolin([
  'KG-1|AY.57|Delta (B.1.617.2-like)|pass|2021-10-20|Rạch Giá|Vĩnh Bảo', 'KG-2|AY.57|Delta (B.1.617.2-like)|pass|2021-10-21|Rạch Giá|', 'KG-3|B.1.1.7|Alpha (B.1.1.7-like)|pass|2021-10-21|Phú Quốc|',
  'KG-4|Unassigned||fail|2021-10-21|Phú Quốc|', 'KG-5|AY.57|Delta (B.1.617.2-like)|pass|||', 'KG-6|AY.57|Delta (B.1.617.2-like)|pass|2021-10-22|Sài Gòn Phố|', 'KG-2|AY.57||pass|2021-10-21|Rạch Giá|',
  'KG-7|AY.57|Delta (B.1.617.2-like)|pass|22/12/2021|Rạch Giá|',
])
const first = await taken(FIRST)

describe('a file of calls', () => {
  test('R1 R2 rows come in; without a day or a known place, twice, or in days to come they are refused by name', () => {
    expect(first).toMatchObject({ rows: 8, accepted: 4, rejected: 4, duplicates: 1 })
    expect(codes(first)).toEqual([[6, 'missing_sample_day'], [7, 'unknown_area'], [8, 'duplicate_in_file'], [9, 'future_day']])
    expect(first.errors[0].message).toContain('KG-5: không có ngày lấy mẫu')
  })
  test('R5 shares count what has a name and a good sequence; the rest is said', async () => {
    const shown = await see('weeks=8')
    expect(shown).toMatchObject({ area: { code: '91' }, scheme: 'pango', sequences: { counted: 3, unassigned: 0, bad: 1 }, newest: { collectedOn: '2021-10-21', recordedAt: '2021-11-20T03:00:00.000Z' } })
    // Two and one sequence: too few to stand by name.
    expect(namesOf(shown)).toEqual({ rest: 3 })
    expect(await see('weeks=8&reference=AY.57')).toMatchObject({ names: ['AY.57'], growth: { reference: 'AY.57', advantages: [{ name: 'AY.57', sequences: 2, perDay: null, why: 'reference' }] } })
  })
  test('R3 the same again is a duplicate; an older version does not take the place of a newer one', async () => {
    const again = await taken(FIRST)
    expect(again).toMatchObject({ accepted: 0, rejected: 8 })
    expect(codes(again).slice(0, 4)).toEqual([[2, 'duplicate_known'], [3, 'duplicate_known'], [4, 'duplicate_known'], [5, 'duplicate_known']])
    expect(codes(await taken(pangolin(['KG-1|B.1.617.2||pass|2021-10-20|Rạch Giá|Vĩnh Bảo'], 'PUSHER-v1.2')))).toEqual([[2, 'duplicate_older']])
    // Another laboratory may use the same name.
    expect(await taken(pangolin(['KG-1|AY.57||pass|2021-10-23|Rạch Giá|']), 'lineages', 'CDC')).toMatchObject({ accepted: 1 })
  })
  test('R3 R4 a newer call takes the place of the old one, which is kept; the undo puts it back, and is refused for what was replaced since', async () => {
    const newer = await taken(pangolin(['KG-1|AY.57.1|Delta (B.1.617.2-like)|pass|2021-10-20|Rạch Giá|Vĩnh Bảo'], 'PUSHER-v1.23'))
    expect(newer).toMatchObject({ accepted: 1, warnings: 1 })
    expect(await see('weeks=8&reference=AY.57.1')).toMatchObject({ names: ['AY.57.1'] })
    const refused = await undone(first.import_id)
    expect(refused).toMatchObject({ status: 'done', problem: { code: 'built_upon' } })
    expect(await undone(newer.import_id)).toMatchObject({ status: 'undone' })
    expect(await see('weeks=8&reference=AY.57.1')).toMatchObject({ names: ['AY.57'] })
    expect(await see('weeks=8&reference=AY.57')).toMatchObject({ whole: [{ count: 3 }, { count: 1 }] })
  })
  test('R2 a list of samples of the same sender gives the days and places that a file of calls lacks', async () => {
    const bare = 'taxon,lineage,conflict,ambiguity_score,scorpio_call,version,qc_status\nHT-1,AY.4,0,,Delta (B.1.617.2-like),PUSHER-v1.8,pass\nHT-2,AY.4,0,,Delta (B.1.617.2-like),PUSHER-v1.8,pass\n'
    expect(codes(await taken(bare, 'lineages', 'Bệnh viện'))).toEqual([[2, 'missing_sample_day'], [3, 'missing_sample_day']])
    const samples = 'strain,date,location\nHT-1,2021-10-25,Asia / Vietnam / Kien Giang / Ha Tien\n'
    expect(await taken(samples, 'sequence-samples', 'Bệnh viện')).toMatchObject({ accepted: 1 })
    expect(codes(await taken(samples, 'sequence-samples', 'Bệnh viện'))).toEqual([[2, 'duplicate_known']])
    const joined = await taken(bare, 'lineages', 'Bệnh viện')
    expect([joined.accepted, codes(joined)]).toEqual([1, [[3, 'missing_sample_day']]])
    expect(namesOf(await see('area=900&reference=AY.4'))).toEqual({ 'AY.4': 1, rest: 0 })
    // With a day chosen for the file but no place: refused by name.
    expect(codes(await taken('taxon,lineage\nX-1,AY.4\n', 'lineages', 'Khác', epidemiologist, '&day=2021-10-25'))).toEqual([[2, 'missing_sample_area']])
    expect(await taken('taxon,lineage\nX-1,AY.4\n', 'lineages', 'Khác', epidemiologist, '&day=2021-10-25&area=900')).toMatchObject({ accepted: 1 })
  })
  test('R1 Nextclade’s file of the same sequences adds clades, and a sequence counts once', async () => {
    const nextclade = 'index;seqName;clade;Nextclade_pango;clade_who;qc.overallStatus;substitutions;Ngày lấy mẫu;Huyện\r\n0;KG-2;21J;AY.57;Delta;good;C241T,C3037T;2021-10-21;Rạch Giá\r\n1;KG-3;20I;B.1.1.7;Alpha;mediocre;C241T;2021-10-21;Phú Quốc\r\n'
    expect(await taken(nextclade)).toMatchObject({ accepted: 2, rejected: 0 })
    expect(await see('weeks=8&reference=AY.57')).toMatchObject({ sequences: { counted: 6 } })
    expect(namesOf(await see('weeks=8&scheme=clade&reference=21J'))).toEqual({ '21J': 1, rest: 1 })
    expect(namesOf(await see('weeks=8&scheme=who&reference=Alpha'))).toMatchObject({ Alpha: 1, Delta: 3 })
  })
})

describe('who may', () => {
  test('R11 import into and read of the own area only', async () => {
    const own = await taken(pangolin(['VB-1|AY.57||pass|2021-10-20|Rạch Giá|Vĩnh Bảo', 'VB-2|AY.57||pass|2021-10-20|Phú Quốc|']), 'lineages', 'Trạm', officer)
    expect([own.accepted, codes(own)]).toEqual([1, [[3, 'outside_own_area']]])
    expect((await run(FIRST, 'lineages', 'Trạm', viewer)).status).toBe(403)
    expect((await run('a,b\n1,2\n', 'serology', '', viewer)).status).toBe(403)
    // What the sender has elsewhere is not shown, and not written over.
    expect(codes(await taken(pangolin(['KG-3|AY.57||pass|2021-10-20|Rạch Giá|Vĩnh Bảo']), 'lineages', 'Pasteur', officer))).toEqual([[2, 'duplicate_elsewhere']])
    expect((await officer('GET', '/api/lineages?area=91&on=2021-11-15')).status).toBe(403)
    expect((await officer('GET', '/api/lineages/export?area=91&on=2021-11-15')).status).toBe(403)
    expect((await ask('GET', '/api/lineages')).status).toBe(401)
    expect(await see('area=30742&reference=AY.57', officer)).toMatchObject({ area: { name: 'Phường Vĩnh Bảo' }, sequences: { counted: 2 } })
    expect(await see('area=899&reference=AY.57', rachGia)).toMatchObject({ sequences: { counted: 4 } })
  })
  test('R11 row security keeps each table to the own area, whatever is asked', async () => {
    const scope = scopeOf(actor('officer', '30742'), lineageRead)
    if (!scope) throw new Error('no scope')
    const places = await database.read(scope, (tx) => tx.rows(sql<{ area_id: number }>`
      select area_id from lineage_call union select area_id from sequence_sample union select area_id from serosurvey_result`))
    expect(places.map(({ area_id: id }) => app.areas.tree().byId(id)?.code)).toEqual(['30742'])
    await expect(database.write(scope, async (tx) => ok(await tx.run(sql`
      insert into sequence_sample (id, disease, sender, row_key, collected_on, area_id, area_pos, import_id, recorded_by, recorded_at, command_id)
      select gen_random_uuid(), 'covid-19', '', 'x', '2021-10-01', id, pos, gen_random_uuid(), 'x', now(), gen_random_uuid() from area where code = '899' and valid_to is not null`))))
      .rejects.toThrow(/row-level security/)
  })
  test('R11 the area must exist on its day', async () => {
    for (const path of ['lineages', 'lineages/export', 'serology', 'serology/export']) expect([path, (await viewer('GET', `/api/${path}?area=khong-co`)).body.code]).toEqual([path, 'unknown_area'])
    expect(await see('area=khong-co')).toMatchObject({ code: 'unknown_area' })
  })
})

describe('a wave that replaces another', () => {
  // Each day 6 sequences; the new lineage's odds grow by 0.1 a day from 1:9.
  const ON = day('2021-09-30')
  const wave = pangolin(Array.from({ length: 56 }, (_, n) => n).flatMap((n) => {
    const on = addDays(ON, n - 55)
    const share = 1 / (1 + 9 * Math.exp(-0.1 * n))
    return Array.from({ length: 20 }, (_, k) => `W-${n}-${k}|${(k + 0.5) / 20 < share ? 'AY.57' : 'B.1.36'}||pass|${on}|${k % 2 ? 'Rạch Giá' : 'Hà Tiên'}|`)
  }))
  test('R5 R7 weeks, units below and the growth advantage', async () => {
    expect(await taken(wave, 'lineages', 'Viện')).toMatchObject({ accepted: 1120 })
    const shown = (await epidemiologist('GET', '/api/lineages?area=91&on=2021-09-30&weeks=8&reference=B.1.36')).body
    expect(shown.names).toEqual(['AY.57', 'B.1.36'])
    expect(shown.weeks).toHaveLength(8)
    expect(shown.weeks.map(({ total }: { total: number }) => total)).toEqual([140, 140, 140, 140, 140, 140, 140, 140])
    const [early, late] = [shown.weeks[0].shares[0], shown.weeks[7].shares[0]]
    expect([early.share < 0.2, late.share > 0.9, early.lower < early.share, early.upper > early.share]).toEqual([true, true, true, true])
    const [advantage] = shown.growth.advantages
    expect(advantage).toMatchObject({ name: 'AY.57', why: null })
    expect(advantage.perDay.estimate).toBeCloseTo(0.1, 1)
    expect(advantage.perDay.lower).toBeGreaterThan(0.07)
    expect(shown.below.map(({ area, total }: { area: { name: string }; total: number }) => [area.name, total])).toEqual([['Thành phố Rạch Giá', 560], ['Thành phố Hà Tiên', 560]])
    // Nobody knows yet on the first of September what came in its last days.
    expect((await epidemiologist('GET', '/api/lineages?area=91&on=2021-08-20&weeks=2')).body.sequences.counted).toBe(14 * 20)
  })
  test('R10 the shares as a sheet', async () => {
    const csv = await viewer('GET', '/api/lineages/export?area=91&on=2021-09-30&weeks=8')
    const lines = csv.text.slice(0, -2).split('\r\n')
    expect(lines[0]).toBe('\ufeffMã địa bàn,Địa bàn,Từ ngày,Đến ngày,Biến thể,Số trình tự,Tổng số trình tự,Tỷ lệ,Dưới 95 %,Trên 95 %')
    expect(lines).toHaveLength(1 + 8 * 3)
    expect(lines[1]).toMatch(/^91,Tỉnh Kiên Giang,2021-08-06,2021-08-12,AY\.57,\d+,140,0\.\d+,0\.\d+,0\.\d+$/)
  })
})

test('R3 a row whose twin came in an earlier batch of the file is a duplicate, not a correction', async () => {
  const rows = Array.from({ length: 5000 }, (_, n) => `B-${n}|AY.57||pass|2021-07-01|Rạch Giá|`)
  const long = await taken(pangolin([...rows, 'B-0|AY.4||pass|2021-07-01|Rạch Giá|', 'B-5001|AY.4||pass|2021-07-01|Rạch Giá|']), 'lineages', 'Dài')
  expect([long.accepted, codes(long)]).toEqual([5001, [[5002, 'duplicate_in_file']]])
  expect(namesOf((await epidemiologist('GET', '/api/lineages?on=2021-07-01&weeks=2&reference=AY.4')).body)).toEqual({ 'AY.57': 5000, 'AY.4': 1, rest: 0 })
})

describe('serosurveys', () => {
  const HEAD = 'Đợt khảo sát;Huyện;Từ ngày;Đến ngày;Nhóm tuổi;Số xét nghiệm;Số dương tính;Sinh phẩm;Độ nhạy;Số mẫu chứng dương;Độ đặc hiệu;Số mẫu chứng âm'
  const survey = (rows: readonly string[]): string => `\ufeff${[HEAD, ...rows].join('\r\n')}\r\n`
  const row = (district: string, ages: string, tested: number, positive: number, assay = 'ELISA;32/33;;20/20;'): string => `KG 10/2021;${district};01/10/2021;05/10/2021;${ages};${tested};${positive};${assay}`
  const serology = async (query = '', as = epidemiologist): Promise<Answer['body']> => (await as('GET', `/api/serology?on=2021-11-15${query}`)).body

  test('R8 R9 from a file with semicolons to prevalence by age and area, measured and corrected', async () => {
    expect(await serology()).toMatchObject({ area: { code: '91' }, surveys: [], survey: null })
    const sent = await taken(survey([row('Rạch Giá', '0-19', 1000, 20), row('Phú Quốc', '0-19', 1971, 31), row('Rạch Giá', '20+', 263, 81), row('Rạch Giá', '20+', 263, 81), row('Rạch Giá', '60-20', 5, 6)]), 'serology')
    expect([sent.accepted, codes(sent)]).toEqual([3, [[5, 'duplicate_in_file'], [6, 'positive_above_tested'], [6, 'ages_crossed']]])
    const shown = await serology()
    expect(shown.surveys).toEqual([{ key: 'KG 10/2021', name: 'KG 10/2021', from: '2021-10-01', to: '2021-10-05', tested: 3234, sender: 'Pasteur' }])
    const [young, old] = shown.survey.ages
    // Lang & Reiczigel (2014), example 2, out of two districts.
    expect([young.ageFrom, young.ageTo, young.tested, young.positive, young.corrected.lower.toFixed(3), young.corrected.upper.toFixed(3)]).toEqual([0, 19, 2971, 51, '0.000', '0.053'])
    // Newcombe (1998).
    expect([old.ageFrom, old.ageTo, old.raw.lower.toFixed(4), old.raw.upper.toFixed(4)]).toEqual([20, null, '0.2553', '0.3662'])
    expect(shown.survey.below.map(({ area, tested }: { area: { name: string }; tested: number }) => [area.name, tested])).toEqual([['Thành phố Rạch Giá', 1263], ['Thành phố Phú Quốc', 1971]])
    expect(shown.survey.assays).toEqual([{ assay: 'ELISA', sensitivity: 32 / 33, sensitivityOf: 33, specificity: 1, specificityOf: 20 }])
    expect((await epidemiologist('GET', '/api/serology?on=2021-10-04')).body.surveys).toEqual([])
  })
  test('R3 R4 a corrected count takes the place of the first; the undo puts it back', async () => {
    const corrected = await taken(survey([row('Rạch Giá', '20+', 263, 80)]), 'serology')
    expect(corrected).toMatchObject({ accepted: 1, warnings: 1 })
    expect((await serology()).survey.ages[1].positive).toBe(80)
    expect(await undone(corrected.import_id)).toMatchObject({ status: 'undone' })
    expect((await serology()).survey.ages[1].positive).toBe(81)
  })
  test('R8 an unnamed survey is told by its days; without any day it is refused', async () => {
    const bare = 'Xã;Ngày;Số xét nghiệm;Số dương tính\nPhường Vĩnh Bảo;10/10/2021;40;4\nPhường Vĩnh Bảo;;40;4\n'
    expect(codes(await taken(bare, 'serology', 'Trạm', officer))).toEqual([[3, 'missing_survey_day']])
    const own = (await officer('GET', '/api/serology?area=30742&on=2021-11-15')).body
    expect(own).toMatchObject({ surveys: [{ key: 'Trạm 2021-10-10 2021-10-10', name: '' }], survey: { whole: { tested: 40, corrected: null, why: 'no_assay' } } })
    expect((await serology('&survey=KG%2010%2F2021')).survey.key).toBe('KG 10/2021')
    expect(await serology('&survey=khong-co')).toMatchObject({ code: 'unknown_survey', status: 404 })
    expect((await epidemiologist('GET', '/api/serology/export?on=2021-11-15&survey=khong-co')).body.code).toBe('unknown_survey')
  })
  test('R11 of the own area only', async () => {
    expect((await officer('GET', '/api/serology?area=91')).status).toBe(403)
    expect((await officer('GET', '/api/serology/export?area=91')).status).toBe(403)
    expect(await serology('&area=899', rachGia)).toMatchObject({ survey: { whole: { tested: 40 } }, surveys: [{ tested: 40 }, { key: 'KG 10/2021', tested: 1263 }] })
  })
  test('R10 the estimates as a sheet', async () => {
    const lines = (await viewer('GET', '/api/serology/export?on=2021-11-15&survey=KG%2010%2F2021')).text.slice(0, -2).split('\r\n')
    expect(lines[0]).toBe('\ufeffMã địa bàn,Địa bàn,Nhóm tuổi,Số xét nghiệm,Dương tính,Đo được,"Đo được, dưới 95 %","Đo được, trên 95 %",Hiệu chỉnh,"Hiệu chỉnh, dưới 95 %","Hiệu chỉnh, trên 95 %"')
    expect(lines[1]).toBe('91,Tỉnh Kiên Giang,0–19,2971,51,0.0172,0.0131,0.0225,0.0177,0,0.0533')
    expect(lines.map((line) => line.split(',')[2])).toEqual(['Nhóm tuổi', '0–19', '20+', 'Mọi nhóm tuổi', 'Mọi nhóm tuổi', 'Mọi nhóm tuổi'])
  })
})
