/** Programs that say which lineage a sequence belongs to. */
export const TOOLS = ['nextclade', 'pangolin', 'other'] as const
export type Tool = (typeof TOOLS)[number]

/** How good a sequence is, as the program judged it. `bad` counts in no share. */
export const QUALITIES = ['good', 'mediocre', 'bad', 'unknown'] as const
export type Quality = (typeof QUALITIES)[number]

/** By which names sequences are told apart on screens. */
export const SCHEMES = ['pango', 'clade', 'who'] as const
export type Scheme = (typeof SCHEMES)[number]

/** The least share, of the whole period or of its last weeks, that gives a lineage a name of its own. */
export const LEAST_SHARE = 0.02
/** Fewer sequences than this say nothing about a lineage, whatever their share. */
export const LEAST_SEQUENCES = 3
/** Fewer sequences than this give no growth advantage worth reading. */
export const ENOUGH_TO_GROW = 10

/** What a program said of one sequence. */
export interface CallFacts {
  readonly sequenceId: string
  readonly tool: Tool
  readonly toolVersion: string | null
  /** Pango lineage; null where none could be assigned. */
  readonly lineage: string | null
  /** Nextstrain clade. */
  readonly clade: string | null
  readonly whoLabel: string | null
  readonly quality: Quality
}

const NOT_ASSIGNED = new Set(['', 'none', 'unassigned', 'na', 'n/a', '?', 'unknown'])

/** A lineage or clade as a program wrote it, nothing where it says that it found none. Example: `nameOf('Unassigned')` is null. */
export const nameOf = (text: string | undefined): string | null => (text === undefined || NOT_ASSIGNED.has(text.toLowerCase()) ? null : text)

const QUALITY: Readonly<Record<string, Quality>> = {
  good: 'good', pass: 'good', passed_qc: 'good', passed: 'good', mediocre: 'mediocre', bad: 'bad', fail: 'bad', failed: 'bad', failed_qc: 'bad',
}

/** The judgement of Nextclade (`good`, `mediocre`, `bad`) or pangolin (`pass`, `fail`; `passed_qc` before version 4). */
export const qualityOf = (text: string | undefined): Quality => QUALITY[text?.toLowerCase() ?? ''] ?? 'unknown'

/** Greek letters that the World Health Organization gave to variants of SARS-CoV-2. */
const LABELS = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta', 'Iota', 'Kappa', 'Lambda', 'Mu', 'Omicron']

/**
 * The label of the World Health Organization in what programs write: `Delta`, `21J (Delta)`, `Delta (B.1.617.2-like)`, `Probable Omicron (BA.1-like)`; nothing where there is none.
 * Example: `labelIn('21A (Delta)') === 'Delta'`.
 */
export const labelIn = (...texts: readonly (string | undefined)[]): string | null => {
  for (const text of texts) {
    const words = text?.toLowerCase().split(/[^a-z]+/) ?? []
    const label = LABELS.find((one) => words.includes(one.toLowerCase()))
    if (label) return label
  }
  return null
}

/** The day a GISAID name ends with: `hCoV-19/Vietnam/KG-001/2021|EPI_ISL_1|2021-08-19`. */
export const dayInName = (sequenceId: string): string | undefined => /\|(\d{4}-\d{2}-\d{2})$/.exec(sequenceId)?.[1]

/** The numbers of a version: `PUSHER-v1.23.1` gives 1, 23, 1; nothing where it has none. */
const numbersOf = (version: string | null): number[] | undefined => /\d+(?:\.\d+)*/.exec(version ?? '')?.[0].split('.').map(Number)

/**
 * Whether a version is older than another of the same program: compared number by number, as far as both go. Versions that say nothing are not older.
 * Example: `isOlder('PUSHER-v1.8', 'PUSHER-v1.23')` is true.
 */
export const isOlder = (version: string | null, than: string | null): boolean => {
  const a = numbersOf(version)
  const b = numbersOf(than)
  if (!a || !b) return false
  const at = a.findIndex((number, n) => number !== b[n])
  return at >= 0 && b[at] !== undefined && (a[at] as number) < (b[at] as number)
}

/** A call as a reader knows it. Example: `B.1.617.2 · 21J · Delta`. */
export const callSentence = ({ lineage, clade, whoLabel }: CallFacts): string => [lineage, clade, whoLabel].filter((name) => name !== null).join(' · ') || '–'
