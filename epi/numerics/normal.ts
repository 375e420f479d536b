import { demand } from './demand.ts'
import { erfc } from './error-function.ts'
import { LOG_SQRT_TWO_PI } from './log-gamma.ts'
import { polynomial } from './polynomial.ts'

// M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988), 477–484; ascending powers.
const CENTRE = {
  above: [
    3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
  ],
  below: [
    1, 4.2313330701600911252e1, 6.871870074920579083e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.930789580009271061e4, 2.8729085735721942674e4, 5.226495278852854561e3,
  ],
}
const TAIL = {
  above: [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 2.4178072517745061177e-1, 2.27238449892691845833e-2, 7.7454501427834140764e-4,
  ],
  below: [
    1, 2.05319162663775882187, 1.6763848301838038494, 6.8976733498510000455e-1,
    1.4810397642748007459e-1, 1.51986665636164571966e-2, 5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
}
const FAR_TAIL = {
  above: [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 2.9656057182850489123e-1,
    2.6532189526576123093e-2, 1.2426609473880784386e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  below: [
    1, 5.9983220655588793769e-1, 1.3692988092273580531e-1, 1.48753612908506148525e-2,
    7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
  ],
}
const ratio = (x: number, { above, below }: typeof CENTRE): number => polynomial(x, above) / polynomial(x, below)

/**
 * The share of a normal distribution at or below x: `Φ((x − mean)/sd) = ½ erfc((mean − x)/(sd √2))`. Right in relative terms in the lower tail.
 * @throws RangeError unless sd > 0.
 * @example normalCdf(1.96) ≈ 0.9750021048517795
 */
export const normalCdf = (x: number, mean = 0, sd = 1): number => {
  demand(sd > 0, 'the standard deviation of a normal distribution must be positive')
  return 0.5 * erfc(((mean - x) / sd) * Math.SQRT1_2)
}

/**
 * The x at or below which the share p of a normal distribution lies (Wichura 1988, AS 241). Relative error about 1e-16.
 * @throws RangeError unless 0 ≤ p ≤ 1 and sd > 0.
 * @example normalQuantile(0.975) ≈ 1.959963984540054
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
 * @throws RangeError unless sd > 0.
 * @example normalLogDensity(0) ≈ -0.9189385332046727
 */
export const normalLogDensity = (x: number, mean = 0, sd = 1): number => {
  demand(sd > 0, 'the standard deviation of a normal distribution must be positive')
  const z = (x - mean) / sd
  return -0.5 * z * z - Math.log(sd) - LOG_SQRT_TWO_PI
}
