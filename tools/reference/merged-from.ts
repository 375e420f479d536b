/** One old unit named in the prose of a merger. */
export interface Mention {
  /** 'xã', 'Phường' … as said, or said before it for several; empty when nothing says it. */
  readonly kind: string
  /** The name without its kind, then the district that tells it apart: 'Vĩnh Hòa, thị xã Tân Châu'. */
  readonly text: string
  /** Only a part of it came. */
  readonly part: boolean
  /** As written, for the list of what did not match. */
  readonly written: string
}

const REMAINDER = /phần còn l[aạ]i/i
const SOME_PART = /một phần/i

/** Words before a unit's name that say how much of it came, and after it what became of the rest. */
const BEFORE = /^(?:sắp xếp|một phần|toàn b[ộố]|phần còn l[aạ]i|diện tích (?:TN|tự nhiên)|quy mô dân số|của|củ|các|và)(?:\s+|$)/i
const AFTER = /\s*sau khi (?:s[ắă]p [xX]ếp|sáp nhập).*$/i

const KIND = /^(phường|xã|thị trấn|huyện)\s+/i
/** 'xã Xã Vầy Nưa', 'xã Yên Định Xã Yên Định': what stands before the last kind is said twice. */
const SAID_TWICE = /^(?:phường|xã)\s+.*?(?=(?:Phường|Xã|Thị trấn)\s+\S)/

const withoutBefore = (text: string): string => (BEFORE.test(text) ? withoutBefore(text.replace(BEFORE, '')) : text)

/**
 * Reads the prose that names what a commune was made of: units separated by commas and 'và', a kind said once for several,
 * '(huyện X)' telling homonyms apart, '(phần còn lại …)' and 'một phần diện tích …' saying that only a part came.
 * 'giữ nguyên' (unchanged) gives nothing.
 */
export const readMergedFrom = (prose: string): Mention[] => {
  if (/^giữ nguyên$/i.test(prose.trim())) return []
  let kind = ''
  let announced = false
  return splitOutsideParentheses(prose).flatMap((written) => {
    const notes = [...written.matchAll(/\(([^)]*)\)/g)].map((match) => match[1] as string)
    const outside = written.replace(/\([^)]*\)/g, ' ')
    const saysPart = SOME_PART.test(outside) || REMAINDER.test(written)
    const cleaned = withoutBefore(outside.replace(AFTER, '').replace(/\s+/g, ' ').trim()).replace(SAID_TWICE, '')
    const part = saysPart || announced
    // 'một phần diện tích TN' stands alone before a comma, and speaks of the unit after it.
    announced = saysPart && !cleaned
    if (!cleaned) return []
    const said = KIND.exec(cleaned)?.[1]
    if (said) kind = said
    const where = notes.filter((note) => !REMAINDER.test(note)).map((note) => note.replace(/^thuộc /, ''))
    return [{ kind, text: [cleaned.replace(KIND, ''), ...where].join(', '), part, written: written.replace(/\s+/g, ' ').trim() }]
  })
}

/** Cuts at commas and 'và' that stand outside parentheses. */
const splitOutsideParentheses = (prose: string): string[] => {
  const pieces = prose.replace(/\([^)]*\)/g, (note) => note.replace(/,/g, ';').replace(/ và /g, ' ; '))
  return pieces
    .split(/,|\svà\s|^và\s/)
    .map((piece) => piece.trim())
    .filter(Boolean)
}
