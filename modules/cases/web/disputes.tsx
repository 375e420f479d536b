import { Radio, Stack, Table, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Instant } from '#base'
import { DisabledWithReason, useAreas, useFormat, useT } from '#web'
import classes from './cases.module.css'
import type { Draft } from './draft.ts'
import { FIELDS, type FieldName } from './fields.ts'

export interface Dispute {
  readonly mine: Draft
  readonly theirs: Draft
  /** Fields that both changed. */
  readonly fields: readonly FieldName[]
  readonly by: string
  readonly at: Instant
}

interface DisputesProps {
  readonly dispute: Dispute
  readonly names: ReadonlyMap<string, string>
  readonly onSettled: (chosen: Partial<Draft>) => void
}

/** Fields that two people changed: mine or theirs, one by one; nothing is overwritten unseen. */
export const Disputes = ({ dispute, names, onSettled }: DisputesProps) => {
  const t = useT()
  const format = useFormat()
  const areas = useAreas()
  const [chosen, setChosen] = useState<Partial<Record<FieldName, 'mine' | 'theirs'>>>({})
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const open = dispute.fields.filter((name) => chosen[name] === undefined).length
  const text = (name: FieldName, draft: Draft): string => {
    const value = draft[name]
    if (value === '') return t('cases.not_known')
    const field = FIELDS.find((one) => one.name === name)
    if (field?.kind === 'choice') return t(`cases.${name}.${value}`)
    return field?.kind === 'area' ? (areas.byId(Number(value))?.name ?? names.get(value) ?? value) : value
  }
  return (
    <Stack gap="sm" className={classes.disputes} role="group" aria-labelledby="disputes">
      <h2 id="disputes" ref={head} tabIndex={-1}>{t('cases.disputed')}</h2>
      <Text>{t('cases.disputed_about', { by: dispute.by, at: format.instant(dispute.at) })}</Text>
      <Table>
        <Table.Thead>
          <Table.Tr><Table.Th>{t('cases.field_name')}</Table.Th><Table.Th>{t('cases.mine')}</Table.Th><Table.Th>{t('cases.theirs', { by: dispute.by })}</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {dispute.fields.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{t(`cases.field.${name}`)}</Table.Th>
              {(['mine', 'theirs'] as const).map((side) => (
                <Table.Td key={side}>
                  <Radio
                    name={`disputed ${name}`} label={text(name, dispute[side])} checked={chosen[name] === side}
                    aria-label={`${t(`cases.field.${name}`)}: ${text(name, dispute[side])} (${side === 'mine' ? t('cases.mine') : t('cases.theirs', { by: dispute.by })})`}
                    onChange={() => setChosen({ ...chosen, [name]: side })}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <div>
        <DisabledWithReason
          reason={open > 0 ? t('cases.choose_each', { count: open }) : undefined}
          onClick={() => onSettled(Object.fromEntries(dispute.fields.map((name) => [name, dispute[chosen[name] ?? 'mine'][name]])))}
        >{t('cases.settle')}</DisabledWithReason>
      </div>
    </Stack>
  )
}
