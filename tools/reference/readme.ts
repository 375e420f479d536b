import type { Area, Population } from '#platform/areas'
import type { Boundaries } from './boundaries.ts'
import type { Succession } from './successors.ts'

interface Built {
  readonly areas: readonly Area[]
  readonly succession: Succession
  readonly populations: readonly Population[]
  readonly boundaries: Boundaries
}

/** The README of db/reference: what each file holds, where it comes from, what was changed, and what did not match. */
export const describeReference = ({ areas, succession, populations, boundaries }: Built): string => {
  const byId = new Map(areas.map((area) => [area.id, area]))
  const path = (area: Area): string => {
    const parent = area.parentId === null ? undefined : byId.get(area.parentId)
    return parent && parent.level !== 'country' ? `${area.name}, ${path(parent)}` : area.name
  }
  const count = (level: Area['level'], on: string): number =>
    areas.filter((a) => a.level === level && a.validFrom <= on && (a.validTo === null || a.validTo >= on)).length
  const inKienGiang = (on: string): number =>
    areas.filter(
      (a) => a.level === 'commune' && a.validFrom <= on && (a.validTo ?? '9999') >= on && byId.get(a.parentId as number)?.parentId === 191,
    ).length
  const split = new Set(succession.successors.filter((link) => link.share < 1).map((link) => link.fromId)).size
  const estimated = populations.filter((row) => row.estimated).length
  const list = (lines: readonly string[]): string => (lines.length === 0 ? 'Nothing.' : lines.map((line) => `- ${line}`).join('\n'))
  return reflowed(`# Reference data

Written by \`node tools/build-reference.ts FROM_FOLDER\`; do not edit by hand. Running it again gives the same bytes. The files hold
facts (codes, names, dates, counts, coordinates) in the product's own form. CSV: UTF-8, header row, no quoted fields, \`t\`/\`f\`,
empty = none.

## areas.csv — units with the days they stood

\`id, code, level, kind, name, name_en, parent_id, valid_from, valid_to, stands_in, pos, pos_end\`

${areas.length} rows: 1 country; to 30/06/2025 ${count('province', '2025-06-30')} provinces, ${count('district', '2025-06-30')}
districts,
${count('commune', '2025-06-30')} communes; from 01/07/2025 ${count('province', '2025-07-01')} provinces and
${count('commune', '2025-07-01')} communes.
Kiên Giang: ${inKienGiang('2021-11-01')} communes to 31/12/2024, ${inKienGiang('2025-01-01')} from 01/01/2025, when phường Vĩnh Bảo
(30742) and phường Vĩnh Thanh Vân (30730)
became one phường Vĩnh Thanh Vân (30742).

- Source: thanglequoc/vietnamese-provinces-database (MIT), which carries the codes of the General Statistics Office; Kiên Giang on
  01/11/2021: GSO codes. Names are written with one space and the kind as the law writes it; English names of provinces and
  districts are ours.
- \`id\`: 1 the country; 100 + code a province to 30/06/2025, 200 + code since; 1 000 + code a district; 100 000 + code a commune of the
  three-tier tree, 200 000 + code where Kiên Giang of 2025 has another unit under the code; 300 000 + code a commune since 01/07/2025.
- \`valid_from\` 2010-01-01 is the first day the product answers for, not the day of a decree.
- \`stands_in\` = t: the tree known for a later day stands in for the days before. All districts and communes outside Kiên Giang
  (tree of June
  2025), province 46 (a city since 01/01/2025, Thừa Thiên Huế before), and since 01/07/2025 province 75 and its wards (the two-tier
  source is of
  July 2026, when Đồng Nai had become a city). Kiên Giang's tree is attested from 01/02/2021 on; before, it stands for itself.
- \`pos\`…\`pos_end\`: depth first, 10 000 positions a district or commune, spare ones at the end of each district and province; a
  unit's range holds its
  children's. The range of a province since 01/07/2025 also holds the provinces it was made of.

## area-successors.csv — where units went

\`from_id, to_id, share, estimated, basis\`; the shares of one \`from_id\` sum to exactly 1.

${succession.successors.length} rows. Source: the merger texts of thanglequoc/vietnamese-provinces-database (MIT), read by name
within the former provinces.
Whole units have share 1; ${split} units named by several communes were split: equal shares, marked as estimates, since no source
gives the people of the
parts. Districts have a successor only where all of one became one unit; elsewhere what is known of a district alone is known
afterwards of its province.

Named in a text but not found among the units of June 2025:

${list(
  succession.unmatched.map(
    ({ newCommune, mention, several }) =>
      `${newCommune.code} ${path(newCommune)}: “${mention.written}” (${several ? 'several units of that name' : 'no unit of that name'})`,
  ),
)}

Communes of June 2025 that no text names (their figures go to the new province):

${list(succession.orphans.map((area) => `${area.code} ${path(area)}`))}

Communes of today whose text names no unit of June 2025:

${list(succession.foundlings.map((area) => `${area.code} ${path(area)}`))}

Matched although spelt otherwise:

${list(
  succession.successors
    .filter((link) => link.basis.startsWith('spelt'))
    .map(
      (link) =>
        `${byId.get(link.toId)?.code} ${byId.get(link.toId)?.name} ← ${byId.get(link.fromId)?.code} ${path(byId.get(link.fromId) as Area)}`,
    ),
)}

## population.csv — people of 2020

\`area_id, as_of, metric, value, source, confidence, estimated\`; ${populations.length} rows, ${estimated} of them estimates.

- Provinces: General Statistics Office, average population 2020.
- Kiên Giang's districts: eleven as found, each row with its page (Giang Thành's is of 2021). Two were not found: Châu Thành and
  Vĩnh Thuận are their census count of
  2009 times the growth of those eleven together. Hà Tiên and Phú Quốc are only known from their establishment dossiers, which
  count temporary and
  converted residents and so do not add up to the province; those figures stand under \`population_with_temporary\`, and
  \`population\` is what remains
  of the province in their proportion. The fifteen sum to the province exactly.
- Kiên Giang's communes of 2021: twenty as found, each with its page (those of Gò Quao were found incomplete and are left out). The
  others share what their district has left in the proportion of the 2009 census
  (choisy/censusVN2009, MIT; weights only, it undercounts by some 10 %), by largest remainder: every district sums exactly.
  Communes are matched
  by name within the district, then by code. Hòn Thơm counts with An Thới. Tiên Hải and Sơn Hải, counted with no one in 2009, are
  weighed by
  their area and the density of Hòn Nghệ; Nam Du by that of An Sơn.
- No population by age is in the sources, so none is here.

## boundaries — GeoJSON, longitude and latitude; \`id\` = id in areas.csv, \`validFrom\`/\`validTo\` the days the unit stood

| file | what | source |
|---|---|---|
| districts-2021.geojson | Kiên Giang: 15 districts, borders of 2009 | choisy/censusVN2009, MIT |
| communes-2021.geojson | Kiên Giang: 144 communes to 31/12/2024 and the one new from 01/01/2025, borders of 2009 | choisy/censusVN2009, MIT |
| communes-2025.geojson | An Giang: 102 communes since 01/07/2025 | thanglequoc/vietnamese-provinces-database, MIT |
| provinces.geojson | 63 provinces before and 34 since 01/07/2025, borders of 2009 thinned | choisy/censusVN2009, MIT |

Borders moved since 2009; they serve to show, not to measure. Xã Hòn Thơm is drawn as part of phường An Thới; the new phường Vĩnh Thanh
Vân of 2025 and the 34 provinces are unions of the shapes of 2009. Hoàng Sa and Trường Sa are kept whole.
Shapes and units that did not match:

${list(boundaries.notes)}
`)
}

/** Paragraphs and list items filled to 120 characters; headings and tables as they are. */
const reflowed = (markdown: string): string =>
  markdown
    .split('\n\n')
    .map((block) =>
      /^[#|]/.test(block)
        ? block
        : block
            .split(/\n(?=- )/)
            .map(filled)
            .join('\n'),
    )
    .join('\n\n') + '\n'

const filled = (item: string): string => {
  const indent = item.startsWith('- ') ? '  ' : ''
  return item
    .trim()
    .split(/\s+/)
    .reduce<string[]>((lines, word) => {
      const last = lines.at(-1)
      if (last === undefined) return [word]
      return last.length + 1 + word.length <= 120 ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, indent + word]
    }, [])
    .join('\n')
}
