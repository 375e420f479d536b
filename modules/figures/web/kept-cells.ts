import type { Id } from '#base'
import type { Draft } from './sheet.ts'

/** Unsent cells as this machine keeps them. */
interface Kept {
  readonly drafts: readonly (readonly [string, Draft])[]
  /** A sending whose answer has not come: the same cells again are the same command, also after a reload. */
  readonly attempt?: { readonly text: string; readonly key: Id }
}

/** Keeps what is typed for one day through a lost network, a reload and a closed browser. */
export class KeptCells {
  readonly #place: string
  #kept: Kept = { drafts: [] }
  /** Whether this machine could keep the last change: private windows and full disks refuse. */
  safe = true

  constructor(actorId: string, day: string, disease: string) {
    this.#place = `luytre.unsent.${actorId}.figures.${disease}.${day}`
    try {
      const text = localStorage.getItem(this.#place)
      if (text !== null) this.#kept = JSON.parse(text) as Kept
    } catch {
      this.safe = false
    }
  }

  get drafts(): ReadonlyMap<string, Draft> {
    return new Map(this.#kept.drafts)
  }

  keep(drafts: ReadonlyMap<string, Draft>): void {
    this.#write({ ...this.#kept, drafts: [...drafts] })
  }

  /** The key under which these cells are sent: the one of an earlier try when they are the same. */
  keyFor(text: string, make: () => Id): Id {
    if (this.#kept.attempt?.text === text) return this.#kept.attempt.key
    const key = make()
    this.#write({ drafts: this.#kept.drafts, attempt: { text, key } })
    return key
  }

  /** The server has answered. */
  answered(): void {
    this.#write({ drafts: this.#kept.drafts })
  }

  #write(kept: Kept): void {
    this.#kept = kept
    try {
      if (kept.drafts.length === 0 && !kept.attempt) localStorage.removeItem(this.#place)
      else localStorage.setItem(this.#place, JSON.stringify(kept))
      this.safe = true
    } catch {
      this.safe = false
    }
  }
}
