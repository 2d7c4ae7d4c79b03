import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime, Decimal, MoneyInput, MutationInput } from '../../../platform/schema/index.js';
import { OrderChannel } from './order.states.rules.js';

const versionOptions = {
  nullable: true,
  description: 'The version you have seen; a CONFLICT where it has changed since.',
};

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

@InputType({ description: 'One thing to be ordered.' })
export class OrderLineInput {
  @Field(() => ID, { nullable: true, description: 'The product; a line without one is words only.' })
  productId?: string | null;
  @Field(() => String, { nullable: true, description: 'What it is; the name of the product unless said.' })
  description?: string | null;
  @Field(() => Decimal, { description: 'How much of it; more than 0.' })
  quantity: string;
  @Field(() => String, { nullable: true, description: "Code of the unit; the product's unless said." })
  unit?: string | null;
  @Field(() => MoneyInput, {
    nullable: true,
    description:
      "Of one, before discount and tax, in the order's currency; what the customer's price book says unless given.",
  })
  unitPrice?: MoneyInput | null;
  @Field(() => Decimal, { nullable: true, description: 'Percent that is taken off this line.' })
  discountPercent?: string | null;
  @Field(() => Decimal, { nullable: true, description: "Percent of tax; the product's unless said." })
  taxPercent?: string | null;
}

@InputType({ description: 'An order to place.' })
export class CreateOrderItem {
  @Field(() => ID, { description: 'Who orders.' })
  customerId: string;
  @Field(() => OrderChannel, { description: 'Where it is placed: STORE, WEB, PHONE or IMPORT.' })
  channel: OrderChannel;
  @Field(() => String, { nullable: true, description: "ISO 4217; the organisation's own unless said." })
  currency?: string | null;
  @Field(() => [OrderLineInput], { description: 'What is ordered, up to 500 lines.' })
  lines: OrderLineInput[];
  @Field(() => Decimal, { nullable: true, description: 'Percent that is taken off the whole, beside what lines give.' })
  discountPercent?: string | null;
  @Field(() => ID, { nullable: true, description: 'The opportunity it comes from; one of the same customer.' })
  opportunityId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was placed; now unless said.' })
  placedAt?: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Its id where it was placed, such as a receipt: sent again with it, the first order is answered.',
  })
  externalId?: string | null;
}

@InputType({ description: 'An order to place.' })
export class CreateOrderInput extends CreateOrderItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Orders to place.' })
export class CreateOrdersInput extends MutationInput {
  @Field(() => [CreateOrderItem], { description: 'Up to 200, each by itself.' })
  items: CreateOrderItem[];
}

@InputType({ description: 'An order to call off.' })
export class CancelOrderInput extends MutationInput {
  @Field(() => ID, { description: 'Which.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
  @Field(() => Int, versionOptions)
  version?: number | null;
}

@InputType({ description: 'How much of one line left, or came back.' })
export class DeliveryLineInput {
  @Field(() => ID, { description: 'The line of the order.' })
  lineId: string;
  @Field(() => Decimal, { description: 'How much; more than 0.' })
  quantity: string;
}

@InputType()
export abstract class DeliveryFields {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;
  @Field(() => String, { nullable: true, description: 'Number of the note that goes with it.' })
  number?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it happened; now unless said.' })
  happenedAt?: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Its id where it was recorded first: sent again with it, nothing is done twice.',
  })
  externalId?: string | null;
  @Field(() => Int, versionOptions)
  version?: number | null;
}

@InputType({ description: 'What leaves for the customer.' })
export class RecordDeliveryItem extends DeliveryFields {
  @Field(() => [DeliveryLineInput], {
    nullable: true,
    description: 'How much of which lines, never more than is still to be delivered; all that is left unless said.',
  })
  lines?: DeliveryLineInput[] | null;
}

@InputType({ description: 'What leaves for the customer.' })
export class RecordDeliveryInput extends RecordDeliveryItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'What leaves for customers.' })
export class RecordDeliveriesInput extends MutationInput {
  @Field(() => [RecordDeliveryItem], { description: 'Up to 200, each by itself.' })
  items: RecordDeliveryItem[];
}

@InputType({ description: 'What came back.' })
export class RecordReturnInput extends DeliveryFields {
  @Field(() => [DeliveryLineInput], {
    description: 'How much of which lines, never more than was delivered and has not come back.',
  })
  lines: DeliveryLineInput[];
  @Field(() => String, { description: 'Why it came back.' })
  reason: string;
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}
