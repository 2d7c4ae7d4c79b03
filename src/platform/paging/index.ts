export { CursorSeal, type CursorValue } from './cursors.js';
export { type Asker, type FilterFields, filterCondition } from './filters.js';
export type { Direction } from './keyset.js';
export {
  type ListSpec,
  loadPages,
  MAX_PAGE,
  type OrderInput,
  type Page,
  type PageArguments,
  type Run,
  withEdges,
} from './list.js';
export { Parameters } from './parameters.js';
export { requireSize } from './size.js';
