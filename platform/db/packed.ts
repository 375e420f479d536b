import { fromDayNumber, type Instant, type PlainDate } from '#base'

/** Day number and milliseconds of 2000-01-01, from which PostgreSQL counts. */
const POSTGRES_DAY = 10_957
const POSTGRES_EPOCH = 946_684_800_000

/** Reads columns out of rows that PostgreSQL packed into one value: rows one by one cost several times what the query does. */
export interface PackedReader {
  /** What `int8send` wrote; no count and no instant comes near 2^53. */
  readonly whole: (bytes: Buffer, at: number) => number
  /** What `date_send` wrote. */
  readonly day: (bytes: Buffer, at: number) => PlainDate
  /** What `timestamptz_send` wrote. */
  readonly instant: (bytes: Buffer, at: number) => Instant
}

/** For one answer: its few hundred days and instants, named thousands of times, are each made once. */
export const packedReader = (): PackedReader => {
  const days = remembered((number) => fromDayNumber(number + POSTGRES_DAY))
  const instants = remembered((milliseconds) => new Date(milliseconds + POSTGRES_EPOCH).toISOString() as Instant)
  const whole = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * 4_294_967_296 + bytes.readUInt32BE(at + 4)
  return { whole, day: (bytes, at) => days(bytes.readInt32BE(at)), instant: (bytes, at) => instants(Math.floor(whole(bytes, at) / 1000)) }
}

const remembered = <T>(make: (number: number) => T): ((number: number) => T) => {
  const known = new Map<number, T>()
  return (number) => {
    let value = known.get(number)
    if (value === undefined) known.set(number, (value = make(number)))
    return value
  }
}
