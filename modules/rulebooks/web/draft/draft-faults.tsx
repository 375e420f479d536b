import { useT } from '#web'
import classes from './draft.module.css'
import { goToCell } from './table-editor.tsx'
import type { Fault } from './use-faults.ts'

const SHOWN = 12

/** Everything the check finds, each a way to its cell. */
export const DraftFaults = ({ faults }: { faults: readonly Fault[] }) => {
  const t = useT()
  if (faults.length === 0) return null
  const fatal = faults.filter((fault) => !fault.warning).length
  return (
    <section className={classes.check} data-faulty={fatal > 0 || undefined} aria-label={t('rulebooks.check')}>
      <strong>{fatal > 0 ? t('rulebooks.faults', { count: fatal }) : t('rulebooks.warnings', { count: faults.length })}</strong>
      <ul>
        {faults.slice(0, SHOWN).map((fault, i) => (
          <li key={i}>
            {fault.table === undefined ? fault.sentence : (
              <button type="button" className={classes.goto} onClick={() => goToCell(fault.table as string, fault.row ?? 1, fault.column ?? 1)}>{fault.sentence}</button>
            )}
          </li>
        ))}
        {faults.length > SHOWN && <li>{t('rulebooks.more_faults', { count: faults.length - SHOWN })}</li>}
      </ul>
    </section>
  )
}
