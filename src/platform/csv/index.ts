export {
  currencyColumn,
  dayColumn,
  decimalColumn,
  momentColumn,
  textColumn,
  wordColumn,
  wordsColumn,
  yesNoColumn,
} from './cells.js';
export { exportRows } from './export.rows.js';
export { type CsvRow, type Refusal, type WrittenRows, writeRows } from './import.writer.js';
export { type CsvKind, csvKind, csvKindOf, csvKinds } from './kinds.js';
