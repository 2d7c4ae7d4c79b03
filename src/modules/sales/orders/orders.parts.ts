import { Contract } from './contract.entity.js';
import { ContractResolver, CustomerContractsResolver, OrderContractsResolver } from './contract.resolver.js';
import { ContractStreamResolver } from './contract.streams.js';
import { ContractChangeResolver } from './contract-change.resolver.js';
import { ContractRenewal } from './contract-renewal.entity.js';
import { Delivery } from './delivery.entity.js';
import { DeliveryLine } from './delivery-line.entity.js';
import { Invoice } from './invoice.entity.js';
import { CustomerInvoicesResolver, InvoiceResolver, PaymentResolver } from './invoice.resolver.js';
import { Order } from './order.entity.js';
import {
  CustomerOrdersResolver,
  DeliveryLineResolver,
  DeliveryResolver,
  OpportunityOrdersResolver,
  OrderResolver,
  QuoteOrderResolver,
} from './order.resolver.js';
import { OrderStreamResolver } from './order.streams.js';
import { OrderChangeResolver } from './order-change.resolver.js';
import { OrderLine } from './order-line.entity.js';
import { Payment } from './payment.entity.js';

import './erasure.service.js';
import './export.queries.js';
import './merge.tables.js';
import './records.js';
import './timeline.entries.js';

export const orderEntities = [Order, OrderLine, Delivery, DeliveryLine, Invoice, Payment, Contract, ContractRenewal];

export const orderResolvers = (): object[] => [
  new OrderResolver(),
  new OrderChangeResolver(),
  new OrderStreamResolver(),
  new DeliveryResolver(),
  new DeliveryLineResolver(),
  new CustomerOrdersResolver(),
  new OpportunityOrdersResolver(),
  new QuoteOrderResolver(),
  new InvoiceResolver(),
  new PaymentResolver(),
  new CustomerInvoicesResolver(),
  new ContractResolver(),
  new ContractChangeResolver(),
  new ContractStreamResolver(),
  new OrderContractsResolver(),
  new CustomerContractsResolver(),
];
