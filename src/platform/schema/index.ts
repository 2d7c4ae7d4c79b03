export { connectionOf, orderInputOf, PageArgs, PageInfo } from './connections.js';
export {
  DateFilter,
  DateTimeFilter,
  DecimalFilter,
  enumFilterOf,
  FloatFilter,
  IdFilter,
  IntFilter,
  StringFilter,
  StringListFilter,
} from './filters.js';
export { Decimal, dollars, Money, MoneyInput, moneyOf, printDecimal } from './money.js';
export { Node } from './node.js';
export { MutationInput, MutationPayload, UserError } from './payload.js';
export {
  allRecords,
  columnsOf,
  defineRecord,
  type RecordClass,
  type RecordSpec,
  recordByPrefix,
  recordOf,
} from './records.js';
export { CalendarDate, DateTime, Json } from './scalars.js';
export {
  applyShapes,
  applyTypeNames,
  Derived,
  Hideable,
  hideableFields,
  Personal,
  PublicId,
  personalFields,
  Reference,
  type ShapeContext,
} from './shapes.js';
