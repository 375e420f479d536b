import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { useGo, useHref } from './address.ts'

interface ScreenLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** Path of the screen, parameters filled in: `/cases/0190…`. */
  readonly to: string
  /** Its state; area and day of the address travel along unless given. */
  readonly search?: Readonly<Record<string, string | undefined>>
}

/** A link to a screen: a real address (new tab, copy), opened without loading the app again. */
export const ScreenLink = ({ to, search, onClick, children, ...rest }: ScreenLinkProps) => {
  const go = useGo()
  const href = useHref()(to, search)
  const click = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to, search)
  }
  return <a {...rest} href={href} onClick={click}>{children}</a>
}
