import { Contract } from './contract.entity.js';
import { ContractRenewal } from './contract-renewal.entity.js';
import { Delivery } from './delivery.entity.js';
import { DeliveryLine } from './delivery-line.entity.js';
import { Invoice } from './invoice.entity.js';
import { Order } from './order.entity.js';
import { OrderLine } from './order-line.entity.js';
import { Payment } from './payment.entity.js';

export const orderEntities = [Order, OrderLine, Delivery, DeliveryLine, Invoice, Payment, Contract, ContractRenewal];

export const orderResolvers = (): object[] => [];
