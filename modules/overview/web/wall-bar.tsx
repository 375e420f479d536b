import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { now, useFormat, useLiveOpen, useT, useWall } from '#web'
import classes from './overview.module.css'

/** Unit: milliseconds. */
const TICK = 1_000

/** The time, read again every second. */
const useClock = () => {
  const [at, setAt] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), TICK)
    return () => clearInterval(timer)
  }, [])
  return at
}

/** The screen stays lit while it hangs on the wall, where the browser can do that. */
const useAwake = (): void => {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    const hold = (): void => {
      if (!document.hidden) navigator.wakeLock?.request('screen').then((held) => (lock = held), () => undefined)
    }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      document.removeEventListener('visibilitychange', hold)
      void lock?.release()
    }
  }, [])
}

/** The head of a screen on the wall: the clock, and whether what is shown follows what happens. */
export const WallBar = () => {
  const t = useT()
  const format = useFormat()
  const at = useClock()
  const open = useLiveOpen()
  const { setWall } = useWall()
  useAwake()
  return (
    <div className={classes.wall}>
      <span role="status" data-open={open || undefined} className={classes.connection}>{open ? t('overview.connected') : t('overview.not_connected')}</span>
      <time className={classes.clock} dateTime={at}>{format.time(at)}</time>
      <Button variant="subtle" color="gray" className="no-print" onClick={() => setWall(false)}>{t('overview.leave_wall')}</Button>
    </div>
  )
}
