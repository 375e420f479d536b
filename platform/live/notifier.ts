import { PassThrough, type Readable } from 'node:stream'
import { joinRanges, type Range } from '#platform/access'

/** That something of a kind changed somewhere. It says neither what nor by whom: whoever may know reads it again. */
export interface Change {
  /** Words of the command (`figures.report` → `figures`, `report`) and what its rules said they touched. */
  readonly topic: string
  /** Positions of the areas it concerns, with what lies below them. */
  readonly ranges: readonly Range[]
}

/** Where those who watch may look; asked again at every heartbeat. Nothing: no more. */
export type Watching = () => Promise<readonly Range[] | undefined>

export interface Live {
  /** Told of a command after its commit, never before. */
  readonly tell: (commandId: string, changes: readonly Change[]) => void
  /** Whether it was told of this command not long ago. */
  readonly knows: (commandId: string) => boolean
  /** A stream of server-sent events for a reader: the topics that changed where the reader may look, at most twice a second. */
  readonly watch: (ranges: readonly Range[], still: Watching) => Readable
  readonly watchers: () => number
  /** Rises with every command told; with topics, only with those that touched one of them. */
  readonly version: (topics?: readonly string[]) => number
  /** Ends every stream and takes no more. */
  readonly close: () => void
}

/** No reader is told more often than this: a line list being imported changes the counts many times a second. Unit: milliseconds. */
export const PAUSE = 500
/** Proxies close what stays silent for a minute. Unit: milliseconds. */
const HEARTBEAT = 20_000
/** A page reads its figures while its stream is being opened: what changed in between is told once more. Unit: milliseconds. */
const JUST_NOW = 3_000
/** A reader that takes nothing off is gone. Unit: bytes. */
const UNREAD = 65_536
/** Commands remembered; more of them in a minute are told twice where several processes work on one database, which does no harm. */
const REMEMBERED = 10_000

interface Watcher {
  readonly stream: PassThrough
  readonly still: Watching
  ranges: readonly Range[]
}

const overlap = (a: readonly Range[], b: readonly Range[]): boolean => a.some((one) => b.some((other) => one.lo <= other.hi && other.lo <= one.hi))

/** Changes of the same topic as one. */
export const joinChanges = (changes: readonly Change[]): Change[] =>
  [...Map.groupBy(changes, ({ topic }) => topic)].map(([topic, same]) => ({ topic, ranges: joinRanges(same.flatMap(({ ranges }) => ranges)) }))

/** The topics of changes that concern somebody who may look into the ranges, in order of the alphabet. */
export const topicsFor = (changes: readonly Change[], ranges: readonly Range[]): string[] =>
  [...new Set(changes.filter((change) => overlap(change.ranges, ranges)).map(({ topic }) => topic))].toSorted()

/** One for the product: the door of commands tells it what was committed, it tells those who watch. */
export const openLive = ({ pause = PAUSE, heartbeat = HEARTBEAT }: { readonly pause?: number; readonly heartbeat?: number } = {}): Live => {
  const watchers = new Set<Watcher>()
  const told = new Set<string>()
  let waiting: Change[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false
  let version = 0
  const versions = new Map<string, number>()
  let lastTold = -Infinity
  let recent: { readonly at: number; readonly changes: readonly Change[] }[] = []

  const say = (watcher: Watcher, topics: readonly string[]): void => {
    if (topics.length > 0) watcher.stream.write(`event: change\ndata: ${JSON.stringify({ topics })}\n\n`)
  }
  const flush = (): void => {
    timer = undefined
    lastTold = performance.now()
    const changes = joinChanges(waiting)
    waiting = []
    recent = [...recent.filter(({ at }) => at > lastTold - JUST_NOW), { at: lastTold, changes }]
    for (const watcher of watchers) say(watcher, topicsFor(changes, watcher.ranges))
  }
  const beat = async (watcher: Watcher): Promise<void> => {
    // A session that cannot be looked up now is looked up at the next beat.
    const ranges = await watcher.still().catch(() => watcher.ranges)
    if (ranges === undefined || watcher.stream.readableLength > UNREAD) watcher.stream.end()
    else {
      watcher.ranges = ranges
      watcher.stream.write(': \n\n')
    }
  }
  const beating = setInterval(() => {
    for (const watcher of watchers) void beat(watcher)
  }, heartbeat)
  beating.unref()

  return {
    knows: (commandId) => told.has(commandId),
    tell: (commandId, changes) => {
      if (closed) return
      version += 1
      for (const { topic } of changes) versions.set(topic, (versions.get(topic) ?? 0) + 1)
      told.add(commandId)
      if (told.size > REMEMBERED) told.delete(told.values().next().value as string)
      if (changes.length === 0) return
      waiting.push(...changes)
      timer ??= setTimeout(flush, Math.max(0, lastTold + pause - performance.now()))
    },
    watch: (ranges, still) => {
      const stream = new PassThrough()
      const watcher: Watcher = { stream, ranges, still }
      if (closed) return stream.end()
      watchers.add(watcher)
      stream.once('close', () => watchers.delete(watcher))
      stream.write('retry: 2000\n\n')
      const since = performance.now() - JUST_NOW
      say(watcher, topicsFor(recent.filter(({ at }) => at > since).flatMap(({ changes }) => changes), ranges))
      return stream
    },
    watchers: () => watchers.size,
    version: (topics) => topics?.reduce((sum, topic) => sum + (versions.get(topic) ?? 0), 0) ?? version,
    close: () => {
      closed = true
      clearInterval(beating)
      clearTimeout(timer)
      for (const { stream } of watchers) stream.end()
    },
  }
}
