import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { nameKey } from '#base'
import { newId } from '#platform/clock'
import { sql } from '#platform/db'
import type { LoadOrder, LoadResult, LoadStart } from './load.ts'
import { peakMegabytes, percentile, round, TRIES, versions, type BenchOptions, type Outcome } from './outcome.ts'
import { openBenchProduct, type BenchProduct } from './product.ts'
import { communesOf, FROM, PROVINCE } from './season.ts'

const TARGET = 0.45
const CLIENTS = 16
/** Requests a measurement. */
const REQUESTS = 10_000
/** Before anything is measured: programs are compiled, connections made, plans cached. */
const WARM_UP = 0.3

interface Load {
  readonly send: (order: LoadOrder) => Promise<LoadResult>
  readonly end: () => void
}

const startLoad = async (start: LoadStart): Promise<Load> => {
  const child: ChildProcess = fork(`${import.meta.dirname}/load.ts`)
  const answer = once(child, 'message')
  child.send(start)
  await answer
  return {
    send: async (order) => {
      const result = once(child, 'message') as Promise<[LoadResult]>
      child.send(order)
      const [sent] = await result
      if (sent.failures.length > 0) throw new Error(`${order.path}: ${sent.failures.join('\n')}`)
      return sent
    },
    end: () => child.kill(),
  }
}

/** What a report brings, as the load sends it. */
interface Report {
  readonly fullName: string
  readonly birthOn: string
  readonly sex: string
  readonly nationalId: string
  readonly phone: string
  readonly areaCode: string
  readonly onsetOn: string
  readonly reportedOn: string
  readonly detectionSource: string
  readonly severity: string
  readonly currentAddress: string
  readonly sender: string
  readonly senderNumber: string
}

/** Every column of a case a report fills, in the order of `valuesOf`. */
const FILLED = [
  'id', 'number', 'disease', 'person_id', 'full_name', 'name_key', 'birth_on', 'birth_year', 'sex', 'national_id', 'phone', 'current_address', 'area_id',
  'area_pos', 'province_id', 'district_id', 'commune_id', 'onset_on', 'reported_on', 'diagnosis', 'detection_source', 'severity', 'sender', 'sender_number',
  'recorded_at', 'changed_at', 'changed_by', 'command_id',
] as const

/** Bare Fastify beside the product: `/insert` is one INSERT into an identical table. */
const openBare = async ({ app, pool }: BenchProduct): Promise<{ port: number; close: () => Promise<void> }> => {
  await app.database.owner(async (tx) => {
    await tx.run(sql`create table bare_case (like case_record including all) with (fillfactor = 80)`)
    await tx.run(sql`grant select, insert on bare_case to luytre_app`)
  })
  const connections = await pool(CLIENTS, 'app')
  const tree = app.areas.tree()
  const areas = new Map(tree.children(tree.resolve(PROVINCE, FROM)?.id ?? 0, FROM).flatMap((district) =>
    tree.children(district.id, FROM).map((commune) => [commune.code, { commune, district }] as const)))
  let number = 0
  const valuesOf = (report: Report): unknown[] => {
    const found = areas.get(report.areaCode)
    if (!found) throw new Error(`no area ${report.areaCode}`)
    const { commune, district } = found
    const id = newId()
    const at = new Date().toISOString()
    return [
      id, `BARE-${++number}`, 'covid-19', newId(), report.fullName, nameKey(report.fullName), report.birthOn, Number(report.birthOn.slice(0, 4)), report.sex,
      report.nationalId, report.phone, report.currentAddress, commune.id, commune.pos, district.parentId, district.id, commune.id, report.onsetOn,
      report.reportedOn, 'confirmed', report.detectionSource, report.severity, report.sender, report.senderNumber, at, at, 'bench', id,
    ]
  }
  const parameters = FILLED.map((_, index) => `$${index + 1}`).join(', ')
  const insert = `insert into bare_case (${FILLED.join(', ')}) values (${parameters})`

  const http = Fastify()
  http.post('/insert', async (request) => {
    const values = valuesOf(request.body as Report)
    await connections.query({ name: 'insert', text: insert, values })
    return { id: values[0] }
  })
  await http.listen({ port: 0, host: '127.0.0.1' })
  return { port: (http.server.address() as AddressInfo).port, close: () => http.close() }
}

/** Reports of cases from 16 clients: the whole door against nothing but an INSERT. */
export const command = async ({ rows, log }: BenchOptions): Promise<Outcome> => {
  const product = await openBenchProduct(log)
  const bare = await openBare(product)
  const { database, areas } = product.app
  const requests = rows ?? REQUESTS
  const warmUp = Math.ceil(requests * WARM_UP)
  const load = await startLoad({
    clients: CLIENTS, communes: await communesOf(database, areas.tree()), cases: 3 * (requests * TRIES + warmUp),
  })
  try {
    const session = await product.signIn('officer', [PROVINCE])
    const orders = {
      product: { port: Number(new URL(product.url).port), path: '/api/cases', headers: session },
      baseline: { port: bare.port, path: '/insert', headers: {} },
    }
    const best: Record<string, LoadResult> = {}
    for (const order of Object.values(orders)) await load.send({ ...order, requests: warmUp })
    for (let n = 0; n < TRIES; n++) {
      for (const [name, order] of Object.entries(orders)) {
        const sent = await load.send({ ...order, requests })
        log(`${name} ${round(requests / sent.seconds)}/s`)
        if (!best[name] || sent.seconds < best[name].seconds) best[name] = sent
      }
    }
    const perSecond = (name: string): number => requests / (best[name] as LoadResult).seconds
    const told = (name: string) => ({
      requests_per_second: Math.round(perSecond(name)), p50_ms: round(percentile((best[name] as LoadResult).times, 0.5)),
      p95_ms: round(percentile((best[name] as LoadResult).times, 0.95)),
    })
    const ratio = perSecond('product') / perSecond('baseline')
    return {
      bench: 'command', ratio: round(ratio), target: `≥ ${TARGET}, aim 0.6`, reached: ratio >= TARGET, baseline: told('baseline'), product: told('product'),
      calibration: {}, rows: requests, peak_rss_mb: peakMegabytes(), versions: versions(product.postgres),
    }
  } finally {
    load.end()
    await bare.close()
    await product.close()
  }
}
