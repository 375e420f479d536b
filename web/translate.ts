import { fill, type Language, type Texts } from '#base'
import { formatIn } from './format.ts'

export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string

/**
 * Finds sentences over the texts of all modules. A key nobody has shows itself, so that it is seen and mended;
 * numbers in sentences are written in the reader's language.
 */
export const translator = (all: readonly Texts[]): ((language: Language) => Translate) => {
  const joined: { [L in Language]?: Texts[L] } = {}
  const sentences = (language: Language): Texts[Language] => (joined[language] ??= Object.assign({}, ...all.map((text) => text[language])) as Texts[Language])
  return (language) => (key, params) => {
    const sentence = sentences(language)[key] ?? sentences('vi')[key]
    if (sentence === undefined) return key
    if (!params) return sentence
    const { number } = formatIn(language)
    return fill(sentence, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? number(value) : value])))
  }
}

/** The language chosen on this machine: the cookie the server reads too; Vietnamese unless English was asked for. */
export const languageIn = (cookie: string): Language => (/(?:^|;\s*)language=en(?:;|$)/.test(cookie) ? 'en' : 'vi')
