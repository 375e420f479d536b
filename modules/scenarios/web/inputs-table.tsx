import { useFormat, useT } from '#web'
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
      <div className={classes.scroll} role="region" tabIndex={0} aria-label={t('scenarios.inputs')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('scenarios.variant')}</th>{SETTINGS.map((setting) => <th key={setting} scope="col">{t('scenarios.cut', { setting: t(`scenarios.setting.${setting}`) })}</th>)}
              <th scope="col">{t('scenarios.from_day')}</th><th scope="col">{t('scenarios.doses')}</th><th scope="col">{t('scenarios.tracing_share')}</th><th scope="col">{t('scenarios.tracing_delay')}</th>
              <th scope="col">{t('scenarios.imported')}</th>{TIERS.map((tier) => <th key={tier} scope="col">{t('scenarios.beds_of', { tier: t(`scenarios.tier.${tier}`) })}</th>)}
            </tr>
          </thead>
          <tbody>
            {variants.map((variant, i) => (
              <tr key={i}>
                <th scope="row">{nameOf(t, variant, i)}</th>{SETTINGS.map((setting) => <td key={setting}>{share(1 - variant.contacts[setting])}</td>)}
                <td>{format.whole(variant.fromDay)}</td><td>{format.whole(variant.dosesPerDay)}</td><td>{share(variant.tracingShare)}</td><td>{format.number(variant.tracingDelayDays, 1)}</td>
                <td>{format.whole(variant.importedPerDay)}</td>{TIERS.map((tier) => <td key={tier}>{whole(variant.beds[tier])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
