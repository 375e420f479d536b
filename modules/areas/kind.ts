import { nameKey } from '#base'

/** Opening words that tell the kind; a group is a tổ, everything else below a commune a hamlet. */
export const KINDS = ['Tổ nhân dân tự quản', 'Tổ dân phố', 'Khu phố', 'Khóm', 'Tổ', 'Ấp', 'Thôn', 'Xóm', 'Làng', 'Bản', 'Buôn']

/** The kind a name begins with, or ấp. Example: `kindOf('Khu phố 3') === 'Khu phố'`. */
export const kindOf = (name: string, stated?: string): string =>
  stated ?? KINDS.find((kind) => nameKey(name).startsWith(`${nameKey(kind)} `)) ?? 'Ấp'

/** Example: `levelOf('Tổ dân phố') === 'group'`. */
export const levelOf = (kind: string): 'hamlet' | 'group' => (nameKey(kind).startsWith('to ') || nameKey(kind) === 'to' ? 'group' : 'hamlet')

/** A name with its kind before it. Example: `fullName('Hòa Lập', 'Ấp') === 'Ấp Hòa Lập'`. */
export const fullName = (name: string, kind: string): string => (nameKey(name).startsWith(nameKey(kind)) ? name : `${kind} ${name}`)
