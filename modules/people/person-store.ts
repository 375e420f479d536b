import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
import type { Sex } from './contract.ts'

/** What is known of a person, as a case or a contact tells it. */
export interface PersonFacts {
  readonly fullName: string
  readonly nameKey: string
  readonly birthOn: PlainDate | null
  readonly birthYear: number | null
  readonly sex: Sex | null
  readonly nationalId: string | null
  readonly phone: string | null
  readonly ethnicity: string | null
  readonly occupation: string | null
  readonly areaId: number
  readonly areaPos: number
}

/** National number → person, wherever they live. */
export const knownPeople = async (tx: Tx, nationalIds: readonly string[]): Promise<Map<string, Id>> => {
  if (nationalIds.length === 0) return new Map()
  const rows = await tx.prepared<{ national_id: string; person_id: Id }>('person_known', 'select * from person_known($1::text[])', [nationalIds])
  return new Map(rows.map((row) => [row.national_id, row.person_id]))
}

const ADD = `insert into person (id, full_name, name_key, birth_on, birth_year, sex, national_id, phone, ethnicity, occupation, area_id, area_pos, recorded_at, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`

/** Makes a person; a command that asked for the number first (`person_hold`) knows that nobody has it. Travels with the end of the transaction. */
export const addPerson = (tx: Tx, id: Id, person: PersonFacts, at: Instant): void => {
  tx.send('person_add', ADD, [
    id, person.fullName, person.nameKey, person.birthOn, person.birthYear, person.sex, person.nationalId, person.phone, person.ethnicity, person.occupation,
    person.areaId, person.areaPos, at,
  ])
}

/** R2: the known person of the national number, else a new row. */
export const admitPerson = async (tx: Tx, newId: Id, person: PersonFacts, at: Instant): Promise<Id> => {
  const row = await tx.first(sql<{ id: Id }>`
    select person_admit(${newId}, ${person.fullName}, ${person.nameKey}, ${person.birthOn}, ${person.birthYear}::smallint, ${person.sex}, ${person.nationalId},
      ${person.phone}, ${person.ethnicity}, ${person.occupation}, ${person.areaId}::int, ${person.areaPos}::int, ${at}) as id`)
  return row?.id as Id
}

/**
 * Makes the persons of a bulk write: the rows of a temporary table where `new_person` is true; its columns are named as here,
 * the key `person_id`. The caller has looked up known numbers.
 */
export const insertStagedPeople = async (tx: Tx, stage: string, at: Instant): Promise<void> => {
  await tx.run(sql`insert into person (id, full_name, name_key, birth_on, birth_year, sex, national_id, phone, ethnicity, occupation, area_id, area_pos, import_id,
      recorded_at, changed_at)
    select person_id, full_name, name_key, birth_on, birth_year, sex, national_id, phone, ethnicity, occupation, area_id, area_pos, import_id, ${at}, ${at}
    from ${sql.table(stage)} where new_person`)
}

/** Brings a person up to what a correction or transfer of a fact says now; a person the actor may not see stays as it is. */
export const correctPerson = async (tx: Tx, id: Id, person: PersonFacts, at: Instant): Promise<void> => {
  await tx.run(sql`update person set full_name = ${person.fullName}, name_key = ${person.nameKey}, birth_on = ${person.birthOn}, birth_year = ${person.birthYear},
      sex = ${person.sex}, national_id = ${person.nationalId}, phone = ${person.phone}, ethnicity = ${person.ethnicity}, occupation = ${person.occupation},
      area_id = ${person.areaId}, area_pos = ${person.areaPos}, changed_at = ${at}
    where id = ${id}`)
}

/** Undo of an import: takes away the persons it made, except those something else refers to. */
export const removeImportedPeople = async (tx: Tx, importId: Id, stillNeeded: readonly Id[]): Promise<void> => {
  await tx.run(sql`delete from person where import_id = ${importId} and not (id = any(${stillNeeded}::uuid[]))`)
  await tx.run(sql`update person set import_id = null where import_id = ${importId}`)
}
