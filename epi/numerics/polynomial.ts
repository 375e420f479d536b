/** c₀ + c₁x + c₂x² + … by Horner's rule. Example: `polynomial(2, [1, 0, 3]) === 13`. */
export const polynomial = (x: number, coefficients: ArrayLike<number>): number => {
  let sum = 0
  for (let n = coefficients.length - 1; n >= 0; n--) sum = sum * x + (coefficients[n] as number)
  return sum
}
