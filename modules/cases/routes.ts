import { ok } from '#base'
import { permits, rangesOf } from '#platform/access'
import { file, serve, serveCommand, type App } from '#platform/http'
import { today } from '#platform/clock'
import { clearDuplicateCommand } from './clear-duplicate.ts'
import * as contract from './contract.ts'
import { correctCaseCommand } from './correct-case.ts'
import { numberOfCases, pageOfCases, pageOfDuplicates } from './list-cases.ts'
import { csvOfCases, workbookOfCases } from './export/export-cases.ts'
import { readOfficeSheet, removeLayoutCommand, saveLayoutCommand } from './export/keep-layout.ts'
import { listLayouts } from './export/layout-store.ts'
import { closeCaseCommand, reopenCaseCommand } from './life/close-case.ts'
import { mergeCaseCommand, unmergeCaseCommand } from './life/merge-case.ts'
import { recordCourseCommand, removeCourseCommand } from './life/record-course.ts'
import { reportCaseCommand } from './report-case.ts'
import { showCase } from './show-case.ts'
import { transferCaseCommand } from './transfer-case.ts'

const withId = (body: unknown, { id }: { id: string }): unknown => (typeof body === 'object' && body !== null ? { ...body, id } : { id })

export const routes = (app: App): void => {
  serveCommand(app, contract.reportCase, reportCaseCommand)
  serveCommand(app, contract.correctCase, correctCaseCommand, withId)
  serveCommand(app, contract.transferCase, transferCaseCommand, withId)
  serveCommand(app, contract.clearDuplicate, clearDuplicateCommand, withId)
  serveCommand(app, contract.closeCase, closeCaseCommand, withId)
  serveCommand(app, contract.reopenCase, reopenCaseCommand, withId)
  serveCommand(app, contract.recordCourse, recordCourseCommand, withId)
  serveCommand(app, contract.removeCourse, removeCourseCommand, withId)
  serveCommand(app, contract.mergeCase, mergeCaseCommand, withId)
  serveCommand(app, contract.unmergeCase, unmergeCaseCommand, withId)
  serve(app, contract.listCases, ({ actor, query }) => pageOfCases(app, actor, query))
  serve(app, contract.countCases, ({ actor, query }) => numberOfCases(app, actor, query))
  serve(app, contract.exportCases, async ({ actor, query, language }) => {
    const csv = csvOfCases(app, actor, query, language)
    return csv.ok ? ok(file('text/csv; charset=utf-8', csv.value, `ca-benh-${today(app.clock)}.csv`)) : csv
  })
  serve(app, contract.exportWorkbook, async ({ actor, query, language }) => {
    const book = await workbookOfCases(app, actor, query, language)
    return book.ok ? ok(file(contract.XLSX, book.value, `ca-benh-${today(app.clock)}.xlsx`)) : book
  })
  serve(app, contract.readLayout, ({ body }) => readOfficeSheet(body))
  serveCommand(app, contract.saveLayout, saveLayoutCommand)
  serveCommand(app, contract.removeLayout, removeLayoutCommand, withId)
  serve(app, contract.listLayouts, ({ actor, scope }) => app.database.read(scope, async (tx) => ok({
    layouts: (await listLayouts(tx, rangesOf(actor, contract.caseRead))).map(({ owner, ownerName, areaPos, areaPosEnd, changedAt: _at, ...one }) => ({
      ...one, by: ownerName, mayRemove: owner === actor.id || permits(actor, contract.caseLayout, areaPos, areaPosEnd),
    })),
  })))
  serve(app, contract.listDuplicates, ({ scope, query }) => pageOfDuplicates(app, scope, query))
  serve(app, contract.getCase, ({ scope, params }) => app.database.read(scope, (tx) => showCase(tx, app.areas.tree(), today(app.clock), params.id)))
}
