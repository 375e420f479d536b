import { face, textWidth } from './fonts.ts'
import { DOTS_PER_INCH, type Label, type Path, type Picture, type Point } from './picture.ts'
import { Raster } from './raster.ts'

/** The picture as a bitmap, for DOCX: every version of Word shows it. */
export const picturePng = (picture: Picture): Buffer => {
  const scale = DOTS_PER_INCH / 72
  const raster = new Raster(Math.ceil(picture.width * scale), Math.ceil(picture.height * scale))
  const at = ([x, y]: Point): Point => [x * scale, y * scale]
  for (const shape of picture.shapes) {
    if (shape.kind === 'label') raster.fill(letters(shape).map((ring) => ring.map(at)), shape.fill ?? '#000000')
    else drawPath(raster, { ...shape, rings: shape.rings.map((ring) => ring.map(at)), width: (shape.width ?? 1) * scale })
  }
  return raster.png(DOTS_PER_INCH)
}

const drawPath = (raster: Raster, { rings, closed, fill, stroke, width = 1 }: Path): void => {
  if (fill !== undefined) for (const ring of rings) raster.fill([ring], fill)
  if (stroke !== undefined) raster.fill(rings.flatMap((ring) => outline(ring, closed, width / 2)), stroke)
}

/** A line as areas that all turn the same way: a bar along each stretch, a disc where two meet. */
const outline = (ring: readonly Point[], closed: boolean, half: number): Point[][] => {
  const stretches = ring.length - (closed ? 0 : 1)
  const areas: Point[][] = []
  for (let i = 0; i < stretches; i++) {
    const [x0, y0] = ring[i] as Point
    const [x1, y1] = ring[(i + 1) % ring.length] as Point
    const length = Math.hypot(x1 - x0, y1 - y0)
    if (length === 0) continue
    const nx = (-(y1 - y0) / length) * half
    const ny = ((x1 - x0) / length) * half
    areas.push([[x0 - nx, y0 - ny], [x1 - nx, y1 - ny], [x1 + nx, y1 + ny], [x0 + nx, y0 + ny]])
    if (i > 0 || closed) areas.push(Array.from({ length: 8 }, (_, k): Point => [x0 + half * Math.cos((k * Math.PI) / 4), y0 + half * Math.sin((k * Math.PI) / 4)]))
  }
  return areas
}

/** The letters of a label as rings, curves in eight straight pieces. */
const letters = ({ text, size, at, anchor, bold }: Label): Point[][] => {
  const name = bold ? 'bold' as const : 'normal' as const
  const font = face(name)
  const scale = size / font.unitsPerEm
  const shift = anchor === 'start' ? 0 : textWidth(text, size, name) / (anchor === 'middle' ? 2 : 1)
  const rings: Point[][] = []
  const { glyphs, positions } = font.layout(text)
  let pen = at[0] - shift
  for (const [g, glyph] of glyphs.entries()) {
    const place = (x: number, y: number): Point => [pen + x * scale, at[1] - y * scale]
    let ring: Point[] = []
    let [px, py] = [0, 0]
    for (const { command, args } of glyph.path.commands) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args
      if (command === 'moveTo') {
        rings.push((ring = [place(a, b)]))
        ;[px, py] = [a, b]
      } else if (command === 'lineTo') {
        ring.push(place(a, b))
        ;[px, py] = [a, b]
      } else if (command === 'quadraticCurveTo') {
        for (let k = 1; k <= 8; k++) {
          const t = k / 8
          const u = 1 - t
          ring.push(place(u * u * px + 2 * u * t * a + t * t * c, u * u * py + 2 * u * t * b + t * t * d))
        }
        ;[px, py] = [c, d]
      } else if (command === 'bezierCurveTo') {
        for (let k = 1; k <= 8; k++) {
          const t = k / 8
          const u = 1 - t
          const [p, q, r, s] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
          ring.push(place(p * px + q * a + r * c + s * e, p * py + q * b + r * d + s * f))
        }
        ;[px, py] = [e, f]
      }
    }
    pen += (positions[g]?.xAdvance ?? 0) * scale
  }
  return rings
}
