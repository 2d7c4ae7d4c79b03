import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import {
  connectionOf,
  DateFilter,
  DecimalFilter,
  enumFilterOf,
  IdFilter,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Invoice, InvoiceKind, InvoiceStatus } from './invoice.entity.js';

export const InvoiceConnection = connectionOf(Invoice, 'Invoice');

export enum InvoiceOrderField {
  CREATED_AT = 'CREATED_AT',
  ISSUED_ON = 'ISSUED_ON',
  DUE_ON = 'DUE_ON',
  TOTAL = 'TOTAL',
}
registerEnumType(InvoiceOrderField, {
  name: 'InvoiceOrderField',
  description: 'What invoices are ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When they were first kept.' },
    ISSUED_ON: { description: 'The day they are of.' },
    DUE_ON: { description: 'Until when they are to be paid.' },
    TOTAL: { description: 'Their total, whatever the currency.' },
  },
});

export const InvoiceOrder = orderInputOf(InvoiceOrderField, 'Invoice');
const InvoiceStatusFilter = enumFilterOf(InvoiceStatus, 'InvoiceStatus');
const InvoiceKindFilter = enumFilterOf(InvoiceKind, 'InvoiceKind');

@InputType({ description: 'Which invoices; all conditions must hold.' })
export class InvoiceFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By number.' })
  number?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By their id in the ERP.' })
  externalId?: StringFilter;
  @Field(() => InvoiceStatusFilter, { nullable: true, description: 'By where they stand.' })
  status?: object;
  @Field(() => InvoiceKindFilter, { nullable: true, description: 'By whether they are owed or given back.' })
  kind?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By currency.' })
  currency?: StringFilter;
  @Field(() => DecimalFilter, { nullable: true, description: 'By their total, whatever the currency.' })
  total?: DecimalFilter;
  @Field(() => DecimalFilter, { nullable: true, description: 'By what is still to be paid, whatever the currency.' })
  amountDue?: DecimalFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By order.' })
  orderId?: IdFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By the day they are of.' })
  issuedOn?: DateFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By until when they are to be paid.' })
  dueOn?: DateFilter;
  @Field(() => [InvoiceFilter], { nullable: true, description: 'All of these.' })
  and?: InvoiceFilter[];
  @Field(() => [InvoiceFilter], { nullable: true, description: 'At least one of these.' })
  or?: InvoiceFilter[];
  @Field(() => InvoiceFilter, { nullable: true, description: 'Not this.' })
  not?: InvoiceFilter;
}

@ArgsType()
export class InvoicesArgs extends PageArgs {
  @Field(() => InvoiceFilter, { nullable: true, description: 'Only these.' })
  filter?: InvoiceFilter;
  @Field(() => [InvoiceOrder], { nullable: true, description: 'In this order; the newest first unless said.' })
  orderBy?: InstanceType<typeof InvoiceOrder>[];
}
