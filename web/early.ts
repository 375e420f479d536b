import type { Endpoint } from '#base'
import { address, type InputOf } from './href.ts'

/** An answer nobody has taken by then is too old to be shown as new. Unit: milliseconds. */
const GOOD_FOR = 10_000

const asked = new Map<string, Promise<Response>>()

/** Asks while the code that will show the answer is still on its way. This file imports nothing heavy: it runs first. */
export const askEarly = <E extends Endpoint>(endpoint: E, input: InputOf<E>): void => {
  const url = address(endpoint, input)
  const answer = fetch(url, { headers: { accept: 'application/json' } })
  asked.set(url, answer)
  answer.catch(() => undefined)
  setTimeout(() => asked.delete(url), GOOD_FOR)
}

/** What was asked early, once; nothing where it was not, or no answer came: then it is asked as ever. */
export const askedEarly = async (url: string): Promise<Response | undefined> => {
  const answer = asked.get(url)
  asked.delete(url)
  const response = await answer?.catch(() => undefined)
  // Nobody is signed in: what else was asked was refused too, and is nothing for who signs in next.
  if (response?.status === 401) asked.clear()
  return response
}
