import { runScenario } from '#epi'
import type { Ground, Variant } from '../../modules/scenarios/contract.ts'
import { parametersOf } from '../../modules/scenarios/compute/parameters.ts'
import { Panel, picture, steps } from './plot.ts'

const RUNS = 300
const SEED = 1
const BEDS = 60
const DAYS = 180
/** As a user of the product would set it: a province of Kiên Giang's size, ninety reported cases a day, one infection in four reported. All assumed. */
const GROUND: Ground = { area: '91', on: '2021-10-25', profile: 'covidDelta', population: 1_730_000, casesPerDay: 90, reportedShare: 0.25, immuneShare: 0.05, onceShare: 0.35, twiceShare: 0.15 }
const HELD: Variant['contacts'] = { home: 0.75, school: 0, work: 0.35, other: 0.3 }
const BASE: Variant = { name: '', fromDay: 0, contacts: HELD, dosesPerDay: 10_000, tracingShare: 0.2, tracingDelayDays: 3, importedPerDay: 5, beds: { ward: null, oxygen: null, intensive: BEDS } }
const VARIANTS: readonly (readonly [string, Variant])[] = [
  ['As it is', BASE],
  ['Contacts outside home, school and work halved again from day 14', { ...BASE, fromDay: 14, contacts: { ...HELD, other: 0.15 } }],
]
const [LOWER95, LOWER80, LOWER50, MEDIAN, UPPER50, UPPER80, UPPER95] = [0, 1, 2, 3, 4, 5, 6]

/** Beds of intensive care under two assumptions, with the line they must stay below and the day it is crossed. */
export const scenarioPicture = (): string => {
  const results = VARIANTS.map(([name, variant]) => ({ name, ...runScenario(parametersOf(GROUND, HELD, variant), { intensive: BEDS }, RUNS, SEED) }))
  const most = Math.max(...results.map(({ bands }) => Math.max(...(bands.intensive[UPPER95] as Float64Array))))
  return picture('Patients in intensive care over 180 days under two scenarios, with a capacity of sixty beds', results.map(({ name, bands, crossings }) => {
    const band = (lower: number, upper: number) => Array.from({ length: DAYS }, (_, x) => ({ x, lower: bands.intensive[lower]?.[x] as number, upper: bands.intensive[upper]?.[x] as number }))
    const crossing = crossings.intensive
    const half = crossing?.days[MEDIAN]
    const panel = new Panel({
      title: `${name}: patients in intensive care`, height: 130, x: [0, DAYS - 1], y: [0, most * 1.02], yTicks: steps(most, 3), xTicks: [0, 30, 60, 90, 120, 150].map((at) => ({ at, label: at === 0 ? 'day 0' : String(at) })),
    }).band(band(LOWER95, UPPER95), 'band95').band(band(LOWER80, UPPER80), 'band80').band(band(LOWER50, UPPER50), 'band50')
      .line(Array.from({ length: DAYS }, (_, x) => [x, bands.intensive[MEDIAN]?.[x] as number]), 'accent').line([[0, BEDS], [DAYS, BEDS]], 'alarm')
    if (crossing) panel.note(DAYS - 2, most * 0.9, `${BEDS} beds: crossed in ${Math.round(100 * crossing.probability)} % of runs${half === undefined ? '' : `, by day ${half} in half of them`}`, 'end')
    return panel
  }))
}
