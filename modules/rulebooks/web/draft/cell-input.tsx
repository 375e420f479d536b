import { Tooltip } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import classes from './draft.module.css'

interface CellInputProps {
  readonly label: string
  /** The words shown; typing in words or in FEEL. */
  readonly value: string
  readonly onCommit: (written: string) => void
  /** What is wrong with it, as a sentence. */
  readonly fault?: string | undefined
  /** What may be written here. */
  readonly hint?: string | undefined
  readonly title?: string | undefined
  /** Words over several lines. */
  readonly long?: boolean
  readonly soft?: boolean
  readonly strong?: boolean
  /** Where the cell stands, for going up and down and for finding its fault. */
  readonly at: string
}

/** Goes to the cell above or below in the same column; from the last one on, nowhere. */
const neighbour = (at: string, by: number): HTMLElement | null => {
  const [table = '', row = '0', column = ''] = at.split('/')
  return document.querySelector<HTMLElement>(`[data-at="${CSS.escape(`${table}/${Number(row) + by}/${column}`)}"]`)
}

/** One cell of a table being drafted: said in words, taken when it is left, given back by Esc. */
export const CellInput = ({ label, value, onCommit, fault, hint, title, long = false, soft = false, strong = false, at }: CellInputProps) => {
  const [typed, setTyped] = useState<string>()
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const shown = typed ?? value
  useEffect(() => setTyped(undefined), [value])
  useEffect(() => {
    if (!long || !field.current) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [long, shown])

  const commit = (): void => {
    if (typed !== undefined && typed !== value) onCommit(typed)
    else setTyped(undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && typed !== undefined) {
      event.stopPropagation()
      setTyped(undefined)
    } else if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      commit()
      neighbour(at, 1)?.focus()
    } else if (!long && !event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      commit()
      neighbour(at, event.key === 'ArrowDown' ? 1 : -1)?.focus()
    }
  }
  const Field = long ? 'textarea' : 'input'
  const input = (
    <Field
      ref={field}
      {...(long ? { rows: 1 } : {})}
      className={classes.cell}
      aria-label={label}
      aria-invalid={fault !== undefined || undefined}
      data-at={at}
      data-soft={soft || undefined}
      data-strong={strong || undefined}
      data-typed={(typed !== undefined && typed !== value) || undefined}
      title={title}
      value={shown}
      spellCheck={false}
      autoComplete="off"
      onChange={(event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value)}
      onFocus={() => field.current?.select()}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  )
  return (
    <>
      {hint === undefined ? input : <Tooltip label={hint} multiline maw={320} events={{ hover: false, focus: true, touch: true }} position="bottom-start" openDelay={400}>{input}</Tooltip>}
      {fault !== undefined && <span className={classes.fault}>{fault}</span>}
    </>
  )
}
