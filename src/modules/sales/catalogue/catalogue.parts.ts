import { BundleItem } from './bundle-item.entity.js';
import { DiscountLimit } from './discount-limit.entity.js';
import { ExchangeRate } from './exchange-rate.entity.js';
import { PriceBook } from './price-book.entity.js';
import { PriceBookPricesResolver, PriceBookResolver } from './price-book.resolver.js';
import { PriceBookEntry } from './price-book-entry.entity.js';
import { Product } from './product.entity.js';
import { ProductResolver } from './product.resolver.js';
import { RatesResolver } from './rates.resolver.js';
import { TaxRate } from './tax-rate.entity.js';
import { Unit } from './unit.entity.js';

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

import './records.js';

export const catalogueResolvers = (): object[] => [
  new ProductResolver(),
  new PriceBookResolver(),
  new PriceBookPricesResolver(),
  new RatesResolver(),
];
