import { useSend, useT, useToast } from '#web'
import { decideWarnings, getWarning, listWarnings, undoDecision } from '../contract.ts'

type Decision = 'acknowledged' | 'investigating' | 'dismissed'

/** Decides on warnings, says so, and lets it be taken back. */
export const useDecide = () => {
  const t = useT()
  const toast = useToast()
  const invalidates = [listWarnings, getWarning]
  const deciding = useSend(decideWarnings, { invalidates })
  const undoing = useSend(undoDecision, { invalidates })
  const undo = async (ids: readonly string[]): Promise<void> => {
    if ((await undoing.send({ body: { ids: [...ids] } })).ok) toast.say(t('warnings.undone'))
  }
  return {
    undo, pending: deciding.pending || undoing.pending, problem: deciding.problem ?? undoing.problem,
    decide: async (ids: readonly string[], status: Decision, reason: string): Promise<boolean> => {
      const decided = await deciding.send({ body: { ids: [...ids], status, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } })
      if (decided.ok) toast.undo(t('warnings.decided', { status: t(`warnings.status.${status}`), count: ids.length }), () => void undo(ids))
      return decided.ok
    },
  }
}
