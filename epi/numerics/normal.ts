import { demand } from './demand.ts'
import { erfc } from './error-function.ts'
import { LOG_SQRT_TWO_PI } from './log-gamma.ts'
import { polynomial } from './polynomial.ts'

// M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988), 477–484; ascending
// powers.
const CENTRE = {
  above: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087, 33430.57558358813,
    2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
    5226.495278852854,
  ],
}
const TAIL = {
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
    0.022723844989269184, 0.0007745450142783414,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457, 0.0005475938084995345,
    1.0507500716444169e-9,
  ],
}
const FAR_TAIL = {
  above: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124, 0.0012426609473880784,
    2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  below: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5, 1.421511758316446e-7,
    2.0442631033899397e-15,
  ],
}
const ratio = (x: number, { above, below }: typeof CENTRE): number => polynomial(x, above) / polynomial(x, below)

/**
 * The share of a normal distribution at or below x: `Φ((x − mean)/sd) = ½ erfc((mean − x)/(sd √2))`. Right in relative terms in the lower
 * tail.
 * Throws RangeError unless sd > 0.
 * Example: `normalCdf(1.96) ≈ 0.9750021048517795`.
 */
export const normalCdf = (x: number, mean = 0, sd = 1): number => {
  demand(sd > 0, 'the standard deviation of a normal distribution must be positive')
  return 0.5 * erfc(((mean - x) / sd) * Math.SQRT1_2)
}

/**
 * The x at or below which the share p of a normal distribution lies (Wichura 1988, AS 241). Relative error about 1e-16.
 * Throws RangeError unless 0 ≤ p ≤ 1 and sd > 0.
 * Example: `normalQuantile(0.975) ≈ 1.959963984540054`.
 */
export const normalQuantile = (p: number, mean = 0, sd = 1): number => {
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  demand(sd > 0, 'the standard deviation of a normal distribution must be positive')
  return mean + sd * standardQuantile(p)
}

const standardQuantile = (p: number): number => {
  const fromCentre = p - 0.5
  if (Math.abs(fromCentre) <= 0.425) return fromCentre * ratio(0.180625 - fromCentre * fromCentre, CENTRE)
  const r = Math.sqrt(-Math.log(fromCentre < 0 ? p : 1 - p))
  const size = r === Infinity ? Infinity : r <= 5 ? ratio(r - 1.6, TAIL) : ratio(r - 5, FAR_TAIL)
  return fromCentre < 0 ? -size : size
}

/**
 * The logarithm of the normal density at x: `−½((x − mean)/sd)² − ln sd − ½ ln 2π`.
 * Throws RangeError unless sd > 0.
 * Example: `normalLogDensity(0) ≈ -0.9189385332046727`.
 */
export const normalLogDensity = (x: number, mean = 0, sd = 1): number => {
  demand(sd > 0, 'the standard deviation of a normal distribution must be positive')
  const z = (x - mean) / sd
  return -0.5 * z * z - Math.log(sd) - LOG_SQRT_TWO_PI
}
