import { ActionIcon, Button, Group, Menu, Select, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconPlus, IconRowInsertBottom, IconTrash } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { Confidence, Decision, DecisionModel, DecisionTable } from '#decisions'
import { useLanguage, useT } from '#web'
import bookClasses from '../rulebook.module.css'
import { addRow, moveRow, removeRow, setAnnotation, setCell, setProvenance } from '../edit-model.ts'
import { CellInput } from './cell-input.tsx'
import classes from './draft.module.css'
import { useColumns } from './use-columns.ts'
import type { DraftEditor } from './use-draft-editor.ts'
import type { Fault } from './use-faults.ts'

interface TableEditorProps {
  readonly model: DecisionModel
  readonly decision: Decision
  readonly table: DecisionTable
  readonly edit: DraftEditor['edit']
  readonly faults: readonly Fault[]
}

const CONFIDENCES: readonly Confidence[] = ['found', 'recalled', 'province']

/** The cell of a place in the page, for going to it. */
export const goToCell = (table: string, row: number, column: number): void => {
  const place = CSS.escape(`${table}/${row - 1}/${column - 1}`)
  const cell = document.querySelector<HTMLElement>(`[data-at="${place}"]`) ?? document.getElementById(`draft-${table}`)
  cell?.scrollIntoView({ block: 'center' })
  cell?.focus({ preventScroll: true })
}

/** One decision table being drafted: cells in words, rows added, moved and taken away, clause, source and confidence of each. */
export const TableEditor = ({ model, decision, table, edit, faults }: TableEditorProps) => {
  const t = useT()
  const { language } = useLanguage()
  const columns = useColumns(model, table)
  const { name } = decision
  const label = (language === 'en' && decision.labelEn) || decision.label
  const faultAt = (row: number, column: number): string | undefined =>
    faults.find((fault) => fault.row === row + 1 && fault.column === column + 1)?.sentence
  const ofRow = (row: number): string | undefined => faults.find((fault) => fault.row === row + 1 && fault.column === undefined)?.sentence
  const asked = table.inputs.length
  const notes = table.annotations.length === 2 ? [t('rulebooks.explained_vi'), t('rulebooks.explained_en')] : table.annotations
  const onKeyDown = (row: number) => (event: KeyboardEvent): void => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const to = row + (event.key === 'ArrowUp' ? -1 : 1)
      edit(moveRow(name, row, to))
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
      event.preventDefault()
      edit(addRow(name, row, false))
    }
  }
  return (
    <section className={bookClasses.table} aria-label={label} id={`draft-${name}`} tabIndex={-1}>
      <h2 className={bookClasses.title}>{label}</h2>
      <p className={bookClasses.policy}>{t(`rulebooks.policy.${table.hitPolicy}`)}</p>
      <div className={`${bookClasses.frame} ${classes.frame}`}>
        <table>
          <thead>
            <tr>
              <th scope="col" className={bookClasses.number}>{t('rulebooks.row')}</th>
              {columns.map((column, i) => <th key={i} scope="col" className={i >= asked ? bookClasses.answer : undefined}>{column.label}</th>)}
              {notes.map((note) => <th key={note} scope="col">{note}</th>)}
              <th scope="col">{t('rulebooks.clause')}</th>
              <th scope="col">{t('rulebooks.source')}</th>
              <th scope="col">{t('rulebooks.confidence')}</th>
              <th scope="col"><span className={classes.hidden}>{t('rulebooks.row_actions')}</span></th>
            </tr>
          </thead>
          <tbody>
            {table.rules.map((rule, row) => (
              <tr key={rule.id ?? row} onKeyDown={onKeyDown(row)} data-fault={ofRow(row) !== undefined || undefined}>
                <th scope="row" className={bookClasses.number}>{row + 1}</th>
                {columns.map((column, i) => {
                  const entry = i < asked ? rule.when[i] : rule.gives[i - asked]
                  const feel = entry?.text ?? ''
                  return (
                    <td key={i} className={i >= asked ? bookClasses.answer : undefined}>
                      <CellInput
                        at={`${name}/${row}/${i}`} label={t('rulebooks.cell_of', { row: row + 1, column: column.label })}
                        value={i >= asked && feel === '' ? '' : column.say(feel)} title={feel}
                        soft={i < asked && (feel === '-' || feel === '')} strong={i >= asked} fault={faultAt(row, i)} hint={t('rulebooks.cell_hint', { examples: column.examples.join('; ') })}
                        onCommit={(written) => edit(setCell(name, row, i, i >= asked && written.trim() === '' ? '' : column.read(written)))}
                      />
                    </td>
                  )
                })}
                {notes.map((note, i) => (
                  <td key={note} className={classes.note}>
                    <CellInput
                      long at={`${name}/${row}/n${i}`} label={t('rulebooks.cell_of', { row: row + 1, column: note })} value={rule.annotations[i] ?? ''}
                      onCommit={(written) => edit(setAnnotation(name, row, i, written, table.annotations.length))}
                    />
                  </td>
                ))}
                {(['clause', 'source'] as const).map((part) => (
                  <td key={part} className={classes.origin}>
                    <CellInput
                      long at={`${name}/${row}/${part}`} label={t('rulebooks.cell_of', { row: row + 1, column: t(`rulebooks.${part}`) })} value={rule.provenance[part] ?? ''}
                      onCommit={(written) => edit(setProvenance(name, row, { [part]: written.trim() || null }))}
                    />
                  </td>
                ))}
                <td className={classes.sure}>
                  <Select
                    size="xs" variant="unstyled" aria-label={t('rulebooks.cell_of', { row: row + 1, column: t('rulebooks.confidence') })} allowDeselect={false}
                    value={rule.provenance.confidence} data={CONFIDENCES.map((value) => ({ value, label: t(`rulebooks.sure.${value}`) }))}
                    onChange={(value) => edit(setProvenance(name, row, { confidence: value as Confidence | null }))}
                    comboboxProps={{ width: 220, position: 'bottom-end' }}
                  />
                  {[...rule.when, ...rule.gives].some((entry) => entry.provenance.confidence !== null && entry.provenance.confidence !== rule.provenance.confidence) && (
                    <span className={bookClasses.unconfirmed} title={t('rulebooks.cells_changed_about')}>{t('rulebooks.cells_changed')}</span>
                  )}
                </td>
                <td className={classes.buttons}>
                  <Menu position="bottom-end" width={240}>
                    <Menu.Target>
                      <ActionIcon variant="subtle" aria-label={t('rulebooks.row_menu', { row: row + 1 })}><IconDots size={16} /></ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item leftSection={<IconRowInsertBottom size={16} />} onClick={() => edit(addRow(name, row, false))}>{t('rulebooks.row_add')}</Menu.Item>
                      <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => edit(addRow(name, row, true))}>{t('rulebooks.row_copy')}</Menu.Item>
                      <Menu.Item leftSection={<IconArrowUp size={16} />} disabled={row === 0} onClick={() => edit(moveRow(name, row, row - 1))}>{t('rulebooks.row_up')}</Menu.Item>
                      <Menu.Item leftSection={<IconArrowDown size={16} />} disabled={row === table.rules.length - 1} onClick={() => edit(moveRow(name, row, row + 1))}>{t('rulebooks.row_down')}</Menu.Item>
                      <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => edit(removeRow(name, row))}>{t('rulebooks.row_remove')}</Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Group gap="sm" mt={4} className="no-print">
        <Tooltip label={t('rulebooks.row_add_about')}>
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => edit(addRow(name, table.rules.length - 1, false))}>{t('rulebooks.row_add_last')}</Button>
        </Tooltip>
      </Group>
      <TableFaults faults={faults} columns={asked + table.outputs.length} />
    </section>
  )
}

/** What is wrong with the table as a whole: rows that hold together, cases no row holds for. Faults of cells stand in their cells. */
const TableFaults = ({ faults, columns }: { faults: readonly Fault[]; columns: number }) => {
  const whole = faults.filter((fault) => fault.column === undefined || fault.row === 0 || fault.column > columns)
  if (whole.length === 0) return null
  return (
    <ul className={classes.faults}>
      {whole.map((fault) => <li key={fault.sentence} data-warning={fault.warning || undefined}>{fault.sentence}</li>)}
    </ul>
  )
}
