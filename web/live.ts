import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

/** Where the server says what changed; see `platform/live`. */
const STREAM = '/api/live'
/** A stream that was refused (a proxy, a session that is over) is tried again after so long. Unit: milliseconds. */
const RETRY = 5_000

/** Whether changes are being told: `open`, or not at the moment. */
let open = false
const listeners = new Set<() => void>()
const say = (next: boolean): void => {
  if (open === next) return
  open = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the screen is being told of changes as they happen. */
export const useLiveOpen = (): boolean => useSyncExternalStore(subscribe, () => open)

/** Whether what is kept under a query may have changed: its screen named one of the topics (`useQueryOf(…, { live })`). */
export const concerns = (meta: Readonly<Record<string, unknown>> | undefined, topics: readonly string[]): boolean => {
  const live = meta?.['live']
  return Array.isArray(live) && live.some((topic) => topics.includes(topic as string))
}

/**
 * Follows the stream and reads again what changed; returns how to stop. One reading at a time: what is told meanwhile is read after it. A page nobody
 * looks at holds no stream (a browser opens six connections to a server, and every tab would keep one); it reads everything when it is looked at again.
 */
export const followLive = (cache: QueryClient): (() => void) => {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let before = false
  let reading = false
  const waiting = new Set<string>()
  const read = async (): Promise<void> => {
    if (reading) return
    reading = true
    while (waiting.size > 0) {
      const topics = [...waiting]
      waiting.clear()
      await cache.invalidateQueries({ predicate: ({ meta }) => concerns(meta, topics) })
    }
    reading = false
  }
  const disconnect = (): void => {
    clearTimeout(retry)
    source?.close()
    source = undefined
    say(false)
  }
  const connect = (): void => {
    if (source || document.hidden) return
    const stream = new EventSource(STREAM)
    source = stream
    stream.addEventListener('open', () => {
      say(true)
      // What happened while nobody was listening is not told again.
      if (before) void cache.invalidateQueries({ predicate: ({ meta }) => Array.isArray(meta?.['live']) })
      before = true
    })
    stream.addEventListener('change', (event) => {
      for (const topic of (JSON.parse((event as MessageEvent<string>).data) as { topics: string[] }).topics) waiting.add(topic)
      void read()
    })
    stream.addEventListener('error', () => {
      say(false)
      if (stream.readyState !== EventSource.CLOSED) return
      disconnect()
      retry = setTimeout(connect, RETRY)
    })
  }
  const look = (): void => (document.hidden ? disconnect() : connect())
  document.addEventListener('visibilitychange', look)
  connect()
  return () => {
    document.removeEventListener('visibilitychange', look)
    disconnect()
  }
}

/** Follows the stream for as long as somebody is signed in. */
export const useLive = (actorId: string | undefined): void => {
  const cache = useQueryClient()
  useEffect(() => (actorId === undefined ? undefined : followLive(cache)), [cache, actorId])
}
