import { Radio, Skeleton, Stack } from '@mantine/core'
import { useState } from 'react'
import type { Instant } from '#base'
import { DisabledWithReason, PageHeader, problemIn, ProblemNotice, ScreenLink, useArea, useAreas, useDay, useFormat, useMay, useQueryOf, useSend, useT, useToast } from '#web'
import { getSensitivity, setSensitivity, warningTune } from '../contract.ts'
import classes from './warnings.module.css'

type Choice = 'low' | 'standard' | 'high' | 'inherit'

/** How readily warnings sound in an area, each choice with what it would have done. */
const Sensitivity = () => {
  const t = useT()
  const format = useFormat()
  const toast = useToast()
  const { code, area } = useArea()
  const isRoot = useAreas().roots.some(({ code: root }) => root === code)
  const { day } = useDay()
  const may = useMay()(warningTune)
  const { data, error, refetch, isPlaceholderData } = useQueryOf(getSensitivity, code === undefined ? undefined : { query: { area: code, on: day } })
  const saving = useSend(setSensitivity, { invalidates: [getSensitivity] })
  const [picked, pick] = useState<{ readonly area: string; readonly choice: Choice }>()
  const now: Choice | undefined = data && (data.own ?? 'inherit')
  const choice = picked?.area === code ? picked?.choice : now
  const save = async (): Promise<void> => {
    if (code === undefined || choice === undefined) return
    const saved = await saving.send({ body: { area: code, on: day, sensitivity: choice === 'inherit' ? null : choice } })
    if (saved.ok) toast.say(t('warnings.saved', { area: area?.name ?? code }))
  }
  const most = Math.max(1, ...(data?.effects.map(({ episodes }) => episodes) ?? []))
  return (
    <div className={classes.why} data-settling={isPlaceholderData || undefined}>
      <PageHeader
        title={t('warnings.sensitivity')}
        about={<span><ScreenLink to="/warnings">{t('warnings.title')}</ScreenLink> · {t('warnings.sensitivity_about', { area: area?.name ?? '' })}</span>}
      />
      <ProblemNotice problem={problemIn(error) ?? saving.problem} retry={() => void refetch()} />
      {!data && !error && <Skeleton height={240} />}
      {data && (
        <>
          <p>
            {data.from
              ? t('warnings.sensitivity_from', { sensitivity: t(`warnings.sensitivity.${data.inForce}`), area: data.from.name, by: data.from.by, at: format.instant(data.from.at as Instant) })
              : t('warnings.sensitivity_default', { sensitivity: t(`warnings.sensitivity.${data.inForce}`) })}
          </p>
          <Radio.Group value={choice ?? null} onChange={(next) => code !== undefined && pick({ area: code, choice: next as Choice })} label={t('warnings.effect', { weeks: data.weeks })}>
            <Stack gap="sm" mt="xs">
              {data.effects.map(({ sensitivity, episodes, areas }) => (
                <div key={sensitivity} className={classes.choice}>
                  <Radio value={sensitivity} label={t(`warnings.sensitivity.${sensitivity}`)} description={t(`warnings.sensitivity_why.${sensitivity}`)} />
                  <span className={classes.effect}>
                    <span aria-hidden className={classes.bar} style={{ width: `${(100 * episodes) / most}%` }} />
                    {t('warnings.effect_episodes', { episodes: format.whole(episodes), areas: format.whole(areas), all: format.whole(data.areas) })}
                  </span>
                </div>
              ))}
              <Radio value="inherit" label={t(isRoot ? 'warnings.sensitivity_none' : 'warnings.sensitivity_inherit')} />
            </Stack>
          </Radio.Group>
          <p className={classes.small}>{t('warnings.effect_note')}</p>
          <div>
            <DisabledWithReason
              loading={saving.pending} onClick={() => void save()}
              reason={!may ? t('warnings.may_not', { roles: warningTune.roles.map((role) => t(`role.${role}`)).join(', ') }) : choice === now ? t('warnings.as_now') : undefined}
            >{t('warnings.save')}</DisabledWithReason>
          </div>
        </>
      )}
    </div>
  )
}
export default Sensitivity
