import { polynomial } from './polynomial.ts'

// W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969), 631–637; ascending powers.
const SMALL = {
  above: [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315],
  below: [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1],
}
const MIDDLE = {
  above: [
    1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001, 66.11919063714163, 8.883149794388377,
    0.5641884969886701, 2.1531153547440383e-8,
  ],
  below: [
    1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903, 537.1811018620099, 117.6939508913125,
    15.744926110709835, 1,
  ],
}
const LARGE = {
  above: [0.0006587491615298378, 0.016083785148742275, 0.12578172611122926, 0.36034489994980445, 0.30532663496123236, 0.016315387137302097],
  below: [0.0023352049762686918, 0.06051834131244132, 0.5279051029514285, 1.8729528499234604, 2.568520192289822, 1],
}
type Rational = typeof SMALL
const ratio = (x: number, { above, below }: Rational): number => polynomial(x, above) / polynomial(x, below)

const SMALL_TO = 0.46875
const MIDDLE_TO = 4
/** Beyond, erfc is less than the smallest number. */
const VANISHES_FROM = 28
const INVERSE_SQRT_PI = 1 / Math.sqrt(Math.PI)

/** e^(−y²) with y split, so that the error of squaring does not grow with y². */
const gaussian = (y: number): number => {
  const coarse = Math.trunc(y * 16) / 16
  return Math.exp(-coarse * coarse) * Math.exp(-(y - coarse) * (y + coarse))
}

/** erfc(y) for y above 0.46875. */
const upper = (y: number): number => {
  if (y > VANISHES_FROM) return 0
  if (y <= MIDDLE_TO) return gaussian(y) * ratio(y, MIDDLE)
  const inverseSquare = 1 / (y * y)
  return (gaussian(y) / y) * (INVERSE_SQRT_PI - inverseSquare * ratio(inverseSquare, LARGE))
}

/**
 * The error function, `erf(x) = 2/√π ∫₀ˣ e^(−t²) dt` (Cody 1969). Relative error about 1e-16.
 * Example: `erf(1) ≈ 0.8427007929497149`.
 */
export const erf = (x: number): number => {
  const y = Math.abs(x)
  if (y <= SMALL_TO) return x * ratio(x * x, SMALL)
  return x < 0 ? upper(y) - 1 : 1 - upper(y)
}

/**
 * The complementary error function, `erfc(x) = 1 − erf(x)`, without cancellation in the upper tail (Cody 1969). Relative error about 1e-16.
 * Example: `erfc(5) ≈ 1.5374597944280349e-12`.
 */
export const erfc = (x: number): number => {
  const y = Math.abs(x)
  if (y <= SMALL_TO) return 1 - x * ratio(x * x, SMALL)
  return x < 0 ? 2 - upper(y) : upper(y)
}
