import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { addDays, day, type Id, type Instant, type PlainDate } from '#base'
import { newId, now, today } from '#platform/clock'
import { command, perform } from '#platform/commands'
import { EVERYWHERE, sql } from '#platform/db'
import { readIndicators } from '#platform/indicators'
import { people } from '#people'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { casesImporter } from './cases-importer.ts'
import { DETECTION_SOURCES, DIAGNOSES } from './contract.ts'
import { correctCaseCommand } from './correct-case.ts'
import { cases, recountCases } from './index.ts'
import { countCases } from './indicators.ts'
import { type CaseRow } from './read-case-row.ts'
import { NOTHING_KNOWN, reportCaseCommand } from './report-case.ts'
import { residenceIn } from './case.ts'
import { transferCaseCommand } from './transfer-case.ts'

const START = Date.parse('2021-10-20T02:00:00Z')
const database = await openTestDb()
const clock = stoppedClock('2021-10-20T02:00:00Z')
const { app, actor } = await openTestApp(database, [people, cases], clock)
const tree = app.areas.tree()
const province = actor('epidemiologist', '91')
const FIRST = day('2021-10-10')
const AREAS = ['30730', '30742', '899', '911'].map((code) => tree.resolve(code, FIRST)?.id as number)

/** What a case is made of here: what its counts depend on. */
interface Facts {
  readonly areaId: number
  readonly reportedOn: PlainDate
  readonly diagnosis: (typeof DIAGNOSES)[number]
  readonly detectionSource: (typeof DETECTION_SOURCES)[number] | null
  readonly outcome: 'died' | 'recovered' | null
  readonly outcomeOn: PlainDate | null
}
const facts: fc.Arbitrary<Facts> = fc.record({
  areaId: fc.constantFrom(...AREAS), reportedOn: fc.nat(3).map((n) => addDays(FIRST, n)), diagnosis: fc.constantFrom(...DIAGNOSES),
  detectionSource: fc.constantFrom('community' as const, 'quarantine' as const, null), died: fc.option(fc.nat(5), { nil: null }),
}).map(({ died, ...rest }) => ({ ...rest, outcome: died === null ? null : 'died' as const, outcomeOn: died === null ? null : addDays(FIRST, died) }))

type Step =
  | { readonly kind: 'report'; readonly facts: Facts }
  | { readonly kind: 'import'; readonly cases: readonly Facts[] }
  | { readonly kind: 'correct'; readonly which: number; readonly facts: Facts }
  | { readonly kind: 'transfer'; readonly which: number; readonly to: number }
  | { readonly kind: 'undo'; readonly which: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('report' as const), facts }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('import' as const), cases: fc.array(facts, { minLength: 1, maxLength: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('correct' as const), which: fc.nat(20), facts }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('transfer' as const), which: fc.nat(20), to: fc.constantFrom(...AREAS) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(5) }) },
)

/** The model: each case with every image it had, from when to when. */
interface Image {
  readonly facts: Facts
  readonly from: number
  to: number
}
interface Known {
  readonly id: Id
  readonly importId: Id | null
  version: number
  readonly images: Image[]
}

/** Counts of the model at an instant, as area, day, metric → value. */
const countModel = (known: readonly Known[], at: number): Record<string, number> => {
  const counts: Record<string, number> = {}
  const add = (areaId: number, on: PlainDate, metric: string): void => {
    const key = `${areaId} ${on} ${metric}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  for (const { images } of known) {
    for (const { facts: one, from, to } of images) {
      if (from > at || to <= at || one.diagnosis !== 'confirmed') continue
      add(one.areaId, one.reportedOn, 'cases_new')
      if (one.detectionSource === 'community') add(one.areaId, one.reportedOn, 'cases_community')
      if (one.outcomeOn) add(one.areaId, one.outcomeOn, 'deaths')
    }
  }
  return counts
}

const importing = <R>(run: (context: Parameters<typeof casesImporter.write>[0]) => ReturnType<typeof casesImporter.undo> | Promise<R>) =>
  perform(app, command({ name: 'test.import', permission: casesImporter.permission, body: z.object({}), perform: run as never }), { actor: province, body: {} })

const rowOf = (one: Facts, n: number): { row: number; value: CaseRow } => ({
  row: n + 2,
  value: {
    facts: { ...NOTHING_KNOWN, ...one, fullName: `Người ${newId()}` }, residence: residenceIn(tree, tree.byId(one.areaId) as never) as CaseRow['residence'],
    disease: 'covid-19', reinfection: false,
  },
})

const history = async (steps: readonly Step[]): Promise<{ known: Known[]; instants: number[] }> => {
  const known: Known[] = []
  const imports: Id[] = []
  const instants: number[] = []
  const present = (): Known[] => known.filter(({ images }) => images.at(-1)?.to === Infinity)
  for (const next of steps) {
    clock.advance(1000)
    const at = clock.milliseconds()
    instants.push(at, at + 500)
    const alive = present()
    switch (next.kind) {
      case 'report': {
        const made = await perform(app, reportCaseCommand, { actor: province, body: { fullName: `Người ${newId()}`, ...next.facts } })
        if (!made.ok) throw new Error(JSON.stringify(made.problem))
        known.push({ id: made.value.id, importId: null, version: 1, images: [{ facts: next.facts, from: at, to: Infinity }] })
        break
      }
      case 'import': {
        const importId = newId()
        const rows = next.cases.map(rowOf)
        const reading = { areas: tree, today: today(clock), at: now(clock), sender: '', fileName: '', options: {}, permits: () => true, known: undefined }
        const written = await importing((context) => casesImporter.write(context, rows, reading, importId))
        if (!written.ok) throw new Error(JSON.stringify(written.problem))
        imports.push(importId)
        const ids = await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ id: string; full_name: string }>`select id, full_name from case_record where import_id = ${importId}`))
        for (const [n, one] of next.cases.entries()) {
          const id = ids.find(({ full_name }) => full_name === rows[n]?.value.facts.fullName)?.id as Id
          known.push({ id, importId, version: 1, images: [{ facts: one, from: at, to: Infinity }] })
        }
        break
      }
      case 'correct': case 'transfer': {
        const one = alive[next.which % Math.max(1, alive.length)]
        if (!one) break
        const last = one.images.at(-1) as Image
        const outcome = next.kind === 'correct'
          ? await perform(app, correctCaseCommand, { actor: province, body: { id: one.id, version: one.version, reason: 'x', changes: next.facts } })
          : await perform(app, transferCaseCommand, { actor: province, body: { id: one.id, version: one.version, reason: 'x', toAreaId: next.to, transferredOn: '2021-10-20' } })
        if (!outcome.ok) {
          expect(['nothing_changed', 'same_area']).toContain(outcome.problem.code)
          break
        }
        one.version++
        last.to = at
        one.images.push({ facts: next.kind === 'correct' ? next.facts : { ...last.facts, areaId: next.to }, from: at, to: Infinity })
        break
      }
      case 'undo': {
        const importId = imports[next.which % Math.max(1, imports.length)]
        if (importId === undefined) break
        const its = alive.filter((one) => one.importId === importId)
        const outcome = await importing((context) => casesImporter.undo(context, importId))
        // Corrected or transferred cases stand in the way of the whole.
        expect(outcome.ok).toBe(known.every((one) => one.importId !== importId || one.version === 1))
        if (outcome.ok) for (const one of its) (one.images.at(-1) as Image).to = at
        break
      }
    }
  }
  return { known, instants }
}

const keyed = (rows: readonly { areaId: number; day: PlainDate; metric: string; value: number }[]): Record<string, number> =>
  Object.fromEntries(rows.map((one) => [`${one.areaId} ${one.day} ${one.metric}`, one.value]))

test('R7 R11 after any history the counts are those of the registry, now and as known at every instant before', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
    await database.owner((tx) => tx.run(sql`truncate case_record, case_history, case_duplicate, person, indicator_sum, indicator_delta`))
    clock.set(new Date(START).toISOString())
    const { known, instants } = await history(steps)
    const query = { disease: 'covid-19', metrics: ['cases_new', 'cases_community', 'deaths'], from: day('2021-01-01'), to: day('2021-12-31') }
    await database.read(EVERYWHERE, async (tx) => {
      expect(await recountCases(tx)).toEqual([])
      expect(keyed(await readIndicators(tx, query))).toEqual(countModel(known, clock.milliseconds()))
      for (const instant of instants) {
        const knownAt = new Date(instant).toISOString() as Instant
        const then = countModel(known, instant)
        expect(keyed(await readIndicators(tx, { ...query, knownAt }))).toEqual(then)
        expect(keyed(await countCases(tx, knownAt))).toEqual(then)
      }
    })
  }), { numRuns: 40 })
})

test('R7 the recount finds a sum that drifted', async () => {
  await database.owner((tx) => tx.run(sql`insert into indicator_sum (disease, metric, area_id, day, area_pos, value, changed_at)
    values ('covid-19', 'deaths', ${AREAS[0]}, '2020-01-01', 1, 3, now())`))
  expect(await database.read(EVERYWHERE, recountCases)).toContainEqual({ areaId: AREAS[0], day: '2020-01-01', disease: 'covid-19', metric: 'deaths', recorded: 3, counted: 0 })
})
