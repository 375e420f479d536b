/** A point of a picture, in points (1/72 inch) from its top left corner. */
export type Point = readonly [x: number, y: number]

/** Lines and areas; several rings make one area (islands). */
export interface Path {
  readonly kind: 'path'
  readonly rings: readonly (readonly Point[])[]
  readonly closed: boolean
  /** `#rrggbb` */
  readonly fill?: string
  readonly stroke?: string
  /** Unit: points. */
  readonly width?: number
}

export interface Label {
  readonly kind: 'label'
  readonly at: Point
  readonly text: string
  /** Unit: points. */
  readonly size: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly bold?: boolean
  readonly fill?: string
}

/** A drawing that knows no file format: the same shapes go into the PDF as lines and into the DOCX as an image. */
export interface Picture {
  /** Unit: points. */
  readonly width: number
  readonly height: number
  /** What it shows, for those who do not see it. */
  readonly alt: string
  readonly shapes: readonly (Path | Label)[]
}

/** Resolution of bitmaps: fine enough for print, small enough for mail. */
export const DOTS_PER_INCH = 220

/** Hundredths of a point: the same numbers on every machine, and short in the archive. */
export const rounded = (n: number): number => Math.round(n * 100) / 100

export const rectangle = (x: number, y: number, width: number, height: number, look: Pick<Path, 'fill' | 'stroke' | 'width'>): Path => ({
  kind: 'path', closed: true, ...look,
  rings: [[[rounded(x), rounded(y)], [rounded(x + width), rounded(y)], [rounded(x + width), rounded(y + height)], [rounded(x), rounded(y + height)]]],
})

export const line = (points: readonly Point[], stroke: string, width: number): Path => ({
  kind: 'path', closed: false, stroke, width, rings: [points.map(([x, y]): Point => [rounded(x), rounded(y)])],
})
