import { day, ok, problem, refuse, type Result } from '#base'
import { SEASON, seasonTotals } from './kien-giang-2021.ts'
import type { SyntheticCommune } from './households.ts'
import { csvLine, SYNTHETIC_HEADER, syntheticCases } from './synthetic-cases.ts'
import { FIGURES_HEADER, firstReports, realTotals, SYNTHETIC_SOURCE, syntheticCare, syntheticFigures } from './synthetic-figures.ts'

/** Who sends: the shell's client of the API, or anything like it. */
export interface DemoClient {
  readonly json: <T>(method: string, path: string) => Promise<Result<T>>
  readonly send: <T>(path: string, file: { readonly name: string; readonly body: Blob }) => Promise<Result<T>>
}

export interface DemoSize {
  /** Cases of the season; all of its days' totals when left out. */
  readonly cases?: number | undefined
  /** People they are among. */
  readonly persons?: number | undefined
  readonly seed?: number | undefined
}

/** Kiên Giang before 01/07/2025, and a day its units of 2021 stood. */
const PROVINCE = { id: 191, code: '91', on: '2021-10-12' }
/** Coverage and capacity are asked for from the first rulebook on. */
const FIGURES_FROM = day('2021-09-27')
const FIGURES_DAYS = 277
/** Patients on oxygen are asked for by QĐ 218/QĐ-BYT, in force from 27/01/2022, over a week. */
const OXYGEN_FROM = day('2022-01-20')

interface Unit {
  readonly id: number
  readonly parentId: number
  readonly code: string
  readonly name: string
  readonly population: number | null
}

/**
 * Loads the demonstration season through the imports an office uses: the published totals of 2021 under their source, made-up figures and people
 * under `DỮ LIỆU GIẢ LẬP`. `import undo` takes each back. Problems: `demo_too_few_persons` and those of the imports.
 */
export const loadDemo = async (client: DemoClient, { cases, persons, seed = 1 }: DemoSize): Promise<Result<unknown>> => {
  const totals = seasonTotals()
  const count = cases ?? totals.reduce((sum, one) => sum + one.cases, 0)
  if (persons !== undefined && persons < 2 * count) return refuse(problem('demo_too_few_persons', { params: { cases: count, least: 2 * count } }))
  const units = (level: string): Promise<Result<{ areas: Unit[] }>> => client.json('GET', `/api/areas?on=${PROVINCE.on}&within=${PROVINCE.id}&level=${level}`)
  const communes = await units('commune')
  const districts = await units('district')
  if (!communes.ok) return communes
  if (!districts.ok) return districts
  const named = new Map(districts.value.areas.map(({ id, name }) => [id, name]))
  const places: SyntheticCommune[] = communes.value.areas.map(({ code, name, parentId, population }) => ({ code, name, district: named.get(parentId) ?? '', population: population ?? 0 }))
  const send = (kind: string, sender: string, header: readonly string[], rows: Iterable<readonly string[]>): Promise<Result<unknown>> =>
    client.send(`/api/imports/run?${new URLSearchParams({ kind, sender })}`, { name: `${kind}.csv`, body: new Blob(inPieces(header, rows)) })

  const done: Record<string, unknown> = {}
  const steps: readonly (readonly [string, () => Promise<Result<unknown>>])[] = [
    ['first_reports', () => send('figures', SYNTHETIC_SOURCE, FIGURES_HEADER, firstReports(PROVINCE.code))],
    ['published_totals', () => send('figures', 'VnExpress', FIGURES_HEADER, realTotals(PROVINCE.code))],
    ['figures', () => send('figures', SYNTHETIC_SOURCE, FIGURES_HEADER, syntheticFigures(places, FIGURES_FROM, FIGURES_DAYS, seed, OXYGEN_FROM))],
    ['care', () => send('figures', SYNTHETIC_SOURCE, FIGURES_HEADER, syntheticCare(PROVINCE.code, seed))],
    ['cases', () => send('cases', SYNTHETIC_SOURCE, SYNTHETIC_HEADER, syntheticCases({
      communes: places, count, seed, from: SEASON.from, days: totals.length, curve: totals.map((one) => one.cases), ...(persons === undefined ? {} : { persons }),
    }))],
  ]
  for (const [name, step] of steps) {
    const sent = await step()
    if (!sent.ok) return sent
    done[name] = sent.value
  }
  return ok(done)
}

/** Lines in pieces: a Blob of a million parts is slow to make. */
const inPieces = (header: readonly string[], rows: Iterable<readonly string[]>): string[] => {
  const pieces: string[] = []
  let piece = csvLine(header)
  for (const row of rows) {
    piece += csvLine(row)
    if (piece.length < 65_536) continue
    pieces.push(piece)
    piece = ''
  }
  return [...pieces, piece]
}
