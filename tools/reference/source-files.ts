import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { Topology } from './topology.ts'

export interface OldCommune {
  province_code: string
  province: string
  district_code: string
  district: string
  commune_code: string
  commune: string
  commune_type: string
  commune_en: string
}

export interface NewCommune {
  province_code: string
  province: string
  commune_code: string
  commune: string
  commune_type: string
  commune_en: string
  merged_from_vi: string
}

/** Everything the tool reads, laid out as the project's shared data folder is. */
export interface Sources {
  readonly oldCommunes: readonly OldCommune[]
  readonly newCommunes: readonly NewCommune[]
  readonly kienGiang2021: readonly {
    district_code: string
    district_name: string
    commune_code: string
    commune_name: string
    type: string
  }[]
  readonly provincePopulation: readonly { gso_code: string; population_2020_average: string }[]
  readonly districtPopulation: readonly { district_code: string; population: string; year: string; source: string }[]
  readonly districtCensus2009: readonly { district_code: string; population_2009_census: string }[]
  readonly communeCensus2009: readonly {
    district_code: string
    commune_code: string
    commune_2009: string
    population_2009_census: string
  }[]
  readonly topologies: Readonly<Record<'kienGiangDistricts' | 'kienGiangCommunes' | 'anGiangCommunes' | 'provinces', Topology>>
}

export const readSources = (folder: string): Sources => {
  const text = (path: string): string => {
    const bytes = readFileSync(join(folder, path))
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').normalize('NFC')
  }
  const table = <T>(path: string): T[] => parse(text(path), { columns: true, bom: true, cast: (cell) => cell.replace(/\s+/g, ' ').trim() })
  const topology = (path: string): Topology => JSON.parse(text(path)) as Topology
  return {
    oldCommunes: table('areas/vn-3tier-2025-07-cutoff.csv.gz'),
    newCommunes: table('areas/vn-2tier-2026-07.csv.gz'),
    kienGiang2021: table('areas/kien-giang-units-2021-11-01.csv'),
    provincePopulation: table('population/province-2020-gso-average.csv'),
    districtPopulation: table('population/kien-giang-district-population-2020.csv'),
    districtCensus2009: table('population/kien-giang-district-2009-census.csv'),
    communeCensus2009: table('population/kien-giang-commune-2009-census.csv'),
    topologies: {
      kienGiangDistricts: topology('boundaries/kien-giang-districts-2009.topojson'),
      kienGiangCommunes: topology('boundaries/kien-giang-communes-2009.topojson'),
      anGiangCommunes: topology('boundaries/an-giang-2tier-communes.topojson'),
      provinces: topology('boundaries/vn-provinces-63-2009.topojson'),
    },
  }
}

/** Rows of the product's own files: never a quoted field, so that a comma is always a separator. */
export const csvOf = (header: readonly string[], rows: readonly (readonly (string | number | boolean | null)[])[]): string =>
  [header, ...rows]
    .map((row) =>
      row
        .map((cell) => {
          const text = cell === null ? '' : cell === true ? 't' : cell === false ? 'f' : String(cell)
          if (/[",\n\r]/.test(text)) throw new Error(`a field may not need quotes: ${text}`)
          return text
        })
        .join(','),
    )
    .join('\n') + '\n'
