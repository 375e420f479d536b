export { copiedRows, type CopiedRow } from './copied-rows.ts'
export { templateParts, type Template, type TemplateColumn } from './template.ts'
export { workbookParts, type CellKind, type SheetColumn } from './workbook.ts'
export { zipOf } from './zip.ts'
