import { useSyncExternalStore } from 'react'

/** How often a lost server is asked for. Unit: milliseconds. */
const RETRY_EVERY = 3_000

let lost = false
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

const set = (value: boolean): void => {
  if (lost === value) return
  lost = value
  for (const listener of listeners) listener()
}

/** A call got an answer. */
export const connectionFound = (): void => {
  clearTimeout(timer)
  set(false)
}

/** A call got none: ask for the server until it is there again. */
export const connectionLost = (): void => {
  set(true)
  clearTimeout(timer)
  timer = setTimeout(() => {
    fetch('/health', { cache: 'no-store' }).then((response) => (response.ok ? connectionFound() : connectionLost()), connectionLost)
  }, RETRY_EVERY)
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Calls back each time the connection is lost or found; returns how to stop. */
export const onConnection = (listener: (isLost: boolean) => void): (() => void) => subscribe(() => listener(lost))

/** Whether the server has stopped answering. */
export const useConnectionLost = (): boolean => useSyncExternalStore(subscribe, () => lost)
