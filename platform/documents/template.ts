import { problem, type Problem } from '#base'
import type { Block, Run, Words } from './official-document.ts'

/** What a placeholder stands for today. */
export interface Value {
  readonly words: Words
  /** Nothing to tell: lines that begin with `? {name}:` are left out. */
  readonly empty: boolean
}

/**
 * A template is plain text an office edits, one block a line; empty lines only part them:
 * `# I. TÌNH HÌNH` and `## 1. Ca mắc` headings · `> Căn cứ …;` a legal basis · `- …` an item · `[[name]]` a table or picture ·
 * anything else a paragraph. `{name}` is a placeholder, `**…**` is bold, `? {name}: …` in front of a line prints it only when there is something to tell.
 */
interface Line {
  readonly number: number
  readonly kind: 'heading1' | 'heading2' | 'basis' | 'item' | 'paragraph' | 'block'
  readonly text: string
  readonly only: string | undefined
}

const NAME = '[a-z][a-z0-9_]*'
const PLACEHOLDER = new RegExp(`\\{(${NAME})\\}`, 'g')
const STARTS: readonly (readonly [RegExp, Line['kind']])[] = [[/^##\s+/, 'heading2'], [/^#\s+/, 'heading1'], [/^>\s+/, 'basis'], [/^-\s+/, 'item']]

const linesOf = (template: string): Line[] =>
  template.split(/\r?\n/).flatMap((raw, index): Line[] => {
    let text = raw.trim()
    if (text === '') return []
    const condition = new RegExp(`^\\?\\s*\\{(${NAME})\\}\\s*:\\s*`).exec(text)
    if (condition) text = text.slice(condition[0].length)
    const only = condition?.[1]
    const block = new RegExp(`^\\[\\[(${NAME})\\]\\]$`).exec(text)
    if (block) return [{ number: index + 1, kind: 'block', text: block[1] as string, only }]
    const start = STARTS.find(([pattern]) => pattern.test(text))
    return [{ number: index + 1, kind: start?.[1] ?? 'paragraph', text: start ? text.replace(start[0], '') : text, only }]
  })

const namesIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map((found) => found[1] as string)

/** Every name the template uses that nobody knows, with its line. Problems `unknown_placeholder`, `unknown_block`. */
export const checkTemplate = (template: string, placeholders: ReadonlySet<string>, blocks: ReadonlySet<string>): Problem[] =>
  linesOf(template).flatMap(({ number, kind, text, only }) => {
    const names = [...(only === undefined ? [] : [only]), ...(kind === 'block' ? [] : namesIn(text))]
    return [
      ...names.filter((name) => !placeholders.has(name)).map((name) => problem('unknown_placeholder', { params: { name, line: number } })),
      ...(kind === 'block' && !blocks.has(text) ? [problem('unknown_block', { params: { name: text, line: number } })] : []),
    ]
  })

/** Words of a line: placeholders filled in, `**` made bold. A placeholder that is not known stands as it is. */
export const fillWords = (text: string, values: ReadonlyMap<string, Value>): Words => {
  const runs: Run[] = []
  let bold = false
  for (const part of text.split(/(\*\*|\{[a-z][a-z0-9_]*\})/)) {
    if (part === '') continue
    if (part === '**') {
      bold = !bold
      continue
    }
    const value = values.get(/^\{(.+)\}$/.exec(part)?.[1] ?? '')
    for (const run of value?.words ?? [{ text: part }]) runs.push(bold ? { ...run, bold } : run)
  }
  return runs
}

/** The blocks a template makes of today's values; `blocks` gives tables and pictures by name. */
export const fillTemplate = (template: string, values: ReadonlyMap<string, Value>, blocks: (name: string) => readonly Block[]): Block[] =>
  linesOf(template).flatMap(({ kind, text, only }): readonly Block[] => {
    if (only !== undefined && (values.get(only)?.empty ?? true)) return []
    if (kind === 'block') return blocks(text)
    const words = fillWords(text, values)
    if (words.length === 0) return []
    if (kind === 'heading1') return [{ kind: 'heading', level: 1, words }]
    if (kind === 'heading2') return [{ kind: 'heading', level: 2, words }]
    return [{ kind, words }]
  })
