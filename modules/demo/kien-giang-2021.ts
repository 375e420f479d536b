import { addDays, day, eachDay, type PlainDate } from '#base'

/** Where the daily totals below come from; stands as the source on every figure made of them. */
export const REAL_SOURCE = 'VnExpress, số ca công bố hằng ngày (letung3105/coviddata)'

/**
 * New cases of Kiên Giang a day as published, 27/04–25/10/2021 (facts; VnExpress's daily table as collected in letung3105/coviddata). The series
 * ends there: what follows in a demonstration is made up, and says so.
 */
const TOTALS: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 3,
  11, 0, 8, 0, 19, 8, 20, 12, 11, 13, 14, 25, 0, 13, 0, 21, 17, 16, 24, 18, 16, 0, 12, 17, 17, 18,
  20, 29, 12, 23, 8, 32, 19, 32, 31, 169, 17, 14, 43, 15, 57, 61, 23, 112, 28, 77, 29, 73, 99, 106, 122, 104,
  125, 345, 201, 242, 43, 135, 86, 165, 117, 77, 157, 183, 198, 180, 168, 151, 175, 134, 137, 163, 203, 91, 99, 73, 70, 82,
  79, 81, 77, 75, 69, 77, 79, 83, 89, 113, 94, 91, 76, 76, 80, 82, 93, 93, 99, 92, 87, 92, 80, 97, 83, 99,
]

const FIRST = day('2021-04-27')
export const REAL_UNTIL: PlainDate = addDays(FIRST, TOTALS.length - 1)

/** The demonstration season: real totals to 25/10/2021, made-up ones to 30/06/2022. */
export const SEASON = { from: FIRST, to: day('2022-06-30') }

/** Whether the total of a day was published. */
export const isReal = (on: PlainDate): boolean => on >= FIRST && on <= REAL_UNTIL

/**
 * Cases of the province on each day of the season. After the published days two made-up waves follow, one as Delta and one as Omicron might have
 * been, with fewer reports on Saturdays and Sundays.
 */
export const seasonTotals = (): { readonly on: PlainDate; readonly cases: number }[] =>
  eachDay(SEASON.from, SEASON.to).map((on, index) => {
    const real = TOTALS[index]
    if (real !== undefined) return { on, cases: real }
    const after = index - TOTALS.length
    const wave = (peak: number, height: number, width: number): number => height * Math.exp(-(((after - peak) / width) ** 2))
    // Day 0 is a Tuesday.
    const reporting = [1.05, 1.08, 1.06, 1.04, 0.9, 0.78, 1.09][index % 7] as number
    return { on, cases: Math.round((60 + wave(42, 240, 26) + wave(145, 330, 20)) * Math.exp(-Math.max(0, after - 175) / 25) * reporting) }
  })
