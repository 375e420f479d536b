import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
import type { Ground, Outcome, Staff, Variant } from './contract.ts'

export interface Scenario {
  readonly id: Id
  readonly areaId: number
  readonly areaPos: number
  readonly name: string
  readonly on: PlainDate
  readonly ground: Ground
  readonly variants: readonly Variant[]
  readonly staff: Staff
  readonly outcomes: readonly Outcome[]
  readonly inputsSha256: string
  readonly codeVersion: string
  readonly seed: number
  readonly madeBy: string
  readonly madeByName: string
  readonly madeAt: Instant
}
export type ScenarioHead = Omit<Scenario, 'variants' | 'staff' | 'outcomes' | 'inputsSha256' | 'codeVersion' | 'seed'> & { readonly variantCount: number }

export const insertScenario = async (tx: Tx, row: Scenario & { readonly nameKey: string }): Promise<void> => {
  await tx.run(sql`
    insert into scenario (id, area_id, area_pos, name, name_key, on_day, ground, variants, staff, outcomes, inputs_sha256, code_version, seed, made_by, made_by_name, made_at)
    values (${row.id}, ${row.areaId}, ${row.areaPos}, ${row.name}, ${row.nameKey}, ${row.on}, ${JSON.stringify(row.ground)}::jsonb, ${JSON.stringify(row.variants)}::jsonb,
      ${JSON.stringify(row.staff)}::jsonb, ${JSON.stringify(row.outcomes)}::jsonb, ${row.inputsSha256}, ${row.codeVersion}, ${row.seed}, ${row.madeBy}, ${row.madeByName}, ${row.madeAt})`)
}

const HEAD = sql`id, area_id as "areaId", area_pos as "areaPos", name, on_day as "on", ground, made_by as "madeBy", made_by_name as "madeByName", made_at as "madeAt"`

/** Those not withdrawn whose name holds all of this, newest first. */
export const newestScenarios = (tx: Tx, nameKey: string, limit: number): Promise<ScenarioHead[]> =>
  tx.rows(sql<ScenarioHead>`
    select ${HEAD}, jsonb_array_length(variants) as "variantCount" from scenario
    where withdrawn_at is null and position(${nameKey} in name_key) > 0 order by made_at desc, id desc limit ${limit}`)

export const findScenario = (tx: Tx, id: Id): Promise<Scenario | undefined> =>
  tx.first(sql<Scenario>`
    select ${HEAD}, variants, staff, outcomes, inputs_sha256 as "inputsSha256", code_version as "codeVersion", seed from scenario where id = ${id} and withdrawn_at is null`)

/** Whose it is, withdrawn or not. */
export const ownerOf = (tx: Tx, id: Id): Promise<{ areaPos: number; madeBy: string; withdrawn: boolean } | undefined> =>
  tx.first(sql<{ areaPos: number; madeBy: string; withdrawn: boolean }>`select area_pos as "areaPos", made_by as "madeBy", withdrawn_at is not null as withdrawn from scenario where id = ${id}`)

export const renameTo = async (tx: Tx, id: Id, name: string, nameKey: string): Promise<void> => {
  await tx.run(sql`update scenario set name = ${name}, name_key = ${nameKey} where id = ${id}`)
}

export const setWithdrawn = async (tx: Tx, id: Id, at: Instant | null): Promise<void> => {
  await tx.run(sql`update scenario set withdrawn_at = ${at} where id = ${id}`)
}
