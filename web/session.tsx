import { createContext, useContext } from 'react'
import type { Permission, Role } from '#base'
import { useAreas } from './areas.tsx'

export interface SessionActor {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly grants: readonly { readonly role: Role; readonly areaId: number; readonly areaName: string }[]
}

const ActorContext = createContext<SessionActor | undefined>(undefined)
export const ActorProvider = ActorContext.Provider

/** Who is signed in; nobody on public pages. */
export const useActor = (): SessionActor | undefined => useContext(ActorContext)

/** Whether the signed-in person may do this anywhere, or in one area. The server checks again; this only says why a button is disabled. */
export const useMay = (): ((permission: Permission, areaId?: number) => boolean) => {
  const actor = useActor()
  const { above, byId } = useAreas()
  // A right given in another tree (before or after a merger) cannot be placed here; the server can.
  return (permission, areaId) =>
    (actor?.grants ?? []).some((grant) =>
      permission.roles.includes(grant.role) &&
      (areaId === undefined || !byId(grant.areaId) || above(areaId).some((area) => area.id === grant.areaId)))
}
