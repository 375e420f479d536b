import { nameKey, problem, ROLES, type Problem, type Role } from '#base'
import type { AreaNode, Areas } from '#web'

/** One account read from a pasted list; `lines` are where it stands, counted from 1. */
export interface RowAccount {
  readonly lines: readonly number[]
  readonly name: string
  readonly username: string
  readonly grants: readonly { readonly role: Role; readonly area: AreaNode }[]
}

export interface RowFault {
  readonly line: number
  readonly text: string
  readonly fault: Problem
}

const USERNAME = /^[a-zA-Z0-9._-]{2,60}$/

/** Tabs as Excel pastes them, else semicolons, else commas. */
const cells = (line: string): string[] => line.split(line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',').map((cell) => cell.trim())

/**
 * Reads a pasted list `full name, username, role, area`. Roles are known by their names in either language, areas by code or by
 * a name that only one has. A heading line is passed over; the same username on several lines gathers rights.
 */
export const readRows = (
  text: string, areas: Pick<Areas, 'byCode' | 'all'>, roleNames: (role: Role) => readonly string[],
): { readonly accounts: readonly RowAccount[]; readonly faults: readonly RowFault[] } => {
  const roles = new Map<string, Role>(ROLES.flatMap((role) => [role, ...roleNames(role)].map((name) => [nameKey(name), role])))
  const accounts = new Map<string, RowAccount>()
  const faults: RowFault[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const [name, username, roleName, areaName, ...more] = cells(raw)
    if (raw.trim() === '' || (index === 0 && nameKey(raw).includes('ten dang nhap')) || (index === 0 && nameKey(raw).includes('username'))) continue
    const refuse = (fault: Problem): void => {
      faults.push({ line: index + 1, text: raw.trim(), fault })
    }
    if (!name || !username || !roleName || !areaName || more.some(Boolean)) {
      refuse(problem('row_columns'))
      continue
    }
    const role = roles.get(nameKey(roleName))
    const found = areaOf(areaName, areas)
    const known = accounts.get(username.toLowerCase())
    if (!USERNAME.test(username)) refuse(problem('row_username', { params: { username } }))
    else if (!role) refuse(problem('row_role', { params: { role: roleName, roles: ROLES.map((one) => roleNames(one)[0] ?? one).join(', ') } }))
    else if (found.length === 0) refuse(problem('row_area', { params: { area: areaName } }))
    else if (found.length > 1) {
      refuse(problem('row_areas', { params: { area: areaName, count: found.length, codes: found.slice(0, 5).map(({ code }) => code).join(', ') } }))
    } else if (known && nameKey(known.name) !== nameKey(name)) refuse(problem('row_name', { params: { username } }))
    else {
      const grants = [...(known?.grants ?? []), ...found.map((area) => ({ role, area }))]
      accounts.set(username.toLowerCase(), { name: known?.name ?? name, username, grants, lines: [...(known?.lines ?? []), index + 1] })
    }
  }
  return { accounts: [...accounts.values()], faults }
}

const areaOf = (text: string, areas: Pick<Areas, 'byCode' | 'all'>): readonly AreaNode[] => {
  const byCode = areas.byCode(text)
  if (byCode) return [byCode]
  const key = nameKey(text)
  return areas.all.filter((area) => nameKey(area.name) === key)
}
