import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { LevelBadge, useT } from '#web'
import classes from './levels.module.css'
import type { InputsOf } from './use-inputs-of.ts'
import type { Why } from './why.tsx'

type Change = Why['changes'][number]

/** "Sẽ lên cấp 3 nếu có thêm 9 ca trong tuần": the nearest change of each criterion, in counts where it can be counted. */
export const WhyChanges = ({ why: { changes, assessment }, inputs: { inputs, words } }: { why: Why; inputs: InputsOf }) => {
  const t = useT()
  const level = assessment.level
  const told = changes.flatMap((change) => {
    const meta = inputs.find((one) => one.name === change.input)
    // Doses once given stay given: nobody waits for fewer of them.
    const possible = meta && meta.kind !== 'assessment_day' && !(meta.kind === 'proportion' && change.direction === 'down')
    return level !== null && possible && change.level !== level ? [{ change, meta, up: change.level > level }] : []
  })
  if (told.length === 0) return null
  const say = ({ input, direction, to, inclusive, counts }: Change, meta: InputsOf['inputs'][number]): string => {
    const noun = t(`levels.noun.${input}`)
    const bound = words.value(meta, to)
    if (counts !== null && counts !== 0 && noun !== `levels.noun.${input}`) {
      const key = meta.measure === 'sum' ? (counts > 0 ? 'levels.if_more_in_week' : 'levels.if_fewer_in_week') : counts > 0 ? 'levels.if_more' : 'levels.if_fewer'
      const days = meta.windowDays ?? 7
      return t(key, { count: Math.abs(counts), noun, window: days === 7 ? t('levels.week') : t('levels.days', { days }), to: `${bound}${words.per(meta)}` })
    }
    const sign = direction === 'up' ? (inclusive ? '≥' : '>') : inclusive ? '≤' : '<'
    return t('levels.if_bound', { label: words.label(input), bound: `${sign} ${bound}` })
  }
  const order = told.toSorted((a, b) => Number(b.up) - Number(a.up) || Math.abs(a.change.counts ?? 1e9) - Math.abs(b.change.counts ?? 1e9))
  return (
    <ul className={classes.changes} aria-label={t('levels.what_changes')}>
      {order.map(({ change, meta, up }) => (
        <li key={`${change.input} ${change.direction}`}>
          {up ? <IconArrowUpRight size={18} aria-hidden /> : <IconArrowDownRight size={18} aria-hidden />}
          <span>
            {t(up ? 'levels.will_rise' : 'levels.will_fall')} <LevelBadge level={change.level} size={18} /> {say(change, meta)}
          </span>
        </li>
      ))}
    </ul>
  )
}
