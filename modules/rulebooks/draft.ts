import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import { readModel, writeModel, type DecisionModel, type RulebookInfo } from '#decisions'
import type { Area } from '#platform/areas'
import type { Rulebook } from './law.ts'
import type { RulebookKind } from './rulebook-store.ts'

/** A model that says which rulebook it is: what drafts and versions are made of. */
export type DescribedModel = DecisionModel & { readonly rulebook: RulebookInfo }

/** Reads a file that must say which rulebook it is. Problems: those of `readModel`, and `rulebook_not_described`. */
export const readDescribed = (dmn: string): Result<DescribedModel> => {
  const model = readModel(dmn)
  if (!model.ok) return model
  const { rulebook } = model.value
  return rulebook ? ok({ ...model.value, rulebook }) : refuse(problem('rulebook_not_described'))
}

/** The file of a model, with other words about itself. Problem `logic_unsupported`. */
export const fileWith = (model: DescribedModel, info: Partial<RulebookInfo>): Result<{ model: DescribedModel; dmn: string }> => {
  const described = { ...model, rulebook: { ...model.rulebook, ...info } }
  const dmn = writeModel(described)
  return dmn.ok ? ok({ model: described, dmn: dmn.value }) : dmn
}

/** A rulebook as it is drafted anew: under its own name when amended, under one of the area's when it becomes a stricter variant there. */
export const draftFrom = (base: Rulebook, kind: RulebookKind, area: Area, today: PlainDate): { readonly id: string; readonly info: Partial<RulebookInfo> } => {
  const { row, model } = base
  const variantAnew = kind === 'variant' && row.kind === 'rule'
  const id = variantAnew ? `${row.id}-${area.code}` : row.id
  // A text that is over is amended for its own days: seasons are looked at again.
  const validFrom = row.validFrom <= today && (row.lastOn === null || today <= row.lastOn) ? today : row.validFrom
  const title = model.rulebook?.title ?? { vi: row.titleVi, en: row.titleEn }
  return {
    id,
    info: { id, area: area.code, validFrom, validTo: row.validTo, title: variantAnew ? { vi: `${title.vi} – ${area.name}`, en: `${title.en} – ${area.nameEn}` } : title },
  }
}
