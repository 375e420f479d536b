/**
 * Throws `RangeError` with the sentence unless the condition holds: a bad argument is a bug of the caller. Example:
 * `demand(size > 0, 'size must be positive')`.
 */
export function demand(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new RangeError(sentence)
}
