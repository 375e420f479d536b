import { z } from 'zod'
import { ok, problem, refuse, vietnameseDate, type AnswerOf, type Result } from '#base'
import { newId } from '#platform/clock'
import { command, type CommandContext } from '#platform/commands'
import { EARLIEST, type CaseRecord } from '../case.ts'
import { holdCase, replaceCase } from '../case-store.ts'
import { caseCorrect, recordCourse, removeCourse } from '../contract.ts'
import { endCourse, findCourse, latestSeverity, putCourse } from './life-store.ts'

const withId = z.object({ id: z.uuid() })

/** The severity of a case is that of the latest day of its course. Returns the version of the case. */
const followCourse = async (context: CommandContext, before: CaseRecord, reason: string | null): Promise<number> => {
  const severity = await latestSeverity(context.tx, before.id)
  if (severity === undefined || severity === before.severity) return before.version
  await replaceCase(context.tx, before, { ...before, severity }, 'course', reason, { at: context.at, by: context.actor.username, commandId: context.commandId })
  return before.version + 1
}

/** R16: a day of the clinical course; it takes the place of what was recorded for that day. */
export const recordCourseCommand = command({
  name: 'cases.record-course',
  permission: caseCorrect,
  body: withId.extend((recordCourse.body as NonNullable<typeof recordCourse.body>).shape),
  perform: async (context, { id, day, severity, place = null, oxygen = null, note = null }): Promise<Result<AnswerOf<typeof recordCourse>>> => {
    const { tx, at, commandId, today } = context
    const before = await holdCase(tx, id)
    if (!before) return refuse(problem('unknown_case', { status: 404 }))
    context.areaPos = before.areaPos
    if (day > today) return refuse(problem('future_day', { field: 'day', params: { day: vietnameseDate(day) } }))
    if (day < EARLIEST) return refuse(problem('day_too_early', { field: 'day', params: { day: vietnameseDate(day) } }))
    if (before.outcomeOn !== null && day > before.outcomeOn) {
      return refuse(problem('course_after_outcome', { field: 'day', params: { day: vietnameseDate(day), outcome: vietnameseDate(before.outcomeOn) } }))
    }
    const courseId = newId()
    await putCourse(tx, { id: courseId, caseId: id, areaPos: before.areaPos, day, severity, place, oxygen, note, at, by: context.actor.username, commandId })
    return ok({ version: await followCourse(context, before, null), courseId })
  },
})

/** R16: takes a day of the course away; the severity goes back to the latest day that is left. */
export const removeCourseCommand = command({
  name: 'cases.remove-course',
  permission: caseCorrect,
  body: withId.extend((removeCourse.body as NonNullable<typeof removeCourse.body>).shape),
  perform: async (context, { id, reason }): Promise<Result<AnswerOf<typeof removeCourse>>> => {
    const { tx, at, commandId } = context
    const entry = await findCourse(tx, id)
    const before = entry && (await holdCase(tx, entry.caseId))
    if (!before) return refuse(problem('unknown_course', { status: 404 }))
    context.areaPos = before.areaPos
    await endCourse(tx, id, reason, { at, by: context.actor.username, commandId })
    return ok({ version: await followCourse(context, before, reason) })
  },
})
