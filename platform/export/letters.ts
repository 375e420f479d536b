/** The letters a spreadsheet shows above a column. Example: `columnLetters(27) === 'AB'`. */
export const columnLetters = (index: number): string =>
  (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
