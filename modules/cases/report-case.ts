import { nameKey, ok, problem, refuse, vietnameseDate, type AnswerOf, type PlainDate, type Problem, type Result } from '#base'
import { standsOn, type Area, type AreaTree } from '#platform/areas'
import { newId } from '#platform/clock'
import { command } from '#platform/commands'
import { birthOf, faultsOf, numberPrefix, remarksOf, residenceIn, type CaseFacts, type Residence } from './case.ts'
import { admitCase } from './case-store.ts'
import { caseReport, newCase, type reportCase } from './contract.ts'
import { count } from './indicators.ts'

/** The residence a report or correction names, standing on the day it is for. Problems `unknown_area`, `area_not_of_day`. */
export const residenceOf = (
  tree: AreaTree, named: { readonly areaId?: number | undefined; readonly areaCode?: string | undefined }, on: PlainDate,
): Result<{ readonly area: Area; readonly residence: Residence }> => {
  const area = named.areaId === undefined ? (named.areaCode === undefined ? undefined : tree.resolve(named.areaCode, on)) : tree.byId(named.areaId)
  const residence = area && residenceIn(tree, area)
  const field = named.areaId === undefined ? 'areaCode' : 'areaId'
  if (!area || !residence) return refuse(problem('unknown_area', { field, params: { area: named.areaId ?? named.areaCode ?? '' } }))
  if (!standsOn(area, on)) return refuse(problem('area_not_of_day', { field, params: { area: area.name, day: vietnameseDate(on) } }))
  return ok({ area, residence })
}

/** One fault as it is, several as one problem with a list. */
export const faulty = (faults: readonly Problem[]): Problem | undefined =>
  faults.length < 2 ? faults[0] : problem('invalid_input', { problems: faults })

/** The sender's number needs a sender to be unique under; a report that names none counts as the office's own. */
export const senderOf = ({ sender, senderNumber }: Pick<CaseFacts, 'sender' | 'senderNumber'>): string | null =>
  sender ?? (senderNumber === null ? null : '')

export const warningsOf = (problems: readonly Problem[]): AnswerOf<typeof reportCase>['warnings'] =>
  problems.map(({ code, field, params }) => ({ code, ...(field === undefined ? {} : { field }), ...(params === undefined ? {} : { params }) }))

/** Reports a case: R1–R7. Its id is the id of the command. */
export const reportCaseCommand = command({
  name: 'cases.report',
  permission: caseReport,
  body: newCase,
  perform: async (context, body): Promise<Result<AnswerOf<typeof reportCase>>> => {
    const { at, commandId, today, areas } = context
    const reportedOn = body.reportedOn ?? today
    const place = residenceOf(areas, body, reportedOn)
    if (!place.ok) return place
    const { area, residence } = place.value
    if (!context.permits(area.pos)) return refuse(problem('forbidden', { status: 403, field: 'areaId' }))
    context.areaPos = area.pos
    if (body.eventAreaId !== undefined && body.eventAreaId !== null && !areas.byId(body.eventAreaId)) {
      return refuse(problem('unknown_area', { field: 'eventAreaId', params: { area: body.eventAreaId } }))
    }
    const birth = birthOf({ birthOn: body.birthOn ?? null, birthYear: body.birthYear ?? null, age: body.age ?? null }, reportedOn)
    if (!birth.ok) return birth

    const { age: _age, areaCode: _code, reinfection, disease, ...given } = body
    const facts: CaseFacts = { ...NOTHING_KNOWN, ...withoutUndefined(given), ...birth.value, areaId: area.id, reportedOn }
    const fault = faulty(faultsOf(facts, today))
    if (fault) return refuse(fault)

    const province = areas.byId(residence.provinceId) as Area
    const outcome = await admitCase(
      context.tx, context.asks,
      {
        ...facts, ...residence, id: commandId, disease, nameKey: nameKey(facts.fullName), sender: senderOf(facts), reinfection, transferredOn: null, importId: null,
        recordedAt: at, changedAt: at, changedBy: context.actor.username, commandId,
      },
      newId, numberPrefix(province, reportedOn),
    )
    if ('refusal' in outcome) return refuse(outcome.refusal)
    count(context.indicators, { ...facts, ...residence, disease }, 1)
    const { number, drawn, similar, infector } = outcome.made
    if (drawn) context.drawn = drawn
    const remarks = remarksOf(facts)
    if (facts.infectorNumber !== null && !infector) remarks.push(infectorNotFound(facts.infectorNumber))
    return ok({
      id: commandId, number, version: 1, warnings: warningsOf(remarks),
      possibleDuplicate: similar ? { id: similar.caseId, number: similar.number } : null,
    })
  },
})

/** R6: the infector may be reported later; then the two are joined. */
export const infectorNotFound = (number: string): Problem => problem('infector_not_found', { field: 'infectorNumber', params: { number } })

/** A case of which nothing was said but what every case has. */
export const NOTHING_KNOWN: Omit<CaseFacts, 'fullName' | 'areaId' | 'reportedOn' | 'diagnosis'> = {
  birthOn: null, birthYear: null, sex: null, nationalId: null, phone: null, ethnicity: null, occupation: null, permanentAddress: null,
  currentAddress: null, workplace: null, eventAreaId: null, onsetOn: null, sampleOn: null, resultOn: null, admittedOn: null, admittedTo: null,
  testType: null, detectionSource: null, severity: null, outcome: null, outcomeOn: null, vaccineDoses: null, infectorNumber: null,
  exposureNote: null, reporter: null, reporterUnit: null, nationalNumber: null, sender: null, senderNumber: null,
}

type Known<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Leaves out what was not given, so that it does not overwrite. */
export const withoutUndefined = <T extends object>(given: T): Known<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Known<T>
