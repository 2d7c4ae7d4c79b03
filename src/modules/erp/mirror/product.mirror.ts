import Big from 'big.js';
import type { ErpProduct } from '../../../erp/port.js';
import { InputError, invalid } from '../../../platform/errors.js';
import { cleanLine, cleanText } from '../../../platform/text.js';
import {
  changeMirroredProduct,
  createMirroredProduct,
  createMirroredProducts,
  type MirroredProduct,
  productBySku,
  productsBySku,
  readMirroredProduct,
} from '../../sales/index.js';
import type { FieldValues } from '../conflict.rules.js';
import type { SharedMirror } from './mirror.js';

export const productMirror: SharedMirror<'PRODUCT'> = {
  kind: 'PRODUCT',
  fields: async (_tx, record) => fieldsOf(record),
  fieldsOfAll: async (_tx, records) => records.map(record => unlessWrong(() => fieldsOf(record))),
  async strangers(tx, told) {
    const counts = Map.groupBy(told, ({ fields }) => fields['sku']);
    const known = await productsBySku(tx, [...counts.keys()] as string[]);
    return told.filter(({ fields: { sku } }) => counts.get(sku)!.length === 1 && !known.has(sku as string));
  },
  createAll: (tx, items) => createMirroredProducts(tx, items.map(productOf)),
  match: (tx, _record, { sku }) => productBySku(tx, sku as string),
  async read(tx, recordId) {
    const product = await readMirroredProduct(tx, recordId);
    if (!product) return null;
    const { changedAt, ...fields } = product;
    return { fields: { ...fields }, changedAt, label: product.name };
  },
  create: (tx, fields) => createMirroredProduct(tx, productOf(fields)),
  async change(tx, recordId, fields) {
    const { sku } = fields as Partial<MirroredProduct>;
    const holder = sku === undefined ? null : await productBySku(tx, sku);
    if (holder && holder !== recordId) throw invalid('sku', `Another product has the SKU ${sku}.`, 'TAKEN');
    await changeMirroredProduct(tx, recordId, fields as Partial<MirroredProduct>);
  },
};

function fieldsOf(record: ErpProduct): FieldValues {
  const fields: FieldValues = {
    sku: requiredText(record.sku, 'sku', 100),
    name: requiredText(record.name, 'name', 300),
    kind: record.kind,
    isActive: !record.isGone,
  };
  if (record.description !== undefined) fields['description'] = cleanText(record.description) || null;
  if (record.unit !== undefined) fields['unit'] = cleanLine(record.unit).slice(0, 30) || null;
  if (record.taxPercent !== undefined) fields['taxPercent'] = percentOf(record.taxPercent);
  return fields;
}

const productOf = (fields: FieldValues): MirroredProduct => ({
  sku: fields['sku'] as string,
  name: fields['name'] as string,
  description: (fields['description'] ?? null) as string | null,
  kind: fields['kind'] as string,
  unit: (fields['unit'] ?? null) as string | null,
  taxPercent: (fields['taxPercent'] ?? null) as string | null,
  isActive: fields['isActive'] as boolean,
});

/** Null where `work` finds its record not as it must be. */
export function unlessWrong<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}

export function requiredText(value: string, field: string, most: number): string {
  const text = cleanLine(value ?? '').slice(0, most);
  if (!text) throw invalid(field, 'The ERP gives none.', 'REQUIRED');
  return text;
}

function percentOf(text: string): string {
  try {
    const percent = Big(text).round(4);
    if (percent.gte(0) && percent.lte(100)) return percent.toString();
  } catch {
    // Said below.
  }
  throw invalid('taxPercent', `"${text.slice(0, 30)}" is not a percentage.`);
}
