import { startTransition, useEffect, useState, type ReactNode } from 'react'

/** Unit: milliseconds. */
const AT_LATEST = 1_500

/** What is heavy to draw waits until the numbers beside it can be read and pressed; `instead` keeps its place. */
export const Later = ({ children, instead = null }: { children: ReactNode; instead?: ReactNode }) => {
  const [now, setNow] = useState(false)
  useEffect(() => {
    const begin = (): void => startTransition(() => setNow(true))
    if (!('requestIdleCallback' in globalThis)) {
      const timer = setTimeout(begin, 1)
      return () => clearTimeout(timer)
    }
    const idle = requestIdleCallback(begin, { timeout: AT_LATEST })
    return () => cancelIdleCallback(idle)
  }, [])
  return now ? children : instead
}
