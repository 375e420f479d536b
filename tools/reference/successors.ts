import { addDays, nameKey } from '#base'
import { AreaTree, bareName, resolveName, tonedKey, type Area, type Successor } from '#platform/areas'
import { readMergedFrom, type Mention } from './merged-from.ts'
import type { NewCommune, Sources } from './source-files.ts'
import { idOf, provinceSuccessors, TWO_TIERS } from './units.ts'

/** A mention that names no unit on file, or several. */
export interface Unmatched {
  readonly newCommune: Area
  readonly mention: Mention
  readonly several: boolean
}

export interface Succession {
  readonly successors: readonly Successor[]
  readonly unmatched: readonly Unmatched[]
  /** Communes of the three-tier tree that no text names. */
  readonly orphans: readonly Area[]
  /** Communes of the two-tier tree whose text names no unit on file. */
  readonly foundlings: readonly Area[]
}

interface Link {
  readonly part: boolean
  /** Why, where it is not the text itself. */
  readonly basis: string
}

/** Old unit → new commune → how it came there. */
type Links = Map<number, Map<number, Link>>

const DAY_BEFORE = addDays(TWO_TIERS, -1)
const MILLION = 1_000_000

/** Where every unit of the three-tier tree went. */
export const buildSuccessors = (areas: readonly Area[], sources: Sources): Succession => {
  const tree = new AreaTree(areas)
  const provinces = provinceSuccessors(sources)
  const links: Links = new Map()
  const readings = sources.newCommunes.map((row) => {
    const former = [...provinces].filter(([, to]) => to === row.province_code).map(([from]) => idOf.oldProvince(from))
    return readCommune(tree, row, former, links)
  })

  // What is left over on both sides of one district is the same unit when it is spelt nearly alike ('Hát Lừu', 'Hát Lìu').
  const orphans = (): Area[] => tree.atDay(DAY_BEFORE).filter((area) => area.level === 'commune' && !links.has(area.id))
  const unmatched = readings.flatMap(({ newCommune, districts, left }) =>
    left.flatMap((mention) => {
      const alike = orphans().filter((area) => districts.has(area.parentId as number) && spelledAlike(bareName(area), mention.text))
      const [only, ...others] = alike
      if (!only || others.length > 0) return [{ newCommune, mention, several: mention.candidates.length > 0 }]
      link(links, only, newCommune, { part: mention.part, basis: `spelt ${only.name} in the list of units` })
      return []
    }),
  )

  const merged = idOf.commune2025('30742')
  const successors: Successor[] = [
    ...[...provinces].map(([from, to]) => whole(idOf.oldProvince(from), idOf.newProvince(to), 'whole province')),
    ...['30730', '30742'].map((code) => whole(idOf.oldCommune(code), merged, 'whole unit merged on 2025-01-01')),
    ...[...links].flatMap(([fromId, to]) => sharesOf(fromId, to)),
  ]
  return {
    successors: [...successors, ...wholeDistricts(tree, links, successors)].sort((a, b) => a.fromId - b.fromId || a.toId - b.toId),
    unmatched,
    orphans: orphans(),
    foundlings: readings.filter(({ found }) => !found).map(({ newCommune }) => newCommune),
  }
}

const whole = (fromId: number, toId: number, basis: string): Successor => ({ fromId, toId, share: 1, estimated: false, basis })

const link = (links: Links, old: Area, newCommune: Area, { part, basis }: Link): void => {
  const to = links.get(old.id) ?? new Map<number, Link>()
  to.set(newCommune.id, { part: part && (to.get(newCommune.id)?.part ?? true), basis })
  links.set(old.id, to)
}

/** Reads the text of one new commune into links; gives the districts its parts lie in and the mentions left over. */
const readCommune = (tree: AreaTree, row: NewCommune, former: readonly number[], links: Links) => {
  const newCommune = tree.byId(idOf.newCommune(row.commune_code)) as Area
  const districtOf = (area: Area): number => (tree.atLevel(area.id, 'district') as Area).id
  const districts = new Map<number, number>()
  const neighbours = (area: Area): number => districts.get(districtOf(area)) ?? 0
  const count = (area: Area): unknown => districts.set(districtOf(area), neighbours(area) + 1)
  let found = false
  const settle = (old: Area, how: Link): void => {
    found = true
    link(links, old, newCommune, how)
    if (old.level === 'district') for (const commune of tree.children(old.id, DAY_BEFORE)) link(links, commune, newCommune, how)
    count(old)
  }

  const sameCode = tree.resolve(row.commune_code, DAY_BEFORE)
  const mentions = readMergedFrom(row.merged_from_vi).map((mention) => {
    const code = SPELT_OTHERWISE.get(`${row.commune_code} ${mention.text}`)
    const spelt = code && tree.resolve(code, DAY_BEFORE)
    return { ...mention, candidates: spelt ? [spelt] : lookUp(tree, mention, former) }
  })
  if (sameCode) count(sameCode)
  if (sameCode && mentions.length === 0)
    settle(sameCode, { part: false, basis: row.merged_from_vi ? '' : 'same code; the source has no text' })
  for (const {
    candidates: [only, ...others],
    part,
  } of mentions)
    if (only && others.length === 0) settle(only, { part, basis: '' })
  const left = mentions.filter((mention) => {
    if (mention.candidates.length === 1) return false
    const best = neighbour(mention.candidates, mention, neighbours)
    if (best) settle(best, { part: mention.part, basis: '' })
    return !best
  })
  return { newCommune, found, districts, left }
}

/** Mentions that the list of units spells too differently, or that another unit is spelt like: new code and text → old code. */
const SPELT_OTHERWISE = new Map([
  ['03151 Sá Tổng', '03178'],
  ['03244 Xá Nhè', '03244'],
  ['03388 Lản Nhì Thàng', '03391'],
  ['04660 Nông trường Liên Sơn', '04621'],
  ['05086 Mỵ Hòa', '05083'],
  ['18007 Hưng Yên Nam', '18007'],
  ['31231 Thạnh An', '31231'],
])

const lookUp = (tree: AreaTree, { kind, text }: Mention, provinces: readonly number[]): Area[] => {
  const level = /^huyện$/i.test(kind) ? 'district' : 'commune'
  const search = (wanted: string): Area[] =>
    provinces.flatMap((within) => {
      const match = resolveName(tree, wanted, { within, level, day: DAY_BEFORE })
      return match.kind === 'exact' ? [match.area] : match.kind === 'ambiguous' ? match.areas : []
    })
  // The district named may have been merged away before 2025: then the name alone. 'Phường Đúc' is a name, too.
  const ways = [text, text.replace(/,.*/, ''), `${kind} ${kind} ${text}`]
  return ways.reduce<Area[]>((found, way) => (found.length > 0 ? found : search(way)), [])
}

/** A commune is made of neighbours: of several units of one name the one in the district of the others, of the kind said. */
const neighbour = (candidates: readonly Area[], { kind, text }: Mention, neighbours: (area: Area) => number): Area | undefined => {
  const ofKind = (area: Area): number => Number(nameKey(area.kind) === nameKey(kind))
  const ofName = (area: Area): number => Number(tonedKey(bareName(area)) === tonedKey(text))
  const keys: ((area: Area) => number)[] = [(area) => Number(neighbours(area) > 0), ofName, ofKind, neighbours]
  const left = keys.reduce((areas, key) => {
    const most = Math.max(...areas.map(key))
    return areas.filter((area) => key(area) === most)
  }, candidates)
  return left.length === 1 ? left[0] : undefined
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/nongtruong/, 'nt'],
  [/iv$/, '4'],
  [/[^a-z0-9]/g, ''],
]

/** At most two letters differ (Levenshtein), tones and spaces apart; NT is Nông trường. */
const spelledAlike = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((text) => SPELLINGS.reduce((key, [from, to]) => key.replace(from, to), nameKey(text).replace(/ /g, ''))) as [
    string,
    string,
  ]
  let row = Array.from({ length: y.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...x].entries()) {
    const next = [i + 1]
    for (let j = 0; j < y.length; j++) {
      next.push(Math.min((next[j] as number) + 1, (row[j + 1] as number) + 1, (row[j] as number) + Number(letter !== y[j])))
    }
    row = next
  }
  return (row[y.length] as number) <= 2
}

/** A unit named once went whole; one named by several was split, and nothing says how: equal shares, marked estimates. */
const sharesOf = (fromId: number, to: ReadonlyMap<number, Link>): Successor[] => {
  const targets = [...to].toSorted(([a], [b]) => a - b)
  const [only] = targets
  if (only && targets.length === 1) {
    const [toId, { part, basis }] = only
    return [
      {
        fromId,
        toId,
        share: 1,
        estimated: part || basis.startsWith('same code'),
        basis: basis || (part ? 'part; the rest is named nowhere' : 'whole unit'),
      },
    ]
  }
  const equal = Math.floor(MILLION / targets.length)
  return targets.map(([toId], index) => ({
    fromId,
    toId,
    share: (index === targets.length - 1 ? MILLION - equal * (targets.length - 1) : equal) / MILLION,
    estimated: true,
    basis: `split; equal shares of ${targets.length}`,
  }))
}

/** A district all of whose communes went whole into one new unit went there itself (Kiên Hải); the others have no successor. */
const wholeDistricts = (tree: AreaTree, links: Links, successors: readonly Successor[]): Successor[] => {
  const byFrom = Map.groupBy(successors, (link) => link.fromId)
  return tree
    .atDay(DAY_BEFORE)
    .filter((area) => area.level === 'district' && !links.has(area.id))
    .flatMap((district) => {
      const communes = tree.children(district.id, DAY_BEFORE)
      const targets = new Set(communes.flatMap((commune) => byFrom.get(commune.id)?.map((link) => link.toId) ?? [0]))
      const [toId] = targets
      return toId && targets.size === 1 ? [whole(district.id, toId, 'all communes of the district')] : []
    })
}
