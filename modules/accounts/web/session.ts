import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call, keyOf, problemIn, type SessionActor } from '#web'
import { getSession, leave } from '../contract.ts'

export interface Session {
  /** `null`: nobody is signed in; `undefined`: not known yet. */
  readonly actor: SessionActor | null | undefined
  /** Made-up data are among those shown. */
  readonly synthetic: boolean
  readonly signOut: () => void
}

export const sessionQuery = {
  queryKey: keyOf(getSession),
  queryFn: async () => {
    try {
      return await call(getSession, {})
    } catch (error) {
      if (problemIn(error)?.code === 'not_signed_in') return null
      throw error
    }
  },
  staleTime: Infinity,
}

/** Who is signed in in this browser. */
export const useSession = (): Session => {
  const cache = useQueryClient()
  const { data } = useQuery(sessionQuery)
  return {
    actor: data === undefined ? undefined : (data?.actor ?? null),
    synthetic: data?.synthetic ?? false,
    signOut: () => {
      void call(leave, {}).finally(() => {
        // What one person has read is not for the next one at this desk.
        cache.clear()
        location.assign('/')
      })
    },
  }
}
