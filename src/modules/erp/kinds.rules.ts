import { registerEnumType } from 'type-graphql';

/** The port's kinds, as the schema names them. */
export enum ErpRecordKind {
  PRODUCT = 'PRODUCT',
  PRICE_BOOK = 'PRICE_BOOK',
  STOCK = 'STOCK',
  CUSTOMER = 'CUSTOMER',
  ORDER = 'ORDER',
  INVOICE = 'INVOICE',
  PAYMENT = 'PAYMENT',
}
registerEnumType(ErpRecordKind, {
  name: 'ErpRecordKind',
  description: 'What is kept in step with an ERP.',
  valuesConfig: {
    PRODUCT: { description: 'Products and services.' },
    PRICE_BOOK: { description: 'Price books, with their prices.' },
    STOCK: { description: 'How much of a product there is.' },
    CUSTOMER: { description: 'Customers.' },
    ORDER: { description: 'Orders, with what was delivered of them.' },
    INVOICE: { description: 'Invoices and credit notes.' },
    PAYMENT: { description: 'Payments.' },
  },
});
