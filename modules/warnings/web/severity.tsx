import { useT } from '#web'
import classes from './warnings.module.css'

/** Shades by severity: one hue, darker is worse. On the map white where there is none. */
export const SEVERITY_FILL: Readonly<Record<number, string>> = { 1: '#f6d9a8', 2: '#e59a4f', 3: '#a83a1c' }

/** Severity as so many marks, with the word: never by colour alone. */
export const Severity = ({ severity, word = true }: { severity: number; word?: boolean }) => {
  const t = useT()
  return (
    <span className={classes.severity} data-severity={severity}>
      <span aria-hidden className={classes.marks}>{'▲'.repeat(severity)}</span>
      <span className={word ? undefined : classes.unseen}>{t(`warnings.severity.${severity}`)}</span>
    </span>
  )
}
