/** A place on the plot, in the units of its axes. */
export type Point = readonly [x: number, y: number]
/** How a mark looks; what each is, in light and dark, stands in the style below. */
export type Look = 'bar' | 'late' | 'open' | 'accent' | 'ink' | 'quiet' | 'alarm' | 'band50' | 'band80' | 'band95' | 'second'

export interface Tick {
  readonly at: number
  readonly label: string
}

export interface PanelOptions {
  readonly title: string
  readonly height: number
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  readonly xTicks: readonly Tick[]
  readonly yTicks?: readonly Tick[]
  /** Left and right edge as shares of the width, where panels stand side by side; a panel that does not begin at the left stands beside the one before. */
  readonly span?: readonly [number, number]
}

const WIDTH = 760
const LEFT = 58
const RIGHT = 12
const TOP = 26
const BOTTOM = 26
const GAP = 14

// The ground is painted too, so that a picture is read on any page. Print in black and white keeps shapes: open, filled, dashed.
const STYLE = `
.ground{fill:#fff}text{font:12px system-ui,sans-serif;fill:#2c3737}.title{font-weight:600}.dim{fill:#5a6868}.halo{paint-order:stroke;stroke:#fff;stroke-width:3px}
.grid{stroke:#e2e7e7}.axis{stroke:#8c9898}.bar{fill:#b6c0c0}.late{fill:#b6c0c0;opacity:.4}.open{fill:none;stroke:#8c9898}
path.accent,line.accent{stroke:#0b6161}path.ink,line.ink{stroke:#161e1e}path.quiet,line.quiet{stroke:#8c9898;stroke-dasharray:4 3}path.alarm,line.alarm{stroke:#b9301f}path.second,line.second{stroke:#9a5b00;stroke-dasharray:6 3}
path,line{fill:none;stroke-width:1.6}circle.accent{fill:#0b6161}circle.ink{fill:#161e1e}circle.open{fill:#fff;stroke:#161e1e;stroke-width:1.2}circle.alarm,polygon.alarm{fill:#b9301f}circle.second{fill:#9a5b00}
.band95,.band80,.band50{fill:#0f7676;stroke:none}.band95{opacity:.14}.band80{opacity:.2}.band50{opacity:.3}
@media(prefers-color-scheme:dark){.ground{fill:#101616}text{fill:#dbe3e3}.dim{fill:#9aa8a8}.halo{stroke:#101616}.grid{stroke:#283333}.axis{stroke:#6d7c7c}.bar,.late{fill:#4d5b5b}.open{stroke:#9aa8a8}
path.accent,line.accent{stroke:#72b9b5}path.ink,line.ink{stroke:#f6f8f8}path.quiet,line.quiet{stroke:#9aa8a8}path.alarm,line.alarm{stroke:#ec887d}path.second,line.second{stroke:#e3a857}
circle.accent{fill:#72b9b5}circle.ink{fill:#f6f8f8}circle.open{fill:#101616;stroke:#f6f8f8}circle.alarm,polygon.alarm{fill:#ec887d}circle.second{fill:#e3a857}.band95,.band80,.band50{fill:#46a19d}.band95{opacity:.22}.band80{opacity:.28}.band50{opacity:.4}}`.trim()

const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
/** A tenth of a pixel is less than anybody sees, and the same on every machine. */
const n = (value: number): string => String(Math.round(value * 10) / 10)

/** Round steps from 0 to about a maximum. Example: `steps(345)` is 0, 100, 200, 300. */
export const steps = (most: number, about = 4): Tick[] => {
  const rough = most / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) as number
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => ({ at: i * step, label: Number((i * step).toPrecision(6)).toLocaleString('en') }))
}

/** One pair of axes with what is drawn on them; marks beyond the axes are cut off. */
export class Panel {
  readonly marks: string[] = []
  private readonly notes: string[] = []
  private place = { left: LEFT, right: WIDTH - RIGHT, top: 0, bottom: 0 }
  readonly options: PanelOptions

  constructor(options: PanelOptions) {
    this.options = options
    const [from, to] = options.span ?? [0, 1]
    this.place = { left: WIDTH * from + LEFT, right: WIDTH * to - RIGHT, top: TOP, bottom: TOP + options.height }
  }

  private px(x: number): number {
    const [from, to] = this.options.x
    return this.place.left + ((x - from) / (to - from)) * (this.place.right - this.place.left)
  }

  private py(y: number): number {
    const [from, to] = this.options.y
    return this.place.bottom - ((y - from) / (to - from)) * (this.place.bottom - this.place.top)
  }

  /** A bar around each x, from a bottom to a top. */
  bars(values: readonly { readonly x: number; readonly from?: number; readonly to: number }[], look: Look, width = 0.8): this {
    for (const { x, from = 0, to } of values) {
      if (to <= from) continue
      this.marks.push(`<rect class="${look}" x="${n(this.px(x - width / 2))}" y="${n(this.py(to))}" width="${n(this.px(width) - this.px(0))}" height="${n(this.py(from) - this.py(to))}"/>`)
    }
    return this
  }

  line(points: readonly Point[], look: Look): this {
    if (points.length > 0) this.marks.push(`<path class="${look}" d="M${points.map(([x, y]) => `${n(this.px(x))} ${n(this.py(y))}`).join('L')}"/>`)
    return this
  }

  band(values: readonly { readonly x: number; readonly lower: number; readonly upper: number }[], look: Look): this {
    const corners = [...values.map(({ x, upper }) => [x, upper] as const), ...values.toReversed().map(({ x, lower }) => [x, lower] as const)]
    this.marks.push(`<polygon class="${look}" points="${corners.map(([x, y]) => `${n(this.px(x))},${n(this.py(y))}`).join(' ')}"/>`)
    return this
  }

  dots(points: readonly Point[], look: Look, radius = 3): this {
    for (const [x, y] of points) this.marks.push(`<circle class="${look}" cx="${n(this.px(x))}" cy="${n(this.py(y))}" r="${radius}"/>`)
    return this
  }

  /** Upright lines from one value to another at each x. */
  whiskers(values: readonly { readonly x: number; readonly lower: number; readonly upper: number }[], look: Look): this {
    for (const { x, lower, upper } of values) this.marks.push(`<line class="${look}" x1="${n(this.px(x))}" y1="${n(this.py(lower))}" x2="${n(this.px(x))}" y2="${n(this.py(upper))}"/>`)
    return this
  }

  /** Small triangles that point down at a place. */
  arrows(points: readonly Point[], look: Look): this {
    for (const [x, y] of points) {
      const [cx, cy] = [this.px(x), this.py(y) - 3]
      this.marks.push(`<polygon class="${look}" points="${n(cx - 4)},${n(cy - 7)} ${n(cx + 4)},${n(cy - 7)} ${n(cx)},${n(cy)}"/>`)
    }
    return this
  }

  /** Words at a place: drawn over everything. */
  note(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end' = 'start', look: 'dim' | 'plain' = 'dim'): this {
    this.notes.push(`<text class="halo ${look}" x="${n(this.px(x))}" y="${n(this.py(y))}" text-anchor="${anchor}">${text(words)}</text>`)
    return this
  }

  svg(id: string): string {
    const { left, right, top, bottom } = this.place
    const yTicks = this.options.yTicks ?? steps(this.options.y[1])
    return [
      `<clipPath id="${id}"><rect x="${n(left)}" y="${n(top)}" width="${n(right - left)}" height="${n(bottom - top + 1)}"/></clipPath>`,
      `<text class="title" x="${n(left - LEFT + 10)}" y="${TOP - 9}">${text(this.options.title)}</text>`,
      ...yTicks.map(({ at, label }) => `<line class="grid" x1="${n(left)}" y1="${n(this.py(at))}" x2="${n(right)}" y2="${n(this.py(at))}"/><text class="dim" x="${n(left - 6)}" y="${n(this.py(at) + 4)}" text-anchor="end">${text(label)}</text>`),
      `<g clip-path="url(#${id})">${this.marks.join('')}</g>`,
      `<line class="axis" x1="${n(left)}" y1="${n(bottom)}" x2="${n(right)}" y2="${n(bottom)}"/>`,
      ...this.options.xTicks.map(({ at, label }) => `<line class="axis" x1="${n(this.px(at))}" y1="${n(bottom)}" x2="${n(this.px(at))}" y2="${n(bottom + 4)}"/><text class="dim" x="${n(this.px(at))}" y="${n(bottom + 17)}" text-anchor="middle">${text(label)}</text>`),
      ...this.notes,
    ].join('\n')
  }
}

/** A picture of one panel or several, one under the other (or side by side by their `span`), that reads in light and dark and by itself. */
export const picture = (says: string, panels: readonly Panel[]): string => {
  let down = 0
  let height = 0
  const drawn = panels.map((panel, i) => {
    const beside = (panel.options.span?.[0] ?? 0) > 0
    if (!beside) down = height
    height = Math.max(height, down + TOP + panel.options.height + BOTTOM + GAP)
    return `<g transform="translate(0 ${down})">\n${panel.svg(`p${i}`)}\n</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height - GAP + 6}" width="${WIDTH}" height="${height - GAP + 6}" role="img" aria-label="${text(says)}">`,
    `<style>${STYLE}</style>`, '<rect class="ground" width="100%" height="100%"/>', ...drawn, '</svg>', '',
  ].join('\n')
}
