import { nameKey, type PlainDate } from '#base'
import { bareName, standsOn, type Area, type AreaLevel, type AreaTree } from './area.ts'

/** Where to look: beneath which unit, at which level, on which day. */
export interface NameScope {
  readonly within?: number
  readonly level?: AreaLevel
  readonly day: PlainDate
}

/**
 * What a text names. `rest` is the finer part of an address that was not read ('ấp Hòa Lập' where no such hamlet is on
 * file), empty when all was used; several units are offered for choice, never guessed.
 */
export type NameMatch =
  | { readonly kind: 'exact'; readonly area: Area; readonly rest: string }
  | { readonly kind: 'ambiguous'; readonly areas: readonly Area[]; readonly rest: string }
  | { readonly kind: 'none' }

/**
 * A key that keeps tones but not where they are written: 'Hòa' and 'Hoà' are one, 'Hòa' and 'Hóa' are not. Same words as
 * `nameKey`. Example: `tonedKey('Xã Hoà') === tonedKey('xã hòa')`.
 */
export const tonedKey = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .replace(/[^ ]*[\u0300\u0301\u0303\u0309\u0323][^ ]*/g, moveToneToEnd)

const moveToneToEnd = (word: string): string => {
  const tones = word.match(/[\u0300\u0301\u0303\u0309\u0323]/g) ?? []
  return word.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '') + tones.join('')
}

/** What an opening word says about a unit: the levels it may stand at, and its kind. */
interface Hint {
  readonly kind: string
  readonly levels: readonly AreaLevel[]
}

const COMMUNE: readonly AreaLevel[] = ['commune']
const DISTRICT: readonly AreaLevel[] = ['district']
const CITY: readonly AreaLevel[] = ['province', 'district']
const BENEATH: readonly AreaLevel[] = ['hamlet', 'group']

/** Opening words as offices write them, without tones: [kind, levels, ways of writing]. */
const OPENINGS: readonly (readonly [string, readonly AreaLevel[], readonly string[]])[] = [
  ['tinh', ['province'], ['tinh', 't']],
  ['thanh pho', CITY, ['thanh pho', 'tp']],
  ['huyen', DISTRICT, ['huyen', 'h']],
  ['quan', DISTRICT, ['quan', 'q']],
  ['thi xa', DISTRICT, ['thi xa', 'tx']],
  ['xa', COMMUNE, ['xa', 'x']],
  ['phuong', COMMUNE, ['phuong', 'p', 'f']],
  ['thi tran', COMMUNE, ['thi tran', 'tt']],
  ['dac khu', COMMUNE, ['dac khu', 'dk']],
  ['ap', BENEATH, ['ap']],
  ['khu pho', BENEATH, ['khu pho', 'kp']],
  ['khom', BENEATH, ['khom']],
  ['thon', BENEATH, ['thon']],
  ['ban', BENEATH, ['ban']],
  ['buon', BENEATH, ['buon']],
  ['xom', BENEATH, ['xom']],
  ['to dan pho', BENEATH, ['to dan pho', 'tdp']],
  ['to', BENEATH, ['to']],
]
const HINTS = new Map<string, Hint>(OPENINGS.flatMap(([kind, levels, ways]) => ways.map((way) => [way, { kind, levels }] as const)))

/** Short names that no rule gives. Keys and values are skeletons. */
const SHORT_NAMES = new Map([
  ['hcm', 'hochiminh'],
  ['tphcm', 'hochiminh'],
  ['tphochiminh', 'hochiminh'],
  ['saigon', 'hochiminh'],
  ['hn', 'hanoi'],
  ['thuathienhue', 'hue'],
  ['brvt', 'bariavungtau'],
  ['vn', 'vietnam'],
])

/** One part of an address: its name after the opening word, and, for units named like one ('Bản Bo'), with it. */
interface Part {
  readonly text: string
  readonly hint: Hint | undefined
  readonly readings: readonly { readonly name: NameKeys; readonly hint: Hint | undefined }[]
}

/** A name in three strengths: with tones (spaces apart), without, and without spaces or the choice of i and y. */
interface NameKeys {
  readonly toned: string
  readonly plain: string
  readonly skeleton: string
}

interface Entry {
  readonly area: Area
  readonly kind: string
  readonly name: NameKeys
}

const keysOf = (text: string): NameKeys => {
  const toned = text.replace(/(^| )0+(?=\d)/g, '$1')
  const plain = nameKey(toned)
  // i and y are written for each other (Mỹ, Mĩ), words are run together (Avương, A Vương).
  const skeleton = plain.replace(/ /g, '').replace(/y/g, 'i')
  return { toned: toned.replace(/ /g, ''), plain, skeleton: SHORT_NAMES.get(skeleton) ?? skeleton }
}

const readPart = (text: string): Part => {
  // 'T.P' is TP, 'P6' is P 6.
  const toned = tonedKey(text)
    .replace(/^(t|k) (p|t|x) /, '$1$2 ')
    .replace(/^([a-z]{1,2})(\d+)$/, '$1 $2')
  const words = toned.split(' ')
  const whole = { name: keysOf(toned), hint: undefined }
  for (const length of [3, 2, 1]) {
    if (words.length <= length) continue
    const hint = HINTS.get(nameKey(words.slice(0, length).join(' ')))
    if (hint) return { text, hint, readings: [{ name: keysOf(words.slice(length).join(' ')), hint }, whole] }
  }
  return { text, hint: undefined, readings: [whole] }
}

const MOST_REMEMBERED = 50_000

/** Every unit by the keys of its name. Answers are remembered, since a list repeats its few hundred names a million times. */
class AreaNames {
  readonly #tree: AreaTree
  readonly #entries = new Map<string, Entry[]>()
  readonly #keys = new Map<number, NameKeys>()
  readonly #remembered = new Map<string, NameMatch>()

  constructor(tree: AreaTree) {
    this.#tree = tree
    for (const area of tree.all) {
      const entry = { area, kind: nameKey(area.kind), name: keysOf(tonedKey(bareName(area))) }
      this.#keys.set(area.id, entry.name)
      const same = this.#entries.get(entry.name.skeleton)
      if (same) same.push(entry)
      else this.#entries.set(entry.name.skeleton, [entry])
    }
  }

  resolve(text: string, scope: NameScope): NameMatch {
    const key = `${this.#tree.period(scope.day)}|${scope.within ?? ''}|${scope.level ?? ''}|${text}`
    let match = this.#remembered.get(key)
    if (!match) {
      match = this.#read(text, scope)
      if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear()
      this.#remembered.set(key, match)
    }
    return match
  }

  #read(text: string, scope: NameScope): NameMatch {
    const byCode = this.#tree.resolve(text.trim(), scope.day)
    if (byCode && this.#inScope(byCode, scope)) return { kind: 'exact', area: byCode, rest: '' }
    const hasTones = tonedKey(text) !== nameKey(text)
    for (const split of SPLITS) {
      const match = this.#readParts(split(text).map(readPart), hasTones, scope)
      if (match.kind !== 'none') return match
    }
    return { kind: 'none' }
  }

  #readParts(parts: readonly Part[], hasTones: boolean, scope: NameScope): NameMatch {
    for (const [index, part] of parts.entries()) {
      const found = this.#find(part, parts.slice(index + 1), hasTones, scope)
      const rest = parts
        .slice(0, index)
        .map((p) => p.text)
        .join(', ')
      const [first, ...others] = found
      if (first) return others.length === 0 ? { kind: 'exact', area: first, rest } : { kind: 'ambiguous', areas: found, rest }
      if (!mayLeaveUnread(part, parts.slice(index + 1))) return { kind: 'none' }
    }
    return { kind: 'none' }
  }

  #find(part: Part, wider: readonly Part[], hasTones: boolean, scope: NameScope): Area[] {
    const byCode = this.#tree.resolve(part.text, scope.day)
    if (byCode && this.#fits(byCode, wider, scope)) return [byCode]
    for (const { name, hint } of part.readings) {
      const entries = this.#entries
        .get(name.skeleton)
        ?.filter(({ area }) => (!hint || hint.levels.includes(area.level)) && this.#fits(area, wider, scope))
      if (entries && entries.length > 0) return sharpest(entries, name, hint, hasTones).map((entry) => entry.area)
    }
    return []
  }

  #fits(area: Area, wider: readonly Part[], scope: NameScope): boolean {
    return this.#inScope(area, scope) && wider.every((context) => this.#liesIn(area, context))
  }

  #inScope(area: Area, { within, level, day }: NameScope): boolean {
    return (
      standsOn(area, day) && (level === undefined || area.level === level) && (within === undefined || this.#tree.isWithin(area.id, within))
    )
  }

  #liesIn(area: Area, context: Part): boolean {
    return this.#tree
      .ancestors(area.id)
      .some(
        (ancestor) =>
          ancestor.code === context.text ||
          context.readings.some(
            ({ name, hint }) => this.#keys.get(ancestor.id)?.skeleton === name.skeleton && (!hint || hint.levels.includes(ancestor.level)),
          ),
      )
  }
}

const indexes = new WeakMap<AreaTree, AreaNames>()

/**
 * The unit a text names: with or without tones, with or without 'xã', 'TT.', 'P', by number ('P.06'), by code, or as an address
 * from the narrow to the wide ('xã Bình An, huyện Kiên Lương'). A wider part that contradicts ('xã Bình An, huyện Gò Quao')
 * gives none, and a name that is not found is never replaced by the district beside it. Where two units differ by tones
 * only, a text with tones takes the one that agrees and a text without is ambiguous. The index is built once a tree.
 * Example: `resolveName(tree, 'P6', { within: city, day })` is its Phường 6.
 */
export const resolveName = (tree: AreaTree, text: string, scope: NameScope): NameMatch => {
  const names = indexes.get(tree) ?? new AreaNames(tree)
  indexes.set(tree, names)
  return names.resolve(text, scope)
}

/** Of several units of one name, those that agree best: in the kind said, then in tones, then in spelling. */
const sharpest = (entries: readonly Entry[], name: NameKeys, hint: Hint | undefined, hasTones: boolean): readonly Entry[] => {
  const tests: ((entry: Entry) => boolean)[] = [
    (entry) => entry.kind === hint?.kind,
    (entry) => hasTones && entry.name.toned === name.toned,
    (entry) => entry.name.plain === name.plain,
  ]
  return tests.reduce<readonly Entry[]>((left, test) => {
    const agreeing = left.filter(test)
    return agreeing.length > 0 ? agreeing : left
  }, entries)
}

/** House, street and hamlet may stay unread before a part that says it is a commune; a commune may not before its district. */
const mayLeaveUnread = (part: Part, wider: readonly Part[]): boolean => {
  if (part.hint && part.hint.levels !== BENEATH) return false
  return part.hint ? wider.length > 0 : wider.some((context) => context.hint?.levels === COMMUNE || context.hint?.levels === BENEATH)
}

const split = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter(nameKey)

const OPENING_WORDS = [
  'xã',
  'xa',
  'phường',
  'phuong',
  'thị trấn',
  'thi tran',
  'đặc khu',
  'dac khu',
  'huyện',
  'huyen',
  'quận',
  'quan',
  'thị xã',
  'thi xa',
  'thành phố',
  'thanh pho',
  'tỉnh',
  'tinh',
  'TT',
  'TP',
  String.raw`H\.`,
  String.raw`P\.`,
  String.raw`X\.`,
].join('|')
const SEPARATORS = /[,;()\n|]/
const WITH_DASHES = new RegExp(String.raw`${SEPARATORS.source}|\s[-–—]\s`)
const BEFORE_OPENINGS = new RegExp(String.raw`${WITH_DASHES.source}|\s(?=(?:${OPENING_WORDS})[\s.]*\p{L})`, 'iu')

/** Ways to cut an address, tried in turn: at commas; at dashes, which names hold too; before each opening word, where there is no comma. */
const SPLITS: readonly ((text: string) => string[])[] = [SEPARATORS, WITH_DASHES, BEFORE_OPENINGS].map(
  (separator) => (text) => split(text, separator),
)
