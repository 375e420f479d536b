import { useFormat, useT } from '#web'
import type { RunShown } from '../contract.ts'

/** A sentence for the numbers of an import: of what was checked, or of what is in. */
export const useNumbers = (): ((counts: RunShown['counts']) => string) => {
  const t = useT()
  const format = useFormat()
  return ({ rows, accepted, rejected, duplicates, warnings }) => [
    t('imports.numbers_rows', { rows: format.whole(rows) }),
    t('imports.numbers_accepted', { accepted: format.whole(accepted) }),
    ...(rejected === 0 ? [] : [
      duplicates === 0 ? t('imports.numbers_rejected', { rejected: format.whole(rejected) })
        : t('imports.numbers_rejected_twice', { rejected: format.whole(rejected), duplicates: format.whole(duplicates) }),
    ]),
    ...(warnings === 0 ? [] : [t('imports.numbers_warnings', { warnings: format.whole(warnings) })]),
  ].join(' · ')
}

/** What is going on, in a word; a preview under way or finished is one of them. */
export const stateKey = ({ status, progress }: Pick<RunShown, 'status' | 'progress'>): string =>
  progress ? `imports.phase.${progress.phase}` : `imports.status.${status}`
