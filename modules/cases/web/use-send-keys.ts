import { useEffect, useRef } from 'react'
import { useKeys } from '#web'

/** Ctrl-S and Ctrl-Enter send the form, from inside its fields too. */
export const useSendKeys = (send: () => void): void => {
  const latest = useRef(send)
  latest.current = send
  useKeys([{ keys: 'mod+S', does: 'cases.key_send' }, { keys: 'mod+Enter', does: 'cases.key_send' }])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.repeat || (event.key.toLowerCase() !== 's' && event.key !== 'Enter')) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
