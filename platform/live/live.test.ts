import { text } from 'node:stream/consumers'
import { describe, expect, test, vi } from 'vitest'
import { AreaTree, parseAreas } from '#platform/areas'
import { IndicatorChanges } from '#platform/indicators'
import { day } from '#base'
import { changesOf, subtreeAt, Touched } from './changes-of.ts'
import { joinChanges, openLive, topicsFor } from './notifier.ts'

const tree = new AreaTree(parseAreas(`id,code,level,kind,name,name_en,parent_id,valid_from,valid_to,stands_in,pos,pos_end
1,VN,country,Nước,Việt Nam,Viet Nam,,1900-01-01,,f,1,999
2,91,province,Tỉnh,Tỉnh Kiên Giang,Kien Giang,1,1900-01-01,,f,10,499
3,899,district,Thành phố,Thành phố Rạch Giá,Rach Gia,2,1900-01-01,,f,20,199
4,30730,commune,Phường,Phường Vĩnh Thanh Vân,Vinh Thanh Van,3,1900-01-01,,f,30,99
5,30733,commune,Phường,Phường Vĩnh Thanh,Vinh Thanh,3,1900-01-01,,f,100,199
`))
const area = (id: number) => tree.byId(id) ?? (() => { throw new Error(`no ${id}`) })()
const done = (areaPos: number) => ({ areaPos, touched: new Touched(), indicators: new IndicatorChanges() })

describe('what is told of a command', () => {
  test('each word of its name, for the area of its audit row and everything below', () => {
    expect(changesOf(tree, 'imports.cases', done(10))).toEqual([
      { topic: 'imports', ranges: [{ lo: 10, hi: 499 }] }, { topic: 'cases', ranges: [{ lo: 10, hi: 499 }] },
    ])
    expect(subtreeAt(tree, 0)).toEqual({ lo: 0, hi: 2_147_483_647 })
  })
  test('the areas its rules named stand in the place of the audit row’s', () => {
    const one = done(20)
    one.touched.add('figures', area(5))
    one.touched.add('figures', area(5))
    expect(changesOf(tree, 'figures.report-grid', one)).toEqual([
      { topic: 'figures', ranges: [{ lo: 100, hi: 199 }] }, { topic: 'report-grid', ranges: [{ lo: 20, hi: 199 }] },
    ])
  })
  test('counts that changed are told of where they changed, opposite changes not at all', () => {
    const one = done(30)
    const count = { day: day('2021-10-12'), disease: 'covid-19', metric: 'cases_new' }
    one.indicators.add({ ...count, areaId: 4, areaPos: 30, delta: 1 })
    one.indicators.add({ ...count, areaId: 5, areaPos: 100, delta: 1 })
    one.indicators.add({ ...count, areaId: 5, areaPos: 100, delta: -1 })
    expect(changesOf(tree, 'cases.transfer', one).at(-1)).toEqual({ topic: 'indicators', ranges: [{ lo: 30, hi: 99 }] })
  })
})

test('a reader is told what concerns the own ranges only', () => {
  const changes = joinChanges([
    { topic: 'figures', ranges: [{ lo: 100, hi: 199 }] }, { topic: 'cases', ranges: [{ lo: 30, hi: 30 }] }, { topic: 'figures', ranges: [{ lo: 20, hi: 110 }] },
  ])
  expect(changes).toEqual([{ topic: 'figures', ranges: [{ lo: 20, hi: 199 }] }, { topic: 'cases', ranges: [{ lo: 30, hi: 30 }] }])
  expect(topicsFor(changes, [{ lo: 30, hi: 99 }])).toEqual(['cases', 'figures'])
  expect(topicsFor(changes, [{ lo: 100, hi: 199 }])).toEqual(['figures'])
  expect(topicsFor(changes, [{ lo: 300, hi: 400 }])).toEqual([])
})

describe('the stream', () => {
  const everywhere = [{ lo: 0, hi: 1000 }]
  const figures = [{ topic: 'figures', ranges: [{ lo: 5, hi: 5 }] }]
  test('is told at once, then no oftener than the pause allows, and misses nothing', async () => {
    const live = openLive({ pause: 60 })
    const stream = live.watch(everywhere, async () => everywhere)
    live.tell('1', figures)
    for (let n = 0; n < 10; n++) {
      live.tell(`2.${n}`, [{ topic: n === 9 ? 'levels' : 'cases', ranges: everywhere }])
      await new Promise((next) => setTimeout(next, 2))
    }
    await new Promise((next) => setTimeout(next, 100))
    live.close()
    const said = [...(await text(stream)).matchAll(/data: (.*)/g)].map((found) => JSON.parse(found[1] as string).topics)
    // The first may have taken some of the burst along; all of it comes within two more.
    expect(said.length).toBeLessThanOrEqual(3)
    expect([...new Set(said.flat())].toSorted()).toEqual(['cases', 'figures', 'levels'])
    expect(live.watchers()).toBe(0)
  })
  test('tells a newcomer of what was told just now', async () => {
    const live = openLive()
    live.tell('1', figures)
    await new Promise((next) => setTimeout(next, 20))
    const stream = live.watch(everywhere, async () => everywhere)
    const elsewhere = live.watch([{ lo: 50, hi: 60 }], async () => everywhere)
    live.close()
    expect(await text(stream)).toContain('{"topics":["figures"]}')
    expect(await text(elsewhere)).not.toContain('data:')
  })
  test('ends when the session is over, and goes on with the rights of now', async () => {
    const live = openLive({ heartbeat: 20, pause: 0 })
    const gone = live.watch(everywhere, async () => undefined)
    const narrowed = live.watch(everywhere, async () => [{ lo: 900, hi: 1000 }])
    const shaken = live.watch(everywhere, async () => Promise.reject(new Error('no database')))
    let read = ''
    for (const stream of [narrowed, shaken]) stream.on('data', (part: Buffer) => (read += part.toString()))
    expect(await text(gone)).toContain('retry')
    live.tell('1', figures)
    await vi.waitFor(() => expect(read).toContain('figures'))
    expect(read.match(/figures/g)).toHaveLength(1)
    live.close()
  })
  test('remembers what it was told of', () => {
    const live = openLive()
    live.tell('a', [])
    live.tell('c', figures)
    expect([live.knows('a'), live.knows('b')]).toEqual([true, false])
    expect([live.version(), live.version(['figures', 'cases']), live.version(['cases'])]).toEqual([2, 1, 0])
    live.close()
  })
})
