import type { Problem } from '#base'
import type { CellShown, GridShown } from '../contract.ts'
import { MetricNames, type MetricShape } from '../metric.ts'
import type { Pasted } from './paste.ts'
import { readTyped } from './typed-value.ts'

export type SheetRow = GridShown['rows'][number]
export type SheetMetric = GridShown['metrics'][number]

/** What was typed and not sent; `seen` is the image that stood in the cell then. */
export interface Draft {
  readonly text: string
  readonly seen: string | null
}

/** One cell as it is drawn. A new object whenever something of it changes, so that only that cell is drawn anew. */
export interface CellView {
  readonly server: CellShown | undefined
  readonly draft: Draft | undefined
  readonly fault: Problem | undefined
  /** `sending` until the server has answered; `sent` until the cell is typed in again. */
  readonly phase: 'quiet' | 'sending' | 'sent'
}

export interface Place {
  readonly row: number
  readonly column: number
}

export interface Editing {
  readonly key: string
  /** What the editor begins with. */
  readonly text: string
}

/** A cell ready to be sent. */
export interface Outgoing {
  readonly key: string
  readonly areaId: number
  readonly metric: string
  readonly value: number | string
  readonly seen: string | null
}

export interface Total {
  /** Sum of what counts: accepted figures and what was typed over them. */
  readonly sum: number
  /** Cells that have a figure. */
  readonly given: number
}

type Topic = 'active' | 'shape' | 'drafts'
type Step = readonly { readonly key: string; readonly before: Draft | undefined }[]

const EMPTY: CellView = { server: undefined, draft: undefined, fault: undefined, phase: 'quiet' }

export const cellKey = (areaId: number, metric: string): string => `${areaId} ${metric}`

/**
 * The entry grid without its drawing: server cells, what is typed over them, the cursor, and steps to undo. Listeners
 * belong to one cell or one topic, so a key pressed draws two cells and not a thousand.
 */
export class Sheet {
  #rows: readonly SheetRow[] = []
  #metrics: readonly SheetMetric[] = []
  #names = new MetricNames([])
  readonly #cells = new Map<string, CellView>()
  #active: Place = { row: 0, column: 0 }
  #editing: Editing | undefined
  #steps: Step[] = []
  #draftCount = 0
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #keep: (drafts: ReadonlyMap<string, Draft>) => void

  /** `kept` is what an earlier visit left unsent; `keep` is called with all drafts after every change. */
  constructor(kept: ReadonlyMap<string, Draft>, keep: (drafts: ReadonlyMap<string, Draft>) => void) {
    this.#keep = keep
    for (const [key, draft] of kept) this.#cells.set(key, { ...EMPTY, draft })
    this.#draftCount = kept.size
  }

  get rows(): readonly SheetRow[] {
    return this.#rows
  }
  get metrics(): readonly SheetMetric[] {
    return this.#metrics
  }
  get names(): MetricNames {
    return this.#names
  }
  get active(): Place {
    return this.#active
  }
  get editing(): Editing | undefined {
    return this.#editing
  }
  get draftCount(): number {
    return this.#draftCount
  }
  get canUndo(): boolean {
    return this.#steps.length > 0
  }

  /** Takes what the server has. Drafts stay; one that says the same as the server now is done with. */
  load(grid: GridShown): void {
    const sameShape = this.#rows.length === grid.rows.length && this.#rows.every((row, index) => row.areaId === grid.rows[index]?.areaId) &&
      this.#metrics.map((metric) => metric.code).join() === grid.metrics.map((metric) => metric.code).join()
    this.#rows = grid.rows
    this.#metrics = grid.metrics
    this.#names = new MetricNames(grid.metrics)
    let settled = false
    for (const row of grid.rows) {
      for (const metric of grid.metrics) {
        const key = cellKey(row.areaId, metric.code)
        const before = this.view(key)
        const server = row.cells[metric.code]
        const done = before.draft !== undefined && isSame(metric, before.draft.text, server)
        settled ||= done
        const draft = done ? undefined : before.draft
        const fault = draft && (before.fault ?? this.#faultOf(key, draft.text))
        if (before.server?.id !== server?.id || before.draft !== draft || before.fault !== fault) this.#put(key, { ...before, server, draft, fault })
      }
    }
    if (!sameShape) {
      this.#active = {
        row: Math.min(this.#active.row, Math.max(0, grid.rows.length - 1)), column: Math.min(this.#active.column, Math.max(0, grid.metrics.length - 1)),
      }
      this.#editing = undefined
    }
    this.#tell('shape')
    if (settled) this.#draftsChanged()
  }

  view(key: string): CellView {
    return this.#cells.get(key) ?? EMPTY
  }

  keyAt({ row, column }: Place): string | undefined {
    const area = this.#rows[row]
    const metric = this.#metrics[column]
    return area && metric ? cellKey(area.areaId, metric.code) : undefined
  }

  subscribe(topic: Topic | { readonly cell: string }, listener: () => void): () => void {
    const name = typeof topic === 'string' ? topic : `cell ${topic.cell}`
    const set = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, set)
    set.add(listener)
    return () => set.delete(listener)
  }

  /** Moves the cursor; beyond an edge it stays at the edge. */
  moveTo(place: Place): void {
    const row = Math.max(0, Math.min(place.row, this.#rows.length - 1))
    const column = Math.max(0, Math.min(place.column, this.#metrics.length - 1))
    if (row === this.#active.row && column === this.#active.column) return
    this.#active = { row, column }
    this.#tell('active')
  }

  move(rows: number, columns: number): void {
    this.moveTo({ row: this.#active.row + rows, column: this.#active.column + columns })
  }

  /** The next cell to the right; after the last column the first of the row below. */
  next(step: 1 | -1): void {
    const width = this.#metrics.length
    const at = this.#active.row * width + this.#active.column + step
    if (at >= 0 && at < width * this.#rows.length) this.moveTo({ row: Math.floor(at / width), column: at % width })
  }

  /** Opens the editor in the active cell; `text` undefined keeps what stands there. */
  edit(text?: string): void {
    const key = this.keyAt(this.#active)
    if (key === undefined || !this.#rows[this.#active.row]?.writable) return
    const { draft, server } = this.view(key)
    this.#editing = { key, text: text ?? draft?.text ?? (server ? String(server.value) : '') }
    this.#tell('active')
  }

  cancel(): void {
    if (!this.#editing) return
    this.#editing = undefined
    this.#tell('active')
  }

  /** Takes what the editor holds. */
  commit(text: string): void {
    const editing = this.#editing
    if (!editing) return
    this.#editing = undefined
    this.#write([{ key: editing.key, text }])
    this.#tell('active')
  }

  /** Takes away what was typed in the active cell; what the server has stands. */
  clear(): void {
    const key = this.keyAt(this.#active)
    if (key !== undefined && this.view(key).draft) this.#write([{ key, text: '' }])
  }

  /** Puts a pasted block in, as one step; cells one may not write are left as they are. Returns how many were taken. */
  paste({ cells }: Pick<Pasted, 'cells'>): number {
    const writable = new Set(this.#rows.flatMap((row) => (row.writable ? [row.areaId] : [])))
    const taken = cells.filter((cell) => writable.has(cell.areaId))
    this.#write(taken.map(({ areaId, metric, text }) => ({ key: cellKey(areaId, metric), text })))
    return taken.length
  }

  /** Takes the last step back. */
  undo(): void {
    const step = this.#steps.pop()
    if (!step) return
    for (const { key, before } of step) this.#put(key, { ...this.view(key), draft: before, fault: before && this.#faultOf(key, before.text), phase: 'quiet' })
    this.#draftsChanged()
  }

  /** Forgets everything typed. */
  discard(): void {
    this.#write([...this.drafts().keys()].map((key) => ({ key, text: '' })))
  }

  drafts(): ReadonlyMap<string, Draft> {
    return new Map([...this.#cells].flatMap(([key, { draft }]) => (draft ? [[key, draft] as const] : [])))
  }

  /** Drafts of this grid that can be sent; the others keep their faults. */
  outgoing(): Outgoing[] {
    return this.#rows.flatMap((row) => this.#metrics.flatMap((metric): Outgoing[] => {
      const key = cellKey(row.areaId, metric.code)
      const { draft, fault } = this.view(key)
      if (!draft || fault) return []
      const read = readTyped(metric, draft.text)
      return read.ok && read.value !== undefined ? [{ key, areaId: row.areaId, metric: metric.code, value: read.value, seen: draft.seen }] : []
    }))
  }

  /** Cells of this grid that hold a draft which cannot be sent. */
  faultyCount(): number {
    return this.#rows.reduce((sum, row) => sum + this.#metrics.filter((metric) => this.view(cellKey(row.areaId, metric.code)).fault).length, 0)
  }

  sending(keys: readonly string[]): void {
    for (const key of keys) this.#put(key, { ...this.view(key), phase: 'sending' })
  }

  /** The server has them. A cell typed in again meanwhile keeps what was typed. */
  sent(cells: readonly Outgoing[]): void {
    for (const { key, metric, value } of cells) {
      const view = this.view(key)
      const shape = this.#names.byCode(metric)
      const read = shape && view.draft ? readTyped(shape, view.draft.text) : undefined
      const same = read?.ok && read.value === value
      this.#put(key, { ...view, phase: same ? 'sent' : 'quiet', draft: same ? undefined : view.draft })
    }
    // Steps back into what the server has would be corrections, not undoing.
    this.#steps = []
    this.#draftsChanged()
  }

  /** The server refused some, or no answer came; the rest is as typed. */
  notSent(keys: readonly string[], faults: ReadonlyMap<string, Problem>): void {
    for (const key of keys) this.#put(key, { ...this.view(key), phase: 'quiet', fault: faults.get(key) ?? this.view(key).fault })
  }

  /** What counts in a column, typed values included; a held or rejected figure counts as missing. */
  total(metric: SheetMetric): Total {
    let sum = 0
    let given = 0
    for (const row of this.#rows) {
      const { server, draft, fault } = this.view(cellKey(row.areaId, metric.code))
      const typed = draft && !fault ? readTyped(metric, draft.text) : undefined
      const value = typed?.ok && typed.value !== undefined ? typed.value : server?.status === 'accepted' && !draft ? server.value : undefined
      if (value === undefined) continue
      given++
      if (typeof value === 'number') sum += value
    }
    return { sum, given }
  }

  #write(changes: readonly { readonly key: string; readonly text: string }[]): void {
    const step: { key: string; before: Draft | undefined }[] = []
    for (const { key, text } of changes) {
      const view = this.view(key)
      const typed = text.trim()
      const metric = this.#names.byCode(key.slice(key.indexOf(' ') + 1))
      const draft = typed === '' || (metric && isSame(metric, typed, view.server)) ? undefined : { text: typed, seen: view.server?.id ?? null }
      if (draft?.text === view.draft?.text && draft?.seen === view.draft?.seen) continue
      step.push({ key, before: view.draft })
      this.#put(key, { ...view, draft, fault: draft && this.#faultOf(key, draft.text), phase: 'quiet' })
    }
    if (step.length === 0) return
    this.#steps.push(step)
    this.#draftsChanged()
  }

  #faultOf(key: string, text: string): Problem | undefined {
    const metric = this.#names.byCode(key.slice(key.indexOf(' ') + 1))
    const read = metric && readTyped(metric, text)
    return read && !read.ok ? read.problem : undefined
  }

  #put(key: string, view: CellView): void {
    this.#cells.set(key, view)
    this.#tell(`cell ${key}`)
  }

  #draftsChanged(): void {
    const drafts = this.drafts()
    this.#draftCount = drafts.size
    this.#keep(drafts)
    this.#tell('drafts')
  }

  #tell(name: string): void {
    for (const listener of this.#listeners.get(name) ?? []) listener()
  }
}

/** Whether a text says what the server has already; a rejected figure may be put forward again. */
const isSame = (metric: MetricShape, text: string, server: CellShown | undefined): boolean => {
  if (!server || server.status === 'rejected') return false
  const read = readTyped(metric, text)
  return read.ok && read.value === server.value
}
