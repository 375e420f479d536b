import { addDays, ok, type PlainDate } from '#base'
import { newId } from '#platform/clock'
import { command } from '#platform/commands'
import { z } from 'zod'
import { QUIET_DAYS } from './compute/detect.ts'
import { warningTune } from './contract.ts'
import { joinEpisodes, type Found } from './episode.ts'
import { growEpisodes, insertEpisodes, knownEpisodes } from './warning-store.ts'

export interface Findings {
  readonly disease: string
  readonly codeVersion: string
  readonly inputsSha256: string
  readonly seed: number
  readonly found: readonly Found[]
}

/** Writes what a run found: new episodes, and days added to those that go on. */
export const recordFindings = command({
  name: 'warnings.record',
  permission: warningTune,
  body: z.custom<Findings>((body) => typeof body === 'object' && body !== null && 'found' in body),
  perform: async (context, { found, ...stamp }) => {
    if (found.length === 0) return ok({ fresh: 0, grown: 0, reopened: 0 })
    const earliest = found.map(({ firstOn }) => firstOn).toSorted()[0] as PlainDate
    const { fresh, grown } = joinEpisodes(await knownEpisodes(context.tx, stamp.disease, addDays(earliest, -QUIET_DAYS)), found)
    const whole = { ...stamp, at: context.at, commandId: context.commandId }
    if (fresh.length > 0) {
      await insertEpisodes(context.tx, fresh.map((one) => ({ ...one, id: newId(), areaPos: context.areas.byId(one.areaId)?.pos ?? 0 })), whole)
    }
    if (grown.length > 0) await growEpisodes(context.tx, grown, whole)
    return ok({ fresh: fresh.length, grown: grown.length, reopened: grown.filter(({ reopened }) => reopened).length })
  },
})
