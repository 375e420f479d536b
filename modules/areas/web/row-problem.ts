import type { ProblemDocument } from '#web'

/** A refusal of row `index` of a list, as a refusal of that row alone: `areas/0/name` → `name`. */
export const ofRow = (problem: ProblemDocument, index: number): ProblemDocument => ({
  ...problem,
  ...(problem.field === undefined ? {} : { field: problem.field.replace(new RegExp(`^areas/${index}/`), '') }),
  ...(problem.problems === undefined ? {} : { problems: problem.problems.map((one) => ofRow(one, index)) }),
})

/** The refusals of a list by row, and what belongs to no row. */
export const byRow = (problem: ProblemDocument): { readonly rows: ReadonlyMap<number, ProblemDocument>; readonly rest: ProblemDocument | undefined } => {
  const faults = problem.problems && problem.problems.length > 0 ? problem.problems : [problem]
  const rows = new Map<number, ProblemDocument>()
  let rest: ProblemDocument | undefined
  for (const fault of faults) {
    const row = /^areas\/(\d+)/.exec(fault.field ?? '')?.[1]
    if (row === undefined) rest ??= fault
    else if (!rows.has(Number(row))) rows.set(Number(row), fault)
  }
  return { rows, rest }
}
