import { createContext, useContext, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { Instant } from '#base'
import { now } from '../clock.ts'
import { useFormat, useT } from '../language.tsx'
import classes from './shell.module.css'

const SlotContext = createContext<{ slot: HTMLElement | null; setSlot: (slot: HTMLElement | null) => void } | undefined>(undefined)

export const FreshnessProvider = ({ children }: { children: ReactNode }) => {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  return <SlotContext value={{ slot, setSlot }}>{children}</SlotContext>
}

/** Where the top bar shows how fresh the screen's figures are. */
export const FreshnessSlot = () => <div ref={useContext(SlotContext)?.setSlot} className={classes.freshness} />

/** Said by a screen: up to when its figures reach. Stands in the top bar while the screen is open. */
export const Freshness = ({ until, children }: { until: Instant | undefined; children?: ReactNode }) => {
  const t = useT()
  const format = useFormat()
  const slot = useContext(SlotContext)?.slot
  if (!slot || !until) return null
  return createPortal(
    <span title={format.relative(until, now())}>{t('web.data_until', { at: format.instant(until) })}<span className={classes.ago}> ({format.relative(until, now())})</span>{children}</span>,
    slot,
  )
}
