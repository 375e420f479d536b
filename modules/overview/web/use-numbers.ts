import type { Instant } from '#base'
import { useFormat, useT } from '#web'
import type { NumberShown } from '../contract.ts'
import { changeOf } from './scales.ts'

/** How numbers of this screen are written. */
export interface Numbers {
  /** `612`, `≥ 40` where some is missing, `–` where nothing is known. */
  readonly text: (number: NumberShown) => string
  /** Where it comes from, how fresh it is, and what must be known of it. */
  readonly about: (number: NumberShown) => string
  /** `▲ 8 %`, `▼ 3`, `=`; nothing where one of the two is not known. */
  readonly change: (now: NumberShown, before: NumberShown) => { readonly sign: string; readonly said: string; readonly direction: 'up' | 'down' | 'same' } | undefined
}

const SIGNS = { up: '▲', down: '▼', same: '=' } as const

export const useNumbers = (): Numbers => {
  const t = useT()
  const format = useFormat()
  return {
    text: ({ value, atLeast, estimated }) =>
      value !== null ? `${estimated ? '≈ ' : ''}${format.whole(value)}` : atLeast !== null ? `≥ ${format.whole(atLeast)}` : '–',
    about: ({ sources, freshness, missingDays, held, estimated }) => [
      sources.length > 0 ? t('overview.source', { what: sources.map((one) => t(`overview.sources.${one}`)).join(', ') }) : t('overview.no_source'),
      ...(freshness ? [t('overview.fresh', { at: format.instant(freshness as Instant) })] : []),
      ...(missingDays > 0 ? [t('overview.missing_days', { days: missingDays })] : []),
      ...(held ? [t('overview.held')] : []), ...(estimated ? [t('overview.estimated')] : []),
    ].join(' · '),
    change: (now, before) => {
      const change = changeOf(now.value, before.value)
      if (!change) return undefined
      const { direction, difference, share } = change
      const size = share === undefined ? format.whole(Math.abs(difference)) : format.percent(Math.abs(share), 0)
      return { direction, sign: direction === 'same' ? SIGNS.same : `${SIGNS[direction]} ${size}`, said: t(`overview.change.${direction}`, { size }) }
    },
  }
}
