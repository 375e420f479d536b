import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { fitSerialIntervalOfClusters, indexCaseIntervals, seededRandom } from '../index.ts'

// Tindale et al. (2020), eLife 9:e57149; line lists of the authors (MIT), read from the public vectors.
const vectors = process.env['LUYTRE_VECTORS']
if (!vectors) console.log('Serial intervals of Singapore and Tianjin: skipped, LUYTRE_VECTORS names no folder.')

const rows = (file: string): Record<string, string>[] =>
  parse(readFileSync(join(vectors as string, 'linelists/singapore-tianjin-2020', file), 'utf8'), { columns: (names: string[]) => names.map((name) => name.trim()), bom: true })

const dayOf = (year: string, month: string, day: string): number => Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000

/** Onsets of the connected components of a graph of contacts; a contact without onset still connects. */
const components = (onset: ReadonlyMap<string, number>, edges: readonly (readonly [string, string])[]): number[][] => {
  const group = new Map<string, string>()
  const find = (id: string): string => {
    const above = group.get(id) ?? id
    return above === id ? id : find(above)
  }
  for (const [a, b] of edges) group.set(find(a), find(b))
  const linked = new Set(edges.flat())
  const clusters = Map.groupBy([...onset].filter(([id]) => linked.has(id)), ([id]) => find(id))
  return [...clusters.values()].map((members) => members.map(([, day]) => day))
}

const singapore = (): number[][] => {
  const known = rows('COVID-19_Singapore_data_revised.csv').filter((row) => /^\d{4}-/.test(row['date_onset_symptoms'] ?? ''))
  const onset = new Map(known.map((row) => [row['CaseID'] as string, dayOf(...(row['date_onset_symptoms'] as string).split('-') as [string, string, string])]))
  return components(onset, known.flatMap((row) => ((row['Related cases'] ?? '').match(/\d+/g) ?? []).filter((other) => other !== row['CaseID']).map((other) => [other, row['CaseID'] as string] as const)))
}

const tianjin = (): number[][] => {
  const known = rows('Tianjin135cases_revised.csv').filter((row) => /^\d+\//.test(row['symptom_onset'] ?? ''))
  const onset = new Map(known.map((row) => {
    const [day, month, year] = (row['symptom_onset'] as string).split('/') as [string, string, string]
    return [(row['case_id'] as string).toLowerCase(), dayOf(year, month, day)]
  }))
  return components(onset, known.flatMap((row) => ((row['Infection_source'] ?? '').replace('JN', 'TJ').toLowerCase().match(/tj\d+/g) ?? []).map((other) => [other, (row['case_id'] as string).toLowerCase()] as const)))
}

describe.skipIf(!vectors)('Singapore and Tianjin, January–February 2020', () => {
  // Table 1 and supplementary table S3: [first cases of each cluster, mean, standard deviation].
  test.each([[3, 4.03, 1.06], [4, 4.17, 1.06], [5, 4.43, 1.09], [6, 4.76, 1.15]])('Singapore, first %i cases: %f days, sd %f', (cases, mean, sd) => {
    const fit = fitSerialIntervalOfClusters(indexCaseIntervals(singapore(), cases), seededRandom(1), { samples: 2 })
    expect(fit?.meanDays).toBeCloseTo(mean, 2)
    expect(fit?.sdDays).toBeCloseTo(sd, 2)
  })
  test.each([[3, 4.175, 0.998], [4, 4.314, 0.935], [5, 4.425, 0.999], [6, 4.54, 1.05]])('Tianjin, first %i cases: %f days, sd %f', (cases, mean, sd) => {
    const fit = fitSerialIntervalOfClusters(indexCaseIntervals(tianjin(), cases), seededRandom(1), { samples: 2 })
    expect(fit?.meanDays).toBeCloseTo(mean, 2)
    expect(fit?.sdDays).toBeCloseTo(sd, 2)
  })
  test('intervals 2.44–5.89 and 2.91–5.72, within 0.7 days: bootstrap means have heavy tails and theirs were 100', () => {
    const interval = (clusters: number[][]): [number, number] => {
      const { lower, upper } = fitSerialIntervalOfClusters(indexCaseIntervals(clusters, 4), seededRandom(7), { samples: 100 })?.meanInterval ?? { lower: 0, upper: 0 }
      return [lower, upper]
    }
    for (const [found, published] of [[interval(singapore()), [2.44, 5.89]], [interval(tianjin()), [2.91, 5.72]]] as const) {
      found.forEach((end, i) => expect(Math.abs(end - (published[i] as number))).toBeLessThan(0.7))
    }
  })
})
