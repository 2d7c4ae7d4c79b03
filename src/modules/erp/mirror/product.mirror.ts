import Big from 'big.js';
import { invalid } from '../../../platform/errors.js';
import { cleanLine, cleanText } from '../../../platform/text.js';
import {
  changeMirroredProduct,
  createMirroredProduct,
  type MirroredProduct,
  productBySku,
  readMirroredProduct,
} from '../../sales/index.js';
import type { FieldValues } from '../conflict.rules.js';
import type { SharedMirror } from './mirror.js';

export const productMirror: SharedMirror<'PRODUCT'> = {
  kind: 'PRODUCT',
  async fields(_tx, record) {
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
  },
  match: (tx, _record, { sku }) => productBySku(tx, sku as string),
  async read(tx, recordId) {
    const product = await readMirroredProduct(tx, recordId);
    if (!product) return null;
    const { changedAt, ...fields } = product;
    return { fields: { ...fields }, changedAt, label: product.name };
  },
  create: (tx, fields) =>
    createMirroredProduct(tx, {
      sku: fields['sku'] as string,
      name: fields['name'] as string,
      description: (fields['description'] ?? null) as string | null,
      kind: fields['kind'] as string,
      unit: (fields['unit'] ?? null) as string | null,
      taxPercent: (fields['taxPercent'] ?? null) as string | null,
      isActive: fields['isActive'] as boolean,
    }),
  async change(tx, recordId, fields) {
    const { sku } = fields as Partial<MirroredProduct>;
    const holder = sku === undefined ? null : await productBySku(tx, sku);
    if (holder && holder !== recordId) throw invalid('sku', `Another product has the SKU ${sku}.`, 'TAKEN');
    await changeMirroredProduct(tx, recordId, fields as Partial<MirroredProduct>);
  },
};

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
