import { useCallback, useMemo, useState } from 'react'
import type { Id, Instant } from '#base'
import { now, useActor } from '#web'
import type { Draft } from './draft.ts'

/** A sending whose answer has not come: the same text again is the same command, also after a reload. */
export interface Attempt {
  readonly text: string
  readonly key: Id
}

/** A form that has not been sent, as this machine keeps it. */
export interface Kept {
  readonly values: Draft
  /** For a correction: the case as it was when the form was opened, and its version. */
  readonly base: { readonly draft: Draft; readonly version: number } | undefined
  readonly attempt: Attempt | undefined
  readonly at: Instant
}

const read = (place: string): Kept | undefined => {
  try {
    const text = localStorage.getItem(place)
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch {
    return undefined
  }
}

/** The unsent form of this reader: `found` is what an earlier visit left; `keep` says whether this machine could keep it. */
export const useKeptDraft = (form: string): {
  found: Kept | undefined; keep: (kept: Omit<Kept, 'at'>) => Instant | undefined; forget: () => void
} => {
  const place = `luytre.unsent.${useActor()?.id ?? ''}.${form}`
  const [found] = useState(() => read(place))
  const keep = useCallback((kept: Omit<Kept, 'at'>): Instant | undefined => {
    const at = now()
    try {
      localStorage.setItem(place, JSON.stringify({ ...kept, at }))
      return at
    } catch {
      // Private windows and full disks refuse: the form says that nothing is kept.
      return undefined
    }
  }, [place])
  const forget = useCallback(() => localStorage.removeItem(place), [place])
  return useMemo(() => ({ found, keep, forget }), [found, keep, forget])
}
