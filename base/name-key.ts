/**
 * The search key of a Vietnamese name: lower case, tones and marks removed, đ → d, runs of anything that is no
 * letter or digit become one space. The same function runs in the browser and before every insert, because
 * PostgreSQL's `unaccent()` is not immutable. Example: `nameKey('Đặng  Thị-Ánh') === 'dang thi anh'`.
 */
export const nameKey = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Made when first wanted: its tables take long to load. */
let vietnamese: Intl.Collator | undefined

/** Compares two texts in Vietnamese alphabetical order (a ă â b c d đ e ê …), numbers by value. */
export const compareVietnamese = (a: string, b: string): number => (vietnamese ??= new Intl.Collator('vi', { numeric: true })).compare(a, b)
