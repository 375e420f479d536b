import { copyOf, type Assessment, type Level } from './assess.ts'

const LEVELS: readonly Level[] = [1, 2, 3, 4]

/** The levels an assessment leaves open: all of them where they could not be told. */
const openTo = ({ possible }: Assessment): readonly Level[] => (possible.length > 0 ? possible : LEVELS)

/**
 * The rule and a stricter variant beside it: the higher level counts (R14). Where one of the two decides whatever the other turns out to be, its
 * assessment is the answer; else every level that the higher of both can still be stays open.
 */
export const stricterOf = (rule: Assessment, variant: Assessment): Assessment => {
  if (!rule.rulebook) return variant
  const highestOf = (one: Assessment): Level => openTo(one).reduce((high, level) => (level > high ? level : high), 1)
  const beside = (one: Assessment, other: Assessment): Assessment => copyOf(one, { beside: [...one.beside, other, ...other.beside] })
  if (rule.level !== null && rule.level >= highestOf(variant)) return beside(rule, variant)
  if (variant.level !== null && variant.level >= highestOf(rule)) return beside(variant, rule)
  const possible = LEVELS.filter((level) => openTo(rule).some((a) => openTo(variant).some((b) => Math.max(a, b) === level)))
  const both = (names: (one: Assessment) => readonly string[]): string[] => [...new Set([...names(rule), ...names(variant)])]
  return {
    ...beside(rule, variant),
    inputs: { ...variant.inputs, ...rule.inputs },
    level: possible.length === 1 ? (possible[0] as Level) : null,
    possible,
    missing: both((one) => one.missing), decisive: both((one) => one.decisive), held: both((one) => one.held),
    because: [],
    undetermined: rule.undetermined ?? variant.undetermined,
  }
}
