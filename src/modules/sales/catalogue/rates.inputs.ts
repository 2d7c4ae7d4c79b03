import { Field, ID, InputType, Int } from 'type-graphql';
import { CalendarDate, Decimal, MutationInput } from '../../../platform/schema/index.js';
import { Role } from '../../access/index.js';

@InputType({ description: 'A unit to count products in.' })
export class CreateUnitInput extends MutationInput {
  @Field({ description: 'Its short name: kg, h, u.' })
  code: string;
  @Field({ description: 'Its name.' })
  name: string;
  @Field(() => Int, {
    defaultValue: 0,
    description: 'How many digits a quantity in it has after the point, 4 at most.',
  })
  decimals: number;
}

@InputType({ description: 'A tax on sales.' })
export class CreateTaxRateInput extends MutationInput {
  @Field({ description: 'Its name.' })
  name: string;
  @Field(() => Decimal, { description: 'Percent of the price without tax.' })
  percent: string;
  @Field(() => String, { nullable: true, description: 'Where it is raised, ISO 3166-1.' })
  country?: string | null;
}

@InputType({ description: 'Whether a tax is used. One whose percentage changes is a new one.' })
export class UpdateTaxRateInput extends MutationInput {
  @Field(() => ID, { description: 'The rate.' })
  id: string;
  @Field({ description: 'Whether it is used.' })
  isActive: boolean;
}

@InputType({ description: 'How much a role takes off without asking.' })
export class SetDiscountLimitInput extends MutationInput {
  @Field(() => Role, { description: 'Whose limit.' })
  role: Role;
  @Field(() => Decimal, { description: 'Percent of the list price, 0 to 100.' })
  maxPercent: string;
}

@InputType({ description: 'What a currency is worth from a day on.' })
export class ExchangeRateInput {
  @Field({ description: 'The currency, ISO 4217.' })
  currency: string;
  @Field(() => CalendarDate, { description: 'From this day on, until the next rate.' })
  validFrom: string;
  @Field(() => Decimal, { description: "How much of the organisation's own currency one of it is." })
  rate: string;
}

@InputType({ description: 'Rates to set, up to 200.' })
export class SetExchangeRatesInput extends MutationInput {
  @Field(() => [ExchangeRateInput], { description: 'Each is set or refused by itself.' })
  items: ExchangeRateInput[];
}
