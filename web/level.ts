/** Colours of the law (1 green, 2 yellow, 3 orange, 4 red), tuned so that they differ in lightness and not in hue alone. */
export interface LevelColour {
  readonly fill: string
  /** Readable on `fill` at AA. */
  readonly ink: string
  readonly edge: string
}

const COLOURS: Readonly<Record<number, LevelColour>> = {
  1: { fill: '#3fae8c', ink: '#07211a', edge: '#1d6e57' },
  2: { fill: '#f5dc5f', ink: '#2b2400', edge: '#8f7a10' },
  3: { fill: '#ea8a2f', ink: '#2a1400', edge: '#9a520c' },
  4: { fill: '#a81e2c', ink: '#ffffff', edge: '#6f0f19' },
}
const UNKNOWN: LevelColour = { fill: '#c6cfcf', ink: '#161e1e', edge: '#5a6868' }

/** The colour of a level; grey (to be hatched) where the level is not known. */
export const levelColour = (level: number | null | undefined): LevelColour => COLOURS[level ?? 0] ?? UNKNOWN

/** A shape for each level in a 24 × 24 box: circle, square, diamond, octagon. */
export const LEVEL_SHAPES: Readonly<Record<number, string>> = {
  1: 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z',
  2: 'M4 3h16a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z',
  3: 'M12 .8L23.2 12L12 23.2L.8 12z',
  4: 'M7.7 1.5h8.6L22.5 7.7v8.6L16.3 22.5H7.7L1.5 16.3V7.7z',
}
