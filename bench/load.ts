// The clients of the bench `command`, in a process of their own: keep-alive connections, one request at a time on each.
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import type { SyntheticCommune } from '#demo'
import { newId } from '#platform/clock'
import { benchCases, type BenchCase } from './season.ts'

export interface LoadStart {
  readonly clients: number
  readonly communes: readonly SyntheticCommune[]
  /** Cases there may be at most, over all orders. */
  readonly cases: number
}

export interface LoadOrder {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly requests: number
}

export interface LoadResult {
  readonly seconds: number
  /** How long each request took. Unit: milliseconds. */
  readonly times: readonly number[]
  /** Answers that were no success: status and text, the first few. */
  readonly failures: readonly string[]
}

const SOURCES: Readonly<Record<string, string>> = {
  'Cộng đồng': 'community', 'Truy vết': 'contact_tracing', 'Khu cách ly': 'quarantine', 'Khu phong tỏa': 'blockade', 'Sàng lọc': 'screening',
  'Cơ sở y tế': 'health_facility',
}
const SEVERITIES: Readonly<Record<string, string>> = {
  'Không triệu chứng': 'asymptomatic', 'Nhẹ': 'mild', 'Trung bình': 'moderate', 'Nặng': 'severe', 'Nguy kịch': 'critical',
}

/** A report as the form sends it. */
const reportOf = ({ number, fullName, born, sex, nationalId, phone, commune, onset, reported, source, severity }: BenchCase): Buffer =>
  Buffer.from(JSON.stringify({
    fullName, birthOn: born, sex: sex === 'Nam' ? 'male' : 'female', nationalId, phone, areaCode: commune.code, onsetOn: onset, reportedOn: reported,
    detectionSource: SOURCES[source], severity: SEVERITIES[severity], currentAddress: `${commune.name}, ${commune.district}`, sender: 'bench', senderNumber: number,
  }))

const HEAD_END = Buffer.from('\r\n\r\n')

/** A connection that speaks as much HTTP/1.1 as our own servers answer with: less work here leaves more of the machine to them. */
class Connection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #answered: ((answer: { status: number; body: string }) => void) | undefined

  constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true)
    socket.on('data', (piece: Buffer) => {
      this.#received = this.#received.length === 0 ? piece : Buffer.concat([this.#received, piece])
      const end = this.#received.indexOf(HEAD_END)
      if (end < 0) return
      const head = this.#received.toString('latin1', 0, end)
      const size = end + HEAD_END.length + Number(/content-length: (\d+)/i.exec(head)?.[1])
      if (!(this.#received.length >= size)) return
      const answer = { status: Number(head.slice(9, 12)), body: this.#received.toString('utf8', end + HEAD_END.length, size) }
      this.#received = this.#received.subarray(size)
      this.#answered?.(answer)
    })
  }

  ask(head: string, body: Buffer): Promise<{ status: number; body: string }> {
    return new Promise((resolve) => {
      this.#answered = resolve
      this.#socket.write(Buffer.concat([Buffer.from(`${head}content-length: ${body.length}\r\n\r\n`, 'latin1'), body]))
    })
  }

  end(): void {
    this.#socket.destroy()
  }
}

const send = async (cases: Iterator<BenchCase>, clients: number, { port, path, headers, requests }: LoadOrder): Promise<LoadResult> => {
  const fixed = Object.entries({ host: `127.0.0.1:${port}`, 'content-type': 'application/json', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const times: number[] = []
  const failures: string[] = []
  let left = requests
  const client = async (): Promise<void> => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const connection = new Connection(socket)
    while (left-- > 0) {
      const next = cases.next()
      if (next.done) throw new Error('out of cases')
      const body = reportOf(next.value)
      const begun = performance.now()
      const answer = await connection.ask(`POST ${path} HTTP/1.1\r\n${fixed}idempotency-key: ${newId()}\r\n`, body)
      times.push(performance.now() - begun)
      if (answer.status !== 200 && failures.length < 3) failures.push(`${answer.status} ${answer.body}`)
    }
    connection.end()
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: clients }, client))
  return { seconds: (performance.now() - begun) / 1000, times, failures }
}

process.once('message', ({ clients, communes, cases }: LoadStart) => {
  const all = benchCases(communes, cases)
  process.on('message', (order: LoadOrder) => {
    void send(all, clients, order).then((result) => process.send?.(result))
  })
  process.send?.('ready')
})
