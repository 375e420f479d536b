import type { PlainDate } from '#base'

export const KINDS = ['daily', 'levels'] as const
export type Kind = (typeof KINDS)[number]

/** What stands around the text of a bulletin: head, title, addressees, recipients, signature. */
export interface Frame {
  /** Body above the issuing one; empty when there is none. */
  readonly parent: string
  readonly issuer: string
  readonly symbol: string
  readonly place: string
  readonly typeName: string
  /** May hold placeholders. */
  readonly subject: string
  readonly addressees: readonly string[]
  readonly recipients: readonly string[]
  /** Authority and position of the signer, a line each. */
  readonly authority: readonly string[]
  /** Name proposed for the signature. */
  readonly signer: string
  /** First day of running totals. */
  readonly countFrom: PlainDate
}

export interface Template {
  readonly body: string
  readonly frame: Frame
}
