import { Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf, PlainDate } from '#base'
import { AreaPicker, ProblemNotice, useActor, useAreas, useGo, useSend, useT } from '#web'
import { beginDraft, listDrafts, type getRulebook } from '../../contract.ts'

type Shown = AnswerOf<typeof getRulebook>['rulebook']

/** Begins a draft from a rulebook: an amendment, or a stricter variant of an area. */
export const BeginDraft = ({ rulebook, opened, onClose }: { rulebook: Shown; opened: boolean; onClose: () => void }) => {
  const t = useT()
  const go = useGo()
  const on = rulebook.validFrom as PlainDate
  const areas = useAreas(on)
  const own = useActor()?.grants[0]?.areaId
  const beginning = useSend(beginDraft, { invalidates: [listDrafts] })
  const [kind, setKind] = useState<'rule' | 'variant'>(rulebook.kind)
  const [area, setArea] = useState<string>()
  const chosen = area ?? (own === undefined ? undefined : areas.byId(own)?.code) ?? areas.roots[0]?.code
  const begin = async (): Promise<void> => {
    const begun = await beginning.send({ body: { rulebook: `${rulebook.id}@${rulebook.version}`, kind, ...(chosen === undefined ? {} : { area: chosen }) } })
    if (begun.ok) go(`/rulebooks/drafts/${begun.value.id}`)
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('rulebooks.begin')} size="lg" closeButtonProps={{ 'aria-label': t('web.close') }}>
      <Stack gap="md">
        {rulebook.kind === 'rule' && (
          <Radio.Group label={t('rulebooks.begin_kind')} value={kind} onChange={(next) => setKind(next as typeof kind)}>
            <Stack gap="sm" mt={4}>
              <Radio value="rule" label={t('rulebooks.kind_rule')} description={t('rulebooks.kind_rule_about')} />
              <Radio value="variant" label={t('rulebooks.kind_variant')} description={t('rulebooks.kind_variant_about')} />
            </Stack>
          </Radio.Group>
        )}
        <AreaPicker label={t('rulebooks.begin_area')} on={on} value={chosen} levels={['province', 'district', 'commune']} onChange={(next) => setArea(next?.code)} />
        <ProblemNotice problem={beginning.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button loading={beginning.pending} onClick={() => void begin()} data-autofocus>{t('rulebooks.begin_now')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
