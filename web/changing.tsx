import { useState } from 'react'
import classes from './changing.module.css'

interface ChangingProps {
  /** What it is the number of: under another area or day it is another number, not a changed one. */
  readonly of: string
  readonly children: string
}

/** A number that may change while it is looked at: it changes in place, with a quiet flash. */
export const Changing = ({ of, children }: ChangingProps) => {
  const [shown, setShown] = useState({ of, text: children, times: 0 })
  if (shown.of !== of || shown.text !== children) setShown({ of, text: children, times: shown.of === of ? shown.times + 1 : 0 })
  return <span key={shown.times} className={shown.times > 0 ? classes.changed : undefined} data-changed={shown.times > 0 || undefined}>{children}</span>
}
