import { useEffect, useState } from 'react'

/** Rows selected one by one, or all that the filters leave. */
export interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly all: boolean
  readonly choose: (ids: ReadonlySet<string>) => void
  readonly chooseAll: () => void
  readonly clear: () => void
}

const NOTHING = { chosen: new Set<string>(), all: false } as const

/** A selection belongs to what is being looked at: `of` (the filters) changing ends it. */
export const useSelection = (of: string): Selection => {
  const [state, setState] = useState<Pick<Selection, 'chosen' | 'all'>>(NOTHING)
  useEffect(() => setState(NOTHING), [of])
  return {
    ...state,
    choose: (chosen) => setState({ chosen, all: false }),
    chooseAll: () => setState((before) => ({ ...before, all: true })),
    clear: () => setState(NOTHING),
  }
}
