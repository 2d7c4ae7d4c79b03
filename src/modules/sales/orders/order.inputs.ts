import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import {
  connectionOf,
  DateTimeFilter,
  DecimalFilter,
  enumFilterOf,
  IdFilter,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Order } from './order.entity.js';
import { OrderChannel, OrderStatus } from './order.states.rules.js';

export const OrderConnection = connectionOf(Order, 'Order');

export enum OrderOrderField {
  PLACED_AT = 'PLACED_AT',
  UPDATED_AT = 'UPDATED_AT',
  NUMBER = 'NUMBER',
  TOTAL = 'TOTAL',
}
registerEnumType(OrderOrderField, {
  name: 'OrderOrderField',
  description: 'What orders are ordered by.',
  valuesConfig: {
    PLACED_AT: { description: 'When they were placed.' },
    UPDATED_AT: { description: 'When they last changed.' },
    NUMBER: { description: 'Their number.' },
    TOTAL: { description: 'What is paid, whatever the currency.' },
  },
});

export const OrderOrder = orderInputOf(OrderOrderField, 'Order');
const OrderStatusFilter = enumFilterOf(OrderStatus, 'OrderStatus');
const OrderChannelFilter = enumFilterOf(OrderChannel, 'OrderChannel');

@InputType({ description: 'Which orders; all conditions must hold.' })
export class OrderFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By our number.' })
  number?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By their id where they were placed.' })
  externalId?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By their id in the ERP.' })
  erpId?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By their number in the ERP.' })
  erpNumber?: StringFilter;
  @Field(() => OrderStatusFilter, { nullable: true, description: 'By where they stand.' })
  status?: object;
  @Field(() => OrderChannelFilter, { nullable: true, description: 'By where they were placed.' })
  channel?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By currency.' })
  currency?: StringFilter;
  @Field(() => DecimalFilter, { nullable: true, description: 'By what is paid, whatever the currency.' })
  total?: DecimalFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By quote.' })
  quoteId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By opportunity.' })
  opportunityId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'With this product among their lines.' })
  productId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were placed.' })
  placedAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they last changed.' })
  updatedAt?: DateTimeFilter;
  @Field(() => [OrderFilter], { nullable: true, description: 'All of these.' })
  and?: OrderFilter[];
  @Field(() => [OrderFilter], { nullable: true, description: 'At least one of these.' })
  or?: OrderFilter[];
  @Field(() => OrderFilter, { nullable: true, description: 'Not this.' })
  not?: OrderFilter;
}

@ArgsType()
export class OrdersArgs extends PageArgs {
  @Field(() => OrderFilter, { nullable: true, description: 'Only these.' })
  filter?: OrderFilter;
  @Field(() => [OrderOrder], { nullable: true, description: 'In this order; those placed last first unless said.' })
  orderBy?: InstanceType<typeof OrderOrder>[];
}

@ArgsType()
export class OrderStreamArgs {
  @Field(() => OrderFilter, { nullable: true, description: 'Only orders like these.' })
  filter?: OrderFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}
