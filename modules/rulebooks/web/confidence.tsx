import { useT } from '#web'
import classes from './rulebook.module.css'

/** How sure a value is, in words; nothing for what was read at its source. */
export const Confidence = ({ of }: { of: 'found' | 'recalled' | 'province' | null }) => {
  const t = useT()
  if (of === 'found' || of === null) return null
  return <span className={classes.unconfirmed} title={t(`rulebooks.confidence.${of}`)}>{t('rulebooks.unconfirmed')}</span>
}

/** A source: a link where it has an address, else its words. */
export const Source = ({ of }: { of: string | null }) => {
  const address = of && /^https?:\/\/[^\s]+/.exec(of)?.[0]
  if (!of) return null
  return address ? <a href={address} target="_blank" rel="noreferrer">{new URL(address).hostname.replace(/^www\./, '')}</a> : <span>{of}</span>
}
