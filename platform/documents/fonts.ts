import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { openSync, type Font } from 'fontkit'

/** Tinos (SIL OFL 1.1) has the widths of Times New Roman and all of Vietnamese: what is embedded in PDF. In DOCX the font is named, as Annex I.4 wants. */
export const FONT = 'Tinos'
export const WORD_FONT = 'Times New Roman'

const HOME = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'))
const file = (face: string): string => join(HOME, face, `Tinos_${face}.ttf`)

export const FONT_FILES = {
  normal: file('400Regular'), bold: file('700Bold'), italics: file('400Regular_Italic'), bolditalics: file('700Bold_Italic'),
} as const

const opened = new Map<keyof typeof FONT_FILES, Font>()
/** A face, read once. */
export const face = (name: keyof typeof FONT_FILES): Font => {
  let font = opened.get(name)
  if (!font) opened.set(name, (font = openSync(FONT_FILES[name]) as Font))
  return font
}

/** Width of a line of text. Unit: points. */
export const textWidth = (text: string, size: number, name: keyof typeof FONT_FILES): number => {
  const font = face(name)
  return (font.layout(text).advanceWidth / font.unitsPerEm) * size
}
