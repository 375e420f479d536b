import { FONT } from './fonts.ts'
import type { Picture } from './picture.ts'

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The picture as SVG: for PDF and for the screen. `family` is what the reader has. */
export const pictureSvg = (picture: Picture, family: string = FONT): string => {
  const shapes = picture.shapes.map((shape) => {
    if (shape.kind === 'label') {
      return `<text x="${shape.at[0]}" y="${shape.at[1]}" font-size="${shape.size}" text-anchor="${shape.anchor}"${shape.bold ? ' font-weight="bold"' : ''} fill="${shape.fill ?? '#000000'}">${escaped(shape.text)}</text>`
    }
    const d = shape.rings.map((ring) => `M${ring.map(([x, y]) => `${x} ${y}`).join('L')}${shape.closed ? 'Z' : ''}`).join('')
    const stroke = shape.stroke === undefined ? '' : ` stroke="${shape.stroke}" stroke-width="${shape.width ?? 1}" stroke-linejoin="round"`
    return `<path d="${d}" fill="${shape.fill ?? 'none'}"${stroke}/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${picture.width}" height="${picture.height}" viewBox="0 0 ${picture.width} ${picture.height}" font-family="${escaped(family)}">${shapes.join('')}</svg>`
}
