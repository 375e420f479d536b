/**
 * An expected failure, carried as a value: a code that every language has a sentence for, the numbers and names
 * the sentence needs, and where it happened. Over HTTP it becomes an RFC 9457 problem document.
 */
export interface Problem {
  /** snake_case; listed in the contract of the module that raises it, with a sentence in its `text.ts`. */
  readonly code: string
  /** HTTP status it maps to. Default 422. */
  readonly status?: number
  /** Values for the placeholders `{name}` of the sentence. */
  readonly params?: Readonly<Record<string, string | number>>
  /** JSON pointer-like path of the field at fault, e.g. `onsetOn` or `rows/3/value`. */
  readonly field?: string
  /** Several faults at once: one entry a field or row. */
  readonly problems?: readonly Problem[]
}

/** Makes a problem. Example: `problem('unknown_area', { params: { area: 'X' } }).code === 'unknown_area'`. */
export const problem = (code: string, more: Omit<Problem, 'code'> = {}): Problem => ({ code, ...more })

/** A sentence with `{name}` placeholders filled in. Example: `fill('Không có {x}', { x: 'a' }) === 'Không có a'`. */
export const fill = (sentence: string, params: Readonly<Record<string, string | number>> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))

/** Texts of a module by language: every key stands in both (tests/architecture.test.ts checks it). */
export interface Texts<K extends string = string> {
  readonly vi: Readonly<Record<K, string>>
  readonly en: Readonly<Record<K, string>>
}

/** Binds texts so that both languages must carry the same keys. */
export const texts = <K extends string>(vi: Record<K, string>, en: Record<NoInfer<K>, string>): Texts<K> => ({ vi, en })

/** Several texts as one. Example: `joinTexts(a, b).vi` holds the keys of both. */
export const joinTexts = (...all: readonly Texts[]): Texts => ({ vi: Object.assign({}, ...all.map((one) => one.vi)), en: Object.assign({}, ...all.map((one) => one.en)) })

/** The languages every screen and document has. */
export type Language = 'vi' | 'en'
