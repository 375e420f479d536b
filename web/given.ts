/** Drops what is undefined: an optional property takes a value or is left out. Example: `given({ a: 1, b: undefined })` is `{ a: 1 }`. */
export const given = <T extends object>(props: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
