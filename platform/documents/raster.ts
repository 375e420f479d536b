import { crc32, deflateSync } from 'node:zlib'
import type { Point } from './picture.ts'

/**
 * A bitmap that areas are filled into, their edges smoothed by the share of each pixel they cover (signed areas, accumulated along the
 * row: R. Levien, font-rs). Lines and letters are areas too. Nothing of the machine takes part: the same picture gives the same bytes.
 */
export class Raster {
  readonly width: number
  readonly height: number
  readonly #pixels: Uint8Array
  readonly #cover: Float64Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.#pixels = new Uint8Array(width * height * 3).fill(255)
    this.#cover = new Float64Array(width * height + 1)
  }

  /** Fills rings (each closed by itself) with a colour `#rrggbb`; where they overlap once, not twice. */
  fill(rings: Iterable<readonly Point[]>, colour: string): void {
    let [top, bottom, left, right] = [this.height, 0, this.width, 0]
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i++) {
        const [x0, y0] = ring[i] as Point
        const [x1, y1] = ring[(i + 1) % ring.length] as Point
        top = Math.min(top, Math.floor(Math.min(y0, y1)))
        bottom = Math.max(bottom, Math.ceil(Math.max(y0, y1)))
        left = Math.min(left, Math.floor(x0))
        right = Math.max(right, Math.ceil(x0) + 1)
        this.#edge(x0, y0, x1, y1)
      }
    }
    this.#blend({ top: Math.max(0, top), bottom: Math.min(this.height, bottom), left: Math.max(0, Math.min(left, this.width - 1)), right: Math.min(this.width, right) }, colour)
  }

  #edge(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return
    const down = y0 < y1 ? 1 : -1
    const [ax, ay, bx, by] = down > 0 ? [x0, y0, x1, y1] : [x1, y1, x0, y0]
    const slope = (bx - ax) / (by - ay)
    const last = this.width - 1
    for (let row = Math.max(0, Math.floor(ay)); row < Math.min(this.height, Math.ceil(by)); row++) {
      const from = Math.max(row, ay)
      const to = Math.min(row + 1, by)
      const amount = (to - from) * down
      const xa = Math.min(last, Math.max(0, ax + (from - ay) * slope))
      const xb = Math.min(last, Math.max(0, ax + (to - ay) * slope))
      const [left, right] = xa < xb ? [xa, xb] : [xb, xa]
      const first = Math.floor(left)
      const end = Math.ceil(right)
      const at = row * this.width
      if (end <= first + 1) {
        const share = (left + right) / 2 - first
        this.#add(at + first, amount * (1 - share))
        this.#add(at + first + 1, amount * share)
        continue
      }
      // The edge crosses several pixels of the row: each gets the part of the area to its right.
      const per = amount / (right - left)
      let before = 0
      for (let x = first; x < end; x++) {
        const l = Math.max(left, x)
        const r = Math.min(right, x + 1)
        const covered = per * (r - l) * (x + 1 - (l + r) / 2)
        const whole = per * (r - l)
        this.#add(at + x, covered + before)
        before = whole - covered
      }
      this.#add(at + end, before)
    }
  }

  #add(index: number, amount: number): void {
    this.#cover[index] = (this.#cover[index] as number) + amount
  }

  #blend({ top, bottom, left, right }: { top: number; bottom: number; left: number; right: number }, colour: string): void {
    const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    for (let row = top; row < bottom; row++) {
      let sum = 0
      for (let x = left; x < right; x++) {
        const index = row * this.width + x
        sum += this.#cover[index] as number
        const alpha = Math.min(1, Math.abs(sum))
        if (alpha < 1 / 512) continue
        for (let c = 0; c < 3; c++) {
          const old = this.#pixels[index * 3 + c] as number
          this.#pixels[index * 3 + c] = Math.round(old + ((channels[c] as number) - old) * alpha)
        }
      }
      // The sum closes in the column after the last: it is cleared with the others.
      this.#cover.fill(0, row * this.width + left, row * this.width + right + 1)
    }
  }

  /** PNG (ISO/IEC 15948), 8-bit RGB. `dotsPerInch` tells programs its size on paper. */
  png(dotsPerInch: number): Buffer {
    const stride = this.width * 3
    const raw = Buffer.alloc((stride + 1) * this.height)
    for (let row = 0; row < this.height; row++) raw.set(this.#pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1)
    const perMetre = Math.round(dotsPerInch / 0.0254)
    const header = Buffer.from([...int(this.width), ...int(this.height), 8, 2, 0, 0, 0])
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header),
      chunk('pHYs', Buffer.from([...int(perMetre), ...int(perMetre), 1])), chunk('IDAT', deflateSync(raw, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
    ])
  }
}

const int = (n: number): number[] => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([Buffer.from(int(data.length)), body, Buffer.from(int(crc32(body)))])
}
