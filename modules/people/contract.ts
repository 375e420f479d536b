import { z } from 'zod'

export { isNationalId, remarksOnNationalId } from './national-id.ts'

export const SEXES = ['male', 'female', 'other'] as const
export type Sex = (typeof SEXES)[number]

export const sex = z.enum(SEXES)

/** 12 digits of the citizen's number, or 9 of the identity card before it; looked at by `checkNationalId`. */
export const nationalId = z.string().trim().min(1).max(20)
