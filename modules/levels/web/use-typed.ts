import { useEffect, useRef, useState } from 'react'

/** The reader stopped typing: the address follows. Unit: milliseconds. */
const PAUSE = 250

/** A text of the address that can be typed without waiting for it: the field follows the keys, the address follows the field. */
export const useTyped = (value: string, keep: (value: string) => void): readonly [string, (value: string) => void] => {
  const [text, setText] = useState(value)
  const kept = useRef(value)
  useEffect(() => {
    // Changed from elsewhere: back, a link, a filter taken away.
    if (value !== kept.current) setText(value)
    kept.current = value
  }, [value])
  useEffect(() => {
    if (text === kept.current) return
    const timer = setTimeout(() => {
      kept.current = text
      keep(text)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return [text, setText]
}
