import { Button, NumberInput, SegmentedControl, Select, Slider, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { PlainDate } from '#base'
import { DisabledWithReason, useFormat, useLanguage, useT } from '#web'
import { DAYS, MOST_VARIANTS, PROFILES, type Ground, type ProfileName, type Staff, type Start, type Variant } from '../contract.ts'
import { SETTINGS, TIERS } from './differences.ts'
import classes from './scenarios.module.css'

/** What a person is changing. Numbers not known yet are null. */
export interface Draft {
  readonly ground: Omit<Ground, 'population' | 'casesPerDay'> & { readonly population: number | null; readonly casesPerDay: number | null }
  readonly variants: readonly Variant[]
  readonly staff: Staff
}

const NO_STAFF: Staff = { ward: null, oxygen: null, intensive: null }
/** Where the field starts; it is the user's to say. */
const REPORTED_SHARE = 0.4
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

/** A draft from what the product knows. */
export const draftOf = (start: Start, profile: ProfileName): Draft => ({
  ground: {
    area: start.area.code, on: start.on, profile, population: start.population?.value ?? null, casesPerDay: start.casesPerDay === null ? null : rounded(start.casesPerDay, 1), reportedShare: REPORTED_SHARE,
    immuneShare: 0, onceShare: rounded(start.doses?.onceShare ?? 0, 3), twiceShare: rounded(start.doses?.twiceShare ?? 0, 3),
  },
  variants: [{
    name: '', fromDay: 0, contacts: { home: 1, school: 1, work: 1, other: 1 }, dosesPerDay: 0, tracingShare: 0, tracingDelayDays: 2, importedPerDay: 0,
    beds: { ward: start.beds.ward, oxygen: null, intensive: start.beds.intensive },
  }],
  staff: NO_STAFF,
})

/** The ground, once all of it is known. */
export const wholeGround = ({ ground }: Draft): Ground | undefined => {
  const { population, casesPerDay } = ground
  return population === null || casesPerDay === null || population < 1000 ? undefined : { ...ground, population, casesPerDay }
}

export const nameOf = (t: ReturnType<typeof useT>, variant: Variant, place: number): string => variant.name || (place === 0 ? t('scenarios.baseline') : `${t('scenarios.variant')} ${place}`)

interface EditorProps {
  readonly draft: Draft
  readonly start: Start
  readonly selected: number
  readonly onSelect: (place: number) => void
  readonly onChange: (draft: Draft) => void
}

/** Everything that is assumed, with where it was taken from. */
export const Editor = ({ draft, start, selected, onSelect, onChange }: EditorProps) => {
  const t = useT()
  const format = useFormat()
  const [thousands, decimal] = useLanguage().language === 'vi' ? ['.', ','] : [',', '.']
  const { ground, variants, staff } = draft
  const variant = variants[selected] ?? (variants[0] as Variant)
  const setGround = (patch: Partial<Draft['ground']>): void => onChange({ ...draft, ground: { ...ground, ...patch } })
  const setVariant = (patch: Partial<Variant>): void => onChange({ ...draft, variants: variants.map((one, i) => (i === selected ? { ...one, ...patch } : one)) })
  const add = (): void => {
    onChange({ ...draft, variants: [...variants, { ...variant, name: '' }] })
    onSelect(variants.length)
  }
  const remove = (): void => {
    onChange({ ...draft, variants: variants.filter((_, i) => i !== selected) })
    onSelect(selected - 1)
  }
  const on = format.day(start.on as PlainDate)
  // What is known need not be looked at first.
  const [openAtFirst] = useState(() => ground.population === null || ground.casesPerDay === null)
  const number = (label: string, value: number | null, set: (value: number | null) => void, more: { max: number; min?: number; decimals?: number; about?: string }) => (
    <NumberInput
      size="xs" label={label} {...(more.about === undefined ? {} : { description: more.about })} value={value ?? ''} min={more.min ?? 0} max={more.max} decimalScale={more.decimals ?? 0} thousandSeparator={thousands}
      decimalSeparator={decimal} clampBehavior="blur" hideControls onChange={(next) => {
        if (next === '' || (typeof next === 'number' && next <= more.max)) set(next === '' ? null : next)
      }}
    />
  )
  const share = (label: string, value: number, set: (value: number) => void, most: number, about?: string) =>
    number(label, rounded(value * 100, 1), (next) => set(rounded((next ?? 0) / 100, 3)), { max: rounded(most * 100, 1), decimals: 1, ...(about === undefined ? {} : { about }) })
  return (
    <section className={`${classes.editor} no-print`}>
      <details className={classes.ground} open={openAtFirst}>
        <summary>{t('scenarios.ground')}{ground.population !== null && ground.casesPerDay !== null && <span className={classes.hint}> {t('scenarios.ground_short', { people: format.whole(ground.population), cases: format.number(ground.casesPerDay, 1) })}</span>}</summary>
        <div className={classes.editor}>
          <Select
            size="xs" label={t('scenarios.profile')} value={ground.profile} allowDeselect={false} onChange={(next) => next && setGround({ profile: next as ProfileName })}
            data={PROFILES.map((one) => ({ value: one, label: t(`scenarios.disease.${one}`) }))}
          />
          {number(t('scenarios.population'), ground.population, (population) => setGround({ population }), {
            max: 20_000_000, about: start.population ? t('scenarios.population_from', { source: start.population.source }) : t('scenarios.population_none'),
          })}
          {number(t('scenarios.cases_now'), ground.casesPerDay, (casesPerDay) => setGround({ casesPerDay }), {
            max: 200_000, decimals: 1, about: start.casesPerDay === null ? t('scenarios.cases_none') : t('scenarios.cases_from', { day: on }),
          })}
          {share(t('scenarios.reported_share'), ground.reportedShare, (reportedShare) => setGround({ reportedShare: Math.max(0.01, reportedShare) }), 1, t('scenarios.reported_share_from'))}
          {share(t('scenarios.immune_share'), ground.immuneShare, (immuneShare) => setGround({ immuneShare }), 0.99)}
          {share(t('scenarios.once_share'), ground.onceShare, (onceShare) => setGround({ onceShare }), 1 - ground.twiceShare)}
          {share(t('scenarios.twice_share'), ground.twiceShare, (twiceShare) => setGround({ twiceShare }), 1 - ground.onceShare, start.doses ? t('scenarios.doses_from', { day: on }) : t('scenarios.doses_none'))}
        </div>
      </details>

      <h2 className={classes.section}>{t('scenarios.variants')}</h2>
      <SegmentedControl
        size="xs" fullWidth orientation="vertical" aria-label={t('scenarios.variants')} value={String(selected)} onChange={(next) => onSelect(Number(next))}
        data={variants.map((one, i) => ({ value: String(i), label: nameOf(t, one, i) }))}
      />
      <div className={classes.row}>
        <DisabledWithReason size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add} reason={variants.length < MOST_VARIANTS ? undefined : t('scenarios.most')}>
          {t('scenarios.add')}
        </DisabledWithReason>
        {selected > 0 && <Button size="compact-sm" variant="default" leftSection={<IconTrash size={14} />} onClick={remove}>{t('scenarios.remove')}</Button>}
      </div>
      <TextInput size="xs" label={t('scenarios.variant_name')} value={variant.name} maxLength={60} placeholder={nameOf(t, { ...variant, name: '' }, selected)} onChange={(event) => setVariant({ name: event.currentTarget.value })} />

      <h3 className={classes.part}>{t('scenarios.contacts')}</h3>
      {SETTINGS.map((setting) => (
        <Slide
          key={setting} label={t(`scenarios.setting.${setting}`)} value={Math.round((1 - variant.contacts[setting]) * 100)} max={100} step={5} shown={(value) => format.percent(value / 100, 0)}
          onChange={(value) => setVariant({ contacts: { ...variant.contacts, [setting]: rounded(1 - value / 100, 2) } })}
        />
      ))}
      {selected > 0 && (
        <>
          <Slide label={t('scenarios.from_day')} value={variant.fromDay} max={DAYS - 1} step={1} shown={format.whole} onChange={(fromDay) => setVariant({ fromDay })} />
          <p className={classes.hint}>{t('scenarios.from_day_about')}</p>
        </>
      )}
      <h3 className={classes.part}>{t('scenarios.inputs')}</h3>
      <Slide
        label={t('scenarios.doses')} value={variant.dosesPerDay} max={Math.max(1000, Math.ceil(((ground.population ?? 0) * 0.02) / 1000) * 1000)} step={100} shown={format.whole}
        onChange={(dosesPerDay) => setVariant({ dosesPerDay })}
      />
      <Slide label={t('scenarios.tracing_share')} value={Math.round(variant.tracingShare * 100)} max={100} step={5} shown={(value) => format.percent(value / 100, 0)} onChange={(value) => setVariant({ tracingShare: value / 100 })} />
      <Slide label={t('scenarios.tracing_delay')} value={variant.tracingDelayDays} min={0.5} max={14} step={0.5} shown={(value) => format.number(value, 1)} onChange={(tracingDelayDays) => setVariant({ tracingDelayDays })} />
      <Slide label={t('scenarios.imported')} value={variant.importedPerDay} max={200} step={1} shown={format.whole} onChange={(importedPerDay) => setVariant({ importedPerDay })} />

      <h3 className={classes.part}>{t('scenarios.beds')}</h3>
      <p className={classes.hint}>{start.beds.ward === null && start.beds.intensive === null ? t('scenarios.beds_none') : t('scenarios.beds_from', { day: on })}</p>
      <div className={classes.three}>
        {TIERS.map((tier) => <div key={tier}>{number(t(`scenarios.tier.${tier}`), variant.beds[tier], (beds) => setVariant({ beds: { ...variant.beds, [tier]: beds } }), { max: 200_000 })}</div>)}
      </div>
      <h3 className={classes.part}>{t('scenarios.staff')}</h3>
      <p className={classes.hint}>{t('scenarios.staff_about')}</p>
      <div className={classes.three} role="group" aria-label={t('scenarios.staff')}>
        {TIERS.map((tier) => (
          <div key={tier}>{number(t(`scenarios.tier.${tier}`), staff[tier], (value) => onChange({ ...draft, staff: { ...staff, [tier]: value === null || value < 0.1 ? null : value } }), { max: 1000, decimals: 1 })}</div>
        ))}
      </div>
    </section>
  )
}

interface SlideProps {
  readonly label: string
  readonly value: number
  readonly min?: number
  readonly max: number
  readonly step: number
  readonly shown: (value: number) => string
  readonly onChange: (value: number) => void
}

const Slide = ({ label, value, min = 0, max, step, shown, onChange }: SlideProps) => (
  <div className={classes.slide}>
    <div className={classes.slideHead}><span>{label}</span><span className="figures">{shown(value)}</span></div>
    <Slider size="sm" thumbLabel={label} label={null} value={value} min={min} max={max} step={step} onChange={onChange} thumbProps={{ 'aria-valuetext': shown(value) }} />
  </div>
)
