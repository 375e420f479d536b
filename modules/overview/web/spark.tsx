import classes from './overview.module.css'

const WIDTH = 104
const HEIGHT = 24
const LAST = 7

/** Four weeks as small bars from zero, the last seven darker; a day that is not known is a gap with a dot. What it says stands in the columns beside it. */
export const Spark = ({ values }: { values: readonly (number | null)[] }) => {
  const most = Math.max(1, ...values.map((one) => one ?? 0))
  const step = WIDTH / values.length
  return (
    <svg className={classes.spark} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      {values.map((value, d) => (value === null
        ? <circle key={d} cx={(d + 0.5) * step} cy={HEIGHT - 2} r={0.8} />
        : <rect key={d} data-late={d >= values.length - LAST || undefined} x={d * step + 0.4} width={step - 0.8} y={HEIGHT - (value / most) * (HEIGHT - 2)} height={(value / most) * (HEIGHT - 2)} />))}
    </svg>
  )
}
