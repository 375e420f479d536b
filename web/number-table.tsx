import type { ReactNode } from 'react'
import classes from './number-table.module.css'

interface NumberTableProps {
  readonly caption: string
  /** Where a heading above says the caption already, only those who listen are told. */
  readonly captionHidden?: boolean
  readonly className?: string
  /** `thead` and `tbody`. */
  readonly children: ReactNode
}

/** A small table of figures: rows are named at the left, numbers stand at the right, and what is too wide for the screen is scrolled, by keyboard too. */
export const NumberTable = ({ caption, captionHidden = false, className = '', children }: NumberTableProps) => (
  <div className={classes.scroll} role="region" tabIndex={0} aria-label={caption}>
    <table className={`${classes.table} ${className}`} {...(captionHidden ? { 'aria-label': caption } : {})}>
      {!captionHidden && <caption>{caption}</caption>}
      {children}
    </table>
  </div>
)
