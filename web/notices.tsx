import { Alert, Button, Group, Modal, Progress as Bar, Stack, Text, Tooltip, type ButtonProps } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { MouseEventHandler, ReactNode } from 'react'
import type { ProblemDocument } from './api.ts'
import { useFormat, useT } from './language.tsx'
import { useSentence } from './problem-sentence.ts'
import classes from './notices.module.css'

/** A refusal in words, with every fault of its list, and what can be done about it. */
export const ProblemNotice = ({ problem, retry }: { problem: ProblemDocument | undefined; retry?: (() => void) | undefined }) => {
  const t = useT()
  const sentence = useSentence()
  if (!problem) return null
  const faults = problem.problems ?? []
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle size={18} />} className={classes.alarm}>
      <Stack gap={4} align="flex-start">
        <span>{sentence(problem)}</span>
        {faults.length > 0 && (
          <ul className={classes.faults}>
            {faults.slice(0, 10).map((fault, index) => <li key={index}>{fault.field ? `${fault.field}: ` : ''}{sentence(fault)}</li>)}
          </ul>
        )}
        {retry && <Button size="compact-sm" variant="default" onClick={retry}>{t('web.try_again')}</Button>}
      </Stack>
    </Alert>
  )
}

/** A state that must be seen but is no fault: held, estimate, no rulebook in force. */
export const Notice = ({ children, warning = false }: { children: ReactNode; warning?: boolean }) => (
  <div role="note" className={warning ? classes.warning : classes.notice}>
    {warning ? <IconAlertTriangle size={18} /> : <IconInfoCircle size={18} />}
    <div>{children}</div>
  </div>
)

/** Nothing to show, and what would fill it. */
export const EmptyState = ({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) => (
  <div className={classes.empty}>
    <Text fw={600}>{title}</Text>
    {children && <Text c="dimmed" maw={560}>{children}</Text>}
    {action}
  </div>
)

interface ProgressProps {
  readonly label: string
  /** 0…1; nothing while the end is not known. */
  readonly done: number | undefined
  /** Beside the bar: '12.000 / 50.000 dòng'. */
  readonly detail?: string
  readonly onCancel?: (() => void) | undefined
}

/** Work that takes more than a second; with `onCancel` it can be stopped. */
export const Progress = ({ label, done, detail, onCancel }: ProgressProps) => {
  const t = useT()
  const format = useFormat()
  return (
    <Stack gap={4} role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{label}</Text>
        <Text size="sm" c="dimmed" className="figures">{detail ?? (done === undefined ? '' : format.percent(done, 0))}</Text>
      </Group>
      <Group gap="sm" wrap="nowrap">
        <Bar flex={1} value={done === undefined ? 100 : done * 100} animated={done === undefined} aria-label={label} size="md" />
        {onCancel && <Button variant="default" onClick={onCancel}>{t('web.cancel')}</Button>}
      </Group>
    </Stack>
  )
}

interface ReasonedButtonProps extends ButtonProps {
  readonly children: ReactNode
  /** Why it cannot be pressed now; nothing when it can. */
  readonly reason: string | undefined
  readonly onClick?: MouseEventHandler<HTMLButtonElement>
  readonly type?: 'button' | 'submit'
}

/** A button that, when it cannot be pressed, says why to those who see, point, tab or listen. */
export const DisabledWithReason = ({ reason, onClick, type = 'button', children, ...look }: ReasonedButtonProps) => {
  if (reason === undefined) return <Button {...look} type={type} {...(onClick ? { onClick } : {})}>{children}</Button>
  return (
    <Tooltip label={reason} multiline maw={320}>
      <Button {...look} type="button" data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
        <span className={classes.hidden}> — {reason}</span>
      </Button>
    </Tooltip>
  )
}

/** Short words after an action: `say(message)`; `undo(message, onUndo)` lets it be taken back instead of asking before. */
export const useToast = (): { say: (message: string) => void; undo: (message: string, onUndo: () => void) => void } => {
  const t = useT()
  return {
    say: (message) => {
      notifications.show({ message, autoClose: 5_000, closeButtonProps: { 'aria-label': t('web.close') } })
    },
    undo: (message, onUndo) => {
      const id = notifications.show({
        autoClose: 12_000,
        closeButtonProps: { 'aria-label': t('web.close') },
        message: (
          <Group justify="space-between" wrap="nowrap">
            <span>{message}</span>
            <Button size="compact-sm" variant="light" onClick={() => {
              notifications.hide(id)
              onUndo()
            }}>{t('web.undo')}</Button>
          </Group>
        ),
      })
    },
  }
}

interface ConfirmProps {
  readonly opened: boolean
  readonly title: string
  /** Exactly what leaves: the text, the recipients, the numbers. */
  readonly children: ReactNode
  /** What the button does, as a verb: 'Công bố', 'Gửi'. */
  readonly confirm: string
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly pending?: boolean
}

/** Only for what leaves the house (publishing, orders, sending); everything else is done and can be undone. */
export const ConfirmLeaving = ({ opened, title, children, confirm, onConfirm, onClose, pending = false }: ConfirmProps) => {
  const t = useT()
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('web.close') }}>
      <Stack gap="lg">
        <div>{children}</div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button onClick={onConfirm} loading={pending} data-autofocus>{confirm}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
