import { BundleItem } from './bundle-item.entity.js';
import { DiscountLimit } from './discount-limit.entity.js';
import { ExchangeRate } from './exchange-rate.entity.js';
import { PriceBook } from './price-book.entity.js';
import { PriceBookEntry } from './price-book-entry.entity.js';
import { Product } from './product.entity.js';
import { TaxRate } from './tax-rate.entity.js';
import { Unit } from './unit.entity.js';

import './records.js';

export const catalogueEntities = [
  Unit,
  TaxRate,
  Product,
  BundleItem,
  PriceBook,
  PriceBookEntry,
  DiscountLimit,
  ExchangeRate,
];

export const catalogueResolvers = (): object[] => [];
