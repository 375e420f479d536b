import { resolveName, type NameMatch, type NameScope } from '#platform/areas'
import type { ReadContext } from './importer.ts'

/**
 * What a text names in a file: within the area the file is for, where one was chosen; else in the province of this installation;
 * else, when neither has a unit of that name, anywhere. An office writes the names of its own province without the province.
 */
export const findArea = (context: ReadContext, text: string, scope: Omit<NameScope, 'within'>): NameMatch => {
  const chosen = context.areas.byId(Number(context.options['area'] ?? NaN))
  for (const area of [chosen, context.home?.(scope.day)]) {
    if (!area) continue
    const match = resolveName(context.areas, text, { ...scope, within: area.id })
    if (match.kind !== 'none') return match
  }
  return resolveName(context.areas, text, scope)
}
