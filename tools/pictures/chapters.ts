import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demandPicture } from './demand.ts'
import { aloneOf, amongAllOf, forecastPicture, scoreTable } from './forecast.ts'
import { lineagesPicture } from './lineages.ts'
import { nowcastPicture } from './nowcast.ts'
import { reproductionPicture } from './reproduction.ts'
import { scenarioPicture } from './scenario.ts'
import { transmissionPicture } from './transmission.ts'
import { warningPicture } from './warning.ts'

const HOME = join(import.meta.dirname, '../..')
const FORECASTING = 'docs/epi/forecasting.md'

/** A chapter with what stands between two marks replaced. */
const filled = (chapter: string, mark: string, content: string): string => {
  const [begin, end] = [`<!-- ${mark}: made by npm run gen -->\n`, `<!-- end of ${mark} -->`]
  const [before, rest] = chapter.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`the chapter has no place for ${mark}`)
  return `${before}${begin}${content}${end}${after}`
}

/**
 * Pictures and tables of the chapters on epidemiology, computed with the library from public data that stand in this repository; by path from the root. Those of the nation rest on the series of all provinces
 * in the folder of public vectors (`LUYTRE_VECTORS`) and are left as they are without it.
 */
export const chapterFiles = (): Readonly<Record<string, string>> => {
  const alone = aloneOf()
  const all = amongAllOf()
  const chapter = filled(readFileSync(join(HOME, FORECASTING), 'utf8'), 'scores of Kiên Giang', scoreTable([['Kiên Giang', alone]]))
  const pictures = {
    reproduction: reproductionPicture(), nowcast: nowcastPicture(), 'early-warning': warningPicture(), 'forecast-kien-giang': forecastPicture('Kiên Giang', alone), demand: demandPicture(alone), scenarios: scenarioPicture(),
    transmission: transmissionPicture(), lineages: lineagesPicture(), ...(all && { 'forecast-nation': forecastPicture('Vietnam', all.nation) }),
  }
  return {
    ...Object.fromEntries(Object.entries(pictures).map(([name, svg]) => [`docs/epi/pictures/${name}.svg`, svg])),
    [FORECASTING]: all ? filled(chapter, 'scores of the nation', scoreTable([['Kiên Giang, one of 62', all.kienGiang], ['the nation', all.nation]])) : chapter,
  }
}
