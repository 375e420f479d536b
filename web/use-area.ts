import { useAddress, useDay } from './address.ts'
import { useAreas, type AreaNode } from './areas.tsx'
import { useActor } from './session.tsx'

/** The area of the address on the day of the address; by default the area of the reader's first right. */
export const useArea = (): { code: string | undefined; area: AreaNode | undefined; setArea: (code: string | undefined) => void } => {
  const [values, set] = useAddress({ area: '' })
  const { day } = useDay()
  const areas = useAreas(day)
  const actor = useActor()
  // A right given in one tree (before or after a merger) has no unit of its own in the other: then the root stands for it.
  const home = (actor?.grants[0] && areas.byId(actor.grants[0].areaId)) ?? areas.roots[0]
  const code = values.area || home?.code
  return {
    code,
    area: code === undefined ? undefined : areas.byCode(code),
    setArea: (next) => set({ area: next }, { push: true }),
  }
}
