import { expect, test } from 'vitest'
import { csv } from './save-file.ts'

test('CSV that Excel opens with its tones and takes no formula from', async () => {
  const bytes = new Uint8Array(await csv([['Xã', 'Ca'], ['Vĩnh "Bảo", 6', 3], ['=1+1', null], ['-5', -5]]).arrayBuffer())
  expect([...bytes].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes)).toBe('Xã,Ca\r\n"Vĩnh ""Bảo"", 6",3\r\n\'=1+1,\r\n\'-5,-5\r\n')
})
