import { NumberTable, useFormat, useT } from '#web'
import type { Ground, Staff, Variant } from '../contract.ts'
import { SETTINGS, TIERS } from './differences.ts'
import { nameOf } from './editor.tsx'
import classes from './scenarios.module.css'

const none = '–'

/** Everything a person assumed, as it goes on paper and is kept with a saved scenario. */
export const InputsTable = ({ ground, variants, staff }: { ground: Ground; variants: readonly Variant[]; staff: Staff }) => {
  const t = useT()
  const format = useFormat()
  const share = (value: number): string => format.percent(value, 0)
  const whole = (value: number | null): string => (value === null ? none : format.whole(value))
  const row = (name: string, of: (variant: Variant) => string) => <tr key={name}><th scope="row">{name}</th>{variants.map((variant, i) => <td key={i}>{of(variant)}</td>)}</tr>
  return (
    <section>
      <h2 className={classes.section}>{t('scenarios.inputs')}</h2>
      <p className={classes.hint}>
        {t('scenarios.ground_whole', {
          people: format.whole(ground.population), cases: format.number(ground.casesPerDay, 1), reported: share(ground.reportedShare), immune: share(ground.immuneShare), once: share(ground.onceShare),
          twice: share(ground.twiceShare),
        })}
        {TIERS.some((tier) => staff[tier] !== null) && ` ${t('scenarios.staff')}: ${TIERS.flatMap((tier) => (staff[tier] === null ? [] : [`${t(`scenarios.tier.${tier}`)} ${format.number(staff[tier], 1)}`])).join(', ')} (${t('scenarios.staff_typed')}).`}
      </p>
      <NumberTable caption={t('scenarios.inputs')} captionHidden>
        <thead>
          <tr><th scope="col">{t('scenarios.assumed')}</th>{variants.map((variant, i) => <th key={i} scope="col">{nameOf(t, variant, i)}</th>)}</tr>
        </thead>
        <tbody>
          {SETTINGS.map((setting) => row(t('scenarios.cut', { setting: t(`scenarios.setting.${setting}`) }), ({ contacts }) => share(1 - contacts[setting])))}
          {row(t('scenarios.from_day'), ({ fromDay }) => format.whole(fromDay))}
          {row(t('scenarios.doses'), ({ dosesPerDay }) => format.whole(dosesPerDay))}
          {row(t('scenarios.tracing_share'), ({ tracingShare }) => share(tracingShare))}
          {row(t('scenarios.tracing_delay'), ({ tracingDelayDays }) => format.number(tracingDelayDays, 1))}
          {row(t('scenarios.imported'), ({ importedPerDay }) => format.whole(importedPerDay))}
          {TIERS.map((tier) => row(t('scenarios.beds_of', { tier: t(`scenarios.tier.${tier}`) }), ({ beds }) => whole(beds[tier])))}
        </tbody>
      </NumberTable>
    </section>
  )
}
