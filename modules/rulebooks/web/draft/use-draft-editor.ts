import { useCallback, useEffect, useMemo, useReducer, useState } from 'react'
import type { AnswerOf, Id, Result } from '#base'
import { readModel, writeModel, type DecisionModel } from '#decisions'
import { compareLevels } from '#levels/contract'
import { useActor, useSend, type ProblemDocument } from '#web'
import { compareRulebooks, getDraft, listDrafts, saveDraft } from '../../contract.ts'
import { redo, startHistory, step, undo, type History } from '../history.ts'

export type DraftData = AnswerOf<typeof getDraft>

/** What this machine keeps of a draft that was not saved: the file, and the revision it was made from. */
interface Kept {
  readonly revision: number
  readonly dmn: string
}

const readKept = (place: string): Kept | undefined => {
  try {
    const text = localStorage.getItem(place)
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch {
    return undefined
  }
}

const modelOf = (dmn: string): DecisionModel | undefined => {
  const model = readModel(dmn)
  return model.ok ? model.value : undefined
}

type Act = { readonly do: 'edit'; readonly edit: (model: DecisionModel) => DecisionModel } | { readonly do: 'undo' | 'redo' } | { readonly do: 'start'; readonly model: DecisionModel }

const act = (history: History<DecisionModel>, what: Act): History<DecisionModel> => {
  switch (what.do) {
    case 'edit': return step(history, what.edit(history.now))
    case 'undo': return undo(history)
    case 'redo': return redo(history)
    default: return startHistory(what.model)
  }
}

export interface DraftEditor {
  readonly model: DecisionModel
  readonly edit: (edit: (model: DecisionModel) => DecisionModel) => void
  readonly undo: (() => void) | undefined
  readonly redo: (() => void) | undefined
  /** Not on the server yet. */
  readonly unsaved: boolean
  /** What is typed is kept on this machine; not where it refuses to. */
  readonly kept: boolean
  /** Found on this machine from an earlier visit; `older`: others have saved since it was begun. */
  readonly found: 'restored' | 'older' | undefined
  /** Takes what this machine kept, over what others saved. */
  readonly takeKept: () => void
  /** Forgets what this machine kept and shows what is saved. */
  readonly forget: () => void
  readonly save: () => Promise<boolean>
  readonly saving: boolean
  readonly problem: ProblemDocument | undefined
  readonly revision: number
}

/** The draft as it is edited: every step can be taken back, what is typed is kept on this machine, saving sends it. */
export const useDraftEditor = (data: DraftData, id: Id): DraftEditor => {
  const place = `luytre.rulebook-draft.${useActor()?.id ?? ''}.${id}`
  const [kept] = useState(() => readKept(place))
  const saved = useMemo(() => modelOf(data.dmn) as DecisionModel, [data.dmn])
  const [found, setFound] = useState<DraftEditor['found']>(() => {
    if (!kept || kept.dmn === data.dmn || !modelOf(kept.dmn)) return undefined
    return kept.revision === data.draft.revision ? 'restored' : 'older'
  })
  const [history, dispatch] = useReducer(act, undefined, () => startHistory((found === 'restored' && kept && modelOf(kept.dmn)) || saved))
  const [state, setState] = useState({ revision: data.draft.revision, dmn: data.dmn })
  const sending = useSend(saveDraft, { invalidates: [listDrafts, compareRulebooks, compareLevels] })
  const [keeps, setKeeps] = useState(true)

  const written = useMemo(() => writeModel(history.now), [history.now])
  const file = written.ok ? written.value : state.dmn
  const unsaved = file !== state.dmn
  useEffect(() => {
    try {
      if (unsaved) localStorage.setItem(place, JSON.stringify({ revision: state.revision, dmn: file } satisfies Kept))
      else if (found !== 'older') localStorage.removeItem(place)
      setKeeps(true)
    } catch {
      // Private windows and full disks refuse: the page says that nothing is kept.
      setKeeps(false)
    }
  }, [place, file, unsaved, state.revision, found])

  const save = useCallback(async (): Promise<boolean> => {
    if (!unsaved) return true
    const answer: Result<{ revision: number }, ProblemDocument> = await sending.send({ params: { id }, body: { revision: state.revision, dmn: file } })
    if (!answer.ok) return false
    setState({ revision: answer.value.revision, dmn: file })
    setFound(undefined)
    return true
  }, [unsaved, file, state.revision, id, sending.send])

  return {
    model: history.now, unsaved, kept: keeps, found, save, saving: sending.pending, problem: sending.problem, revision: state.revision,
    edit: useCallback((edit) => dispatch({ do: 'edit', edit }), []),
    undo: history.past.length > 0 ? () => dispatch({ do: 'undo' }) : undefined,
    redo: history.future.length > 0 ? () => dispatch({ do: 'redo' }) : undefined,
    takeKept: () => {
      const model = kept && modelOf(kept.dmn)
      if (model) dispatch({ do: 'edit', edit: () => model })
      setFound(undefined)
    },
    forget: () => {
      setFound(undefined)
      dispatch({ do: 'start', model: modelOf(state.dmn) ?? saved })
    },
  }
}
